package httpapi

import (
	"context"
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"winnow/backend/internal/clock"
	"winnow/backend/internal/fault"
	"winnow/backend/internal/qualify/batch"
)

type batchesAPI struct {
	batches *batch.Service
	clock   clock.Clock
}

// NewBatches offers estimates and batches.
func NewBatches(s *batch.Service, c clock.Clock) Resource { return batchesAPI{s, c} }

// Register puts the routes in place.
func (a batchesAPI) Register(r *Registry) {
	r.POST("/leads/estimate", "leads.estimate", a.estimate)
	r.POST("/leads/batch-analyze", "leads.batch_analyze", a.create)
	r.GET("/batches", "batches.list", a.list)
	r.GET("/batches/:id", "batches.get", a.get)
	r.GET("/batches/:id/failures", "batches.failures", a.failures)
	r.GET("/batches/:id/results", "batches.results", a.results)
	r.GET("/batches/:id/log", "batches.log", a.log)
	r.POST("/batches/:id/pause", "batches.pause", a.pause)
	r.POST("/batches/:id/resume", "batches.resume", a.resume)
	r.POST("/batches/:id/cancel", "batches.cancel", a.cancel)
	r.POST("/batches/:id/retry", "batches.retry", a.retry)
	r.POST("/batches/:id/failures/:lead_id/retry", "batches.retry_failure", a.retryOne)
}

// maxIDs bounds the ids of one request; a larger selection is named by a filter.
const maxIDs = 10_000

// BatchRequest names leads, by ids or by filter and search, and how to judge them.
type BatchRequest struct {
	IDs          []string `json:"ids"`
	Filter       string   `json:"filter"`
	Q            string   `json:"q"`
	Analyzer     string   `json:"analyzer" enums:"rules,llm"`
	Draft        bool     `json:"draft"` // also write a first message for each qualified lead
	BudgetMicros *int64   `json:"budget_micros" extensions:"x-nullable"`
	Name         string   `json:"name"`
}

// Validate finds what no batch can be made of.
func (r BatchRequest) Validate() []fault.Field {
	var bad []fault.Field
	if len(r.IDs) > maxIDs {
		bad = append(bad, fault.Field{Name: "ids", Code: "too_many", Message: "Give at most 10000 ids; name more leads by a filter."})
	}
	if len(r.IDs) > 0 && (r.Filter != "" || r.Q != "") {
		bad = append(bad, fault.Field{Name: "ids", Code: "ambiguous", Message: "Give either ids, or filter and q."})
	}
	if r.BudgetMicros != nil && *r.BudgetMicros < 0 {
		bad = append(bad, fault.Field{Name: "budget_micros", Code: "out_of_range", Message: "Must be 0 or more."})
	}
	if len([]rune(r.Name)) > 200 {
		bad = append(bad, fault.Field{Name: "name", Code: "too_long", Message: "Use at most 200 characters."})
	}
	return bad
}

func (r BatchRequest) request() batch.Request {
	return batch.Request{
		Selection: batch.Selection{IDs: r.IDs, Filter: r.Filter, Q: r.Q}, Name: r.Name, Analyzer: r.Analyzer, Draft: r.Draft, BudgetMicros: r.BudgetMicros,
	}
}

// BudgetLeft is what there is to spend, in micro-units; limit and left are null without a ceiling.
type BudgetLeft struct {
	LimitMicros    *int64 `json:"limit_micros" extensions:"x-nullable"`
	SpentMicros    int64  `json:"spent_micros"`
	ReservedMicros int64  `json:"reserved_micros"`
	LeftMicros     *int64 `json:"left_micros" extensions:"x-nullable"`
}

// EstimateResponse is what a batch would take.
type EstimateResponse struct {
	Leads      int        `json:"leads"`
	Cached     int        `json:"cached"`
	ToAnalyze  int        `json:"to_analyze"`
	TokensIn   int        `json:"tokens_in"`
	TokensOut  int        `json:"tokens_out"`
	CostMicros int64      `json:"cost_micros"`
	Currency   string     `json:"currency"`
	Budget     BudgetLeft `json:"budget"`
	Seconds    float64    `json:"seconds"` // 0 when it can't be told
	Fits       bool       `json:"fits"`
	Sampled    bool       `json:"sampled"` // scaled up from a sample
}

// BatchResponse is a batch and where it stands.
type BatchResponse struct {
	ID             string         `json:"id"`
	Name           string         `json:"name"`
	Analyzer       string         `json:"analyzer"`
	Model          string         `json:"model"`
	Status         string         `json:"status" enums:"queued,running,paused,canceled,finished"`
	Draft          bool           `json:"draft"`
	ProfileVersion int            `json:"profile_version"`
	Total          int            `json:"total"`
	Done           int            `json:"done"` // cached ones included
	Cached         int            `json:"cached"`
	Failed         int            `json:"failed"`
	Skipped        int            `json:"skipped"`
	Qualified      int            `json:"qualified"`
	CostMicros     int64          `json:"cost_micros"`
	Currency       string         `json:"currency"`
	BudgetMicros   *int64         `json:"budget_micros" extensions:"x-nullable"`
	RatePerS       float64        `json:"rate_per_s"`
	EtaS           *float64       `json:"eta_s" extensions:"x-nullable"`
	Grades         map[string]int `json:"grades"`
	Error          *string        `json:"error" extensions:"x-nullable"` // why it paused itself
	CreatedBy      *string        `json:"created_by" extensions:"x-nullable"`
	CreatedAt      time.Time      `json:"created_at" format:"date-time"`
	StartedAt      *time.Time     `json:"started_at" extensions:"x-nullable" format:"date-time"`
	FinishedAt     *time.Time     `json:"finished_at" extensions:"x-nullable" format:"date-time"`
}

// BatchList is batches, newest first.
type BatchList struct {
	Items []BatchResponse `json:"items"`
}

// BatchFailure is a lead that could not be judged.
type BatchFailure struct {
	LeadID   string     `json:"lead_id"`
	LeadName string     `json:"lead_name"`
	Code     string     `json:"code"`
	Reason   string     `json:"reason"`
	Attempts int        `json:"attempts"`
	At       *time.Time `json:"at" extensions:"x-nullable" format:"date-time"`
}

// BatchFailures is a batch's failures.
type BatchFailures struct {
	Items []BatchFailure `json:"items"`
}

// BatchResult is a lead judged lately.
type BatchResult struct {
	LeadID  string `json:"lead_id"`
	Name    string `json:"name"`
	Company string `json:"company"`
	Grade   string `json:"grade"`
	Score   int    `json:"score"`
	Quote   string `json:"quote"` // of the top pain, "" without one
}

// BatchResults is the leads judged last, newest first.
type BatchResults struct {
	Items []BatchResult `json:"items"`
}

func (a batchesAPI) response(b batch.Batch) BatchResponse {
	now := a.clock.Now()
	r := BatchResponse{
		ID: b.ID, Name: b.Name, Analyzer: b.Analyzer, Model: b.Model, Status: string(b.Status), Draft: b.Draft, ProfileVersion: b.ProfileVersion,
		Total: b.Total, Done: b.Done, Cached: b.Cached, Failed: b.Failed, Skipped: b.Skipped, Qualified: b.Qualified, CostMicros: b.CostMicros,
		Currency: b.Currency, BudgetMicros: b.BudgetMicros, RatePerS: b.Rate(now), Grades: b.Grades.V, CreatedBy: b.CreatedBy,
		CreatedAt: b.CreatedAt.UTC(), StartedAt: b.StartedAt, FinishedAt: b.FinishedAt,
	}
	if left, ok := b.ETA(now); ok {
		s := left.Seconds()
		r.EtaS = &s
	}
	if b.Error != "" {
		r.Error = &b.Error
	}
	if r.Grades == nil {
		r.Grades = map[string]int{}
	}
	return r
}

// @Summary	What analysing these leads would take
// @Description	Counts tokens offline; changes nothing and calls nobody.
// @ID		leads.estimate
// @Tags	batches
// @Accept	json
// @Produce	json
// @Param	body	body		BatchRequest	true	"the same body as for batch-analyze"
// @Success	200		{object}	EstimateResponse
// @Failure	400		{object}	Problem
// @Security	ApiKey
// @Security	Session
// @Router	/leads/estimate [post]
func (a batchesAPI) estimate(c echo.Context) error {
	var req BatchRequest
	if err := decode(c, &req); err != nil {
		return err
	}
	e, err := a.batches.Estimate(c.Request().Context(), req.request())
	if err != nil {
		return err
	}
	out := EstimateResponse{
		Leads: e.Leads, Cached: e.Cached, ToAnalyze: e.ToAnalyze, TokensIn: e.TokensIn, TokensOut: e.TokensOut, CostMicros: e.CostMicros,
		Currency: e.Currency, Seconds: e.Seconds, Fits: e.Fits, Sampled: e.Sampled,
		Budget: BudgetLeft{LimitMicros: e.Budget.Limit, SpentMicros: e.Budget.Spent, ReservedMicros: e.Budget.Reserved},
	}
	if left, ok := e.Budget.Left(); ok {
		out.Budget.LeftMicros = &left
	}
	return write(c, http.StatusOK, out)
}

// @Summary	Analyse many leads in the background
// @ID		leads.batch_analyze
// @Tags	batches
// @Accept	json
// @Produce	json
// @Param	body	body		BatchRequest	true	"which leads, how; all leads without ids, filter and q"
// @Success	202		{object}	BatchResponse
// @Failure	400,403	{object}	Problem
// @Security	ApiKey
// @Security	Session
// @Router	/leads/batch-analyze [post]
func (a batchesAPI) create(c echo.Context) error {
	var req BatchRequest
	if err := decode(c, &req); err != nil {
		return err
	}
	b, err := a.batches.Create(c.Request().Context(), req.request())
	if err != nil {
		return err
	}
	return write(c, http.StatusAccepted, a.response(b))
}

// @Summary	Batches, newest first
// @ID		batches.list
// @Tags	batches
// @Produce	json
// @Param	limit	query		int	false	"1–200, default 50"
// @Success	200		{object}	BatchList
// @Security	ApiKey
// @Security	Session
// @Router	/batches [get]
func (a batchesAPI) list(c echo.Context) error {
	q, err := listQuery(c)
	if err != nil {
		return err
	}
	rows, err := a.batches.List(c.Request().Context(), q.Limit)
	if err != nil {
		return err
	}
	out := BatchList{Items: make([]BatchResponse, len(rows))}
	for i, b := range rows {
		out.Items[i] = a.response(b)
	}
	return write(c, http.StatusOK, out)
}

// steered answers with the batch that do gave.
func (a batchesAPI) steered(c echo.Context, do func(ctx context.Context, id string) (batch.Batch, error)) error {
	batchID, err := pathID(c, "id")
	if err != nil {
		return err
	}
	b, err := do(c.Request().Context(), batchID)
	if err != nil {
		return err
	}
	return write(c, http.StatusOK, a.response(b))
}

// @Summary	A batch and where it stands
// @ID		batches.get
// @Tags	batches
// @Produce	json
// @Param	id	path		string	true	"batch"
// @Success	200	{object}	BatchResponse
// @Failure	404	{object}	Problem
// @Security	ApiKey
// @Security	Session
// @Router	/batches/{id} [get]
func (a batchesAPI) get(c echo.Context) error { return a.steered(c, a.batches.Get) }

// @Summary	Stop handing out leads; those in flight are finished
// @ID		batches.pause
// @Tags	batches
// @Produce	json
// @Param	id	path		string	true	"batch"
// @Success	200	{object}	BatchResponse
// @Failure	403,404,409	{object}	Problem
// @Security	ApiKey
// @Security	Session
// @Router	/batches/{id}/pause [post]
func (a batchesAPI) pause(c echo.Context) error { return a.steered(c, a.batches.Pause) }

// @Summary	Go on with a paused batch
// @ID		batches.resume
// @Tags	batches
// @Produce	json
// @Param	id	path		string	true	"batch"
// @Success	200	{object}	BatchResponse
// @Failure	403,404,409	{object}	Problem
// @Security	ApiKey
// @Security	Session
// @Router	/batches/{id}/resume [post]
func (a batchesAPI) resume(c echo.Context) error { return a.steered(c, a.batches.Resume) }

// @Summary	End a batch; leads not judged yet are skipped
// @ID		batches.cancel
// @Tags	batches
// @Produce	json
// @Param	id	path		string	true	"batch"
// @Success	200	{object}	BatchResponse
// @Failure	403,404,409	{object}	Problem
// @Security	ApiKey
// @Security	Session
// @Router	/batches/{id}/cancel [post]
func (a batchesAPI) cancel(c echo.Context) error { return a.steered(c, a.batches.Cancel) }

// @Summary	Try every failed lead of a batch again
// @ID		batches.retry
// @Tags	batches
// @Produce	json
// @Param	id	path		string	true	"batch"
// @Success	200	{object}	BatchResponse
// @Failure	403,404,409	{object}	Problem
// @Security	ApiKey
// @Security	Session
// @Router	/batches/{id}/retry [post]
func (a batchesAPI) retry(c echo.Context) error {
	return a.steered(c, func(ctx context.Context, batchID string) (batch.Batch, error) {
		return a.batches.Retry(ctx, batchID, "")
	})
}

// @Summary	Try one failed lead again
// @ID		batches.retry_failure
// @Tags	batches
// @Produce	json
// @Param	id		path		string	true	"batch"
// @Param	lead_id	path		string	true	"lead"
// @Success	200		{object}	BatchResponse
// @Failure	403,404,409	{object}	Problem
// @Security	ApiKey
// @Security	Session
// @Router	/batches/{id}/failures/{lead_id}/retry [post]
func (a batchesAPI) retryOne(c echo.Context) error {
	leadID, err := pathID(c, "lead_id")
	if err != nil {
		return err
	}
	return a.steered(c, func(ctx context.Context, batchID string) (batch.Batch, error) {
		return a.batches.Retry(ctx, batchID, leadID)
	})
}

// @Summary	The leads of a batch that failed, with reasons
// @ID		batches.failures
// @Tags	batches
// @Produce	json
// @Param	id		path		string	true	"batch"
// @Param	limit	query		int		false	"1–200, default 50"
// @Success	200		{object}	BatchFailures
// @Failure	404		{object}	Problem
// @Security	ApiKey
// @Security	Session
// @Router	/batches/{id}/failures [get]
func (a batchesAPI) failures(c echo.Context) error {
	batchID, err := pathID(c, "id")
	if err != nil {
		return err
	}
	q, err := listQuery(c)
	if err != nil {
		return err
	}
	rows, err := a.batches.Failures(c.Request().Context(), batchID, q.Limit)
	if err != nil {
		return err
	}
	out := BatchFailures{Items: make([]BatchFailure, len(rows))}
	for i, f := range rows {
		out.Items[i] = BatchFailure{LeadID: f.LeadID, LeadName: f.LeadName, Code: f.Code, Reason: f.Reason, Attempts: f.Attempts, At: f.FinishedAt}
	}
	return write(c, http.StatusOK, out)
}

// @Summary	The leads of a batch judged last
// @ID		batches.results
// @Tags	batches
// @Produce	json
// @Param	id		path		string	true	"batch"
// @Param	limit	query		int		false	"1–200, default 50"
// @Success	200		{object}	BatchResults
// @Failure	404		{object}	Problem
// @Security	ApiKey
// @Security	Session
// @Router	/batches/{id}/results [get]
func (a batchesAPI) results(c echo.Context) error {
	batchID, err := pathID(c, "id")
	if err != nil {
		return err
	}
	q, err := listQuery(c)
	if err != nil {
		return err
	}
	rows, err := a.batches.Results(c.Request().Context(), batchID, q.Limit)
	if err != nil {
		return err
	}
	out := BatchResults{Items: make([]BatchResult, len(rows))}
	for i, l := range rows {
		out.Items[i] = BatchResult{LeadID: l.ID, Name: l.Name, Company: l.Company, Grade: l.Grade, Score: l.Score, Quote: l.PainQuote}
	}
	return write(c, http.StatusOK, out)
}

// @Summary	What was done with a batch, and by whom
// @ID		batches.log
// @Tags	batches
// @Produce	json
// @Param	id	path		string	true	"batch"
// @Success	200	{object}	EventList
// @Failure	404	{object}	Problem
// @Security	ApiKey
// @Security	Session
// @Router	/batches/{id}/log [get]
func (a batchesAPI) log(c echo.Context) error {
	batchID, err := pathID(c, "id")
	if err != nil {
		return err
	}
	evs, err := a.batches.Log(c.Request().Context(), batchID, maxLimit)
	if err != nil {
		return err
	}
	return write(c, http.StatusOK, EventList{Items: eventResponses(evs)})
}
