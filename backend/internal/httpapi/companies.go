package httpapi

import (
	"net/http"
	"strconv"
	"time"

	"github.com/labstack/echo/v4"

	"winnow/backend/internal/fault"
	"winnow/backend/internal/id"
	"winnow/backend/internal/lead/company"
	"winnow/backend/internal/lead/duplicate"
)

type companiesAPI struct{ companies *company.Service }

// NewCompanies offers the queue of companies that may be the same.
func NewCompanies(c *company.Service) Resource { return companiesAPI{c} }

// Register puts the routes in place.
func (a companiesAPI) Register(r *Registry) {
	r.GET("/companies/duplicates", "companies.pairs", a.pairs)
	r.POST("/companies/duplicates/:id", "companies.judge", a.judge)
	r.GET("/companies/merges", "companies.merges", a.merges)
	r.POST("/companies/merges/:id/undo", "companies.undo", a.undo)
}

// CompanyResponse is a company that leads belong to.
type CompanyResponse struct {
	ID       string `json:"id" format:"uuid"`
	Name     string `json:"name"`
	Domain   string `json:"domain"` // by which leads without a company are joined to it
	Industry string `json:"industry"`
	Country  string `json:"country"`
	Size     string `json:"size"`
	Leads    int    `json:"leads"` // that belong to it
}

// CompanyPair is two companies that may be the same.
type CompanyPair struct {
	ID        string            `json:"id" format:"uuid"`
	Score     float64           `json:"score"` // how likely they are one, 0–1
	State     string            `json:"state" enums:"open,different,merged,skipped"`
	Held      bool              `json:"held"` // their names have nothing in common: never merged without a person's word
	Weights   []DuplicateWeight `json:"weights"`
	Model     string            `json:"model"`     // version of what compared them; "" when a person told them apart
	Suggested string            `json:"suggested"` // id of the company that should stay: it has more leads
	A         CompanyResponse   `json:"a"`
	B         CompanyResponse   `json:"b"`
	JudgedBy  *string           `json:"judged_by" extensions:"x-nullable"`
	JudgedAt  *time.Time        `json:"judged_at" extensions:"x-nullable" format:"date-time"`
	CreatedAt time.Time         `json:"created_at" format:"date-time"`
	Version   int               `json:"version"`
}

// CompanyPairList is a page of pairs.
type CompanyPairList struct {
	Items []CompanyPair `json:"items"`
	PageInfo
}

// CompanyVerdict says what two companies are.
type CompanyVerdict struct {
	Verdict    string `json:"verdict" validate:"required" enums:"merge,different,skip,open"`
	SurvivorID string `json:"survivor_id"` // of merge; default: the suggested one
}

// Validate finds a verdict that there is not.
func (r CompanyVerdict) Validate() (bad []fault.Field) {
	if !duplicate.Verdict(r.Verdict).Valid() {
		bad = append(bad, fault.Field{Name: "verdict", Code: "value_wrong", Message: "Use merge, different, skip or open."})
	}
	if r.SurvivorID != "" && !id.Valid(r.SurvivorID) {
		bad = append(bad, fault.Field{Name: "survivor_id", Code: "value_wrong", Message: "Must be the id of a company."})
	}
	return bad
}

// CompanyMerge is a company that went into another.
type CompanyMerge struct {
	ID        string     `json:"id" format:"uuid"`
	State     string     `json:"state" enums:"done,undone"`
	Into      string     `json:"into"` // names
	From      string     `json:"from"`
	Leads     int        `json:"leads"`     // that went along
	Automatic bool       `json:"automatic"` // made without a person's word
	ActorID   *string    `json:"actor_id" extensions:"x-nullable"`
	CreatedAt time.Time  `json:"created_at" format:"date-time"`
	UndoneAt  *time.Time `json:"undone_at" extensions:"x-nullable" format:"date-time"`
	UndoneBy  *string    `json:"undone_by" extensions:"x-nullable"`
}

// CompanyMergeList is merges, newest first.
type CompanyMergeList struct {
	Items []CompanyMerge `json:"items"`
}

// CompanyUnmerged says what undoing did.
type CompanyUnmerged struct {
	MergeID string `json:"merge_id"`
	State   string `json:"state" enums:"done,undone"`
}

func companyResponse(f *company.Firm) CompanyResponse {
	return CompanyResponse{ID: f.ID, Name: f.Name, Domain: f.Domain, Industry: f.Industry, Country: f.Country, Size: f.Size, Leads: f.Leads}
}

func companyPair(p *company.Both) CompanyPair {
	r := CompanyPair{
		ID: p.ID, Score: p.Score, State: string(p.State), Held: p.Held, Weights: make([]DuplicateWeight, len(p.Weights.V)), Model: p.Model, Suggested: p.Suggest,
		A: companyResponse(&p.A), B: companyResponse(&p.B), JudgedBy: p.JudgedBy, JudgedAt: utcOrNil(p.JudgedAt), CreatedAt: p.CreatedAt.UTC(), Version: p.Version,
	}
	for i, w := range p.Weights.V {
		r.Weights[i] = DuplicateWeight(w)
	}
	return r
}

// pairs answers a page of pairs.
//
//	@Summary		Pairs of companies that may be the same, the surest first
//	@Description	Only pairs of which the caller sees a lead of each company. Leads themselves are in duplicates.list.
//	@ID				companies.pairs
//	@Tags			duplicates
//	@Produce		json
//	@Param			limit		query		int		false	"1–200, default 50"
//	@Param			cursor		query		string	false	"next_cursor of the page before"
//	@Param			state		query		string	false	"open (default), different, merged or skipped"
//	@Param			min_score	query		number	false	"0–1"
//	@Success		200			{object}	CompanyPairList
//	@Failure		400			{object}	Problem
//	@Security		ApiKey
//	@Security		Session
//	@Router			/companies/duplicates [get]
func (a companiesAPI) pairs(c echo.Context) error {
	v, err := query(c, "limit", "cursor", "state", "min_score")
	if err != nil {
		return err
	}
	q := company.Query{State: duplicate.Open, Cursor: v.Get("cursor"), Limit: defaultLimit}
	if s := v.Get("limit"); s != "" {
		if q.Limit, err = strconv.Atoi(s); err != nil || q.Limit < 1 || q.Limit > maxLimit {
			return badParam("limit", "out_of_range", "Must be a whole number from 1 to 200.")
		}
	}
	if s := v.Get("state"); s != "" {
		if q.State = duplicate.State(s); !q.State.Valid() {
			return badParam("state", "value_wrong", "Use open, different, merged or skipped.")
		}
	}
	if s := v.Get("min_score"); s != "" {
		if q.Min, err = strconv.ParseFloat(s, 64); err != nil || !(q.Min >= 0 && q.Min <= 1) {
			return badParam("min_score", "out_of_range", "Must be a number from 0 to 1.")
		}
	}
	page, err := a.companies.List(c.Request().Context(), q)
	if err != nil {
		return err
	}
	out := CompanyPairList{Items: make([]CompanyPair, len(page.Items)), PageInfo: PageInfo{Total: page.Total, TotalCapped: page.TotalCapped}}
	for i := range page.Items {
		out.Items[i] = companyPair(&page.Items[i])
	}
	if page.Next != "" {
		out.NextCursor = &page.Next
	}
	return write(c, http.StatusOK, out)
}

// judge gives a verdict.
//
//	@Summary		Say whether two companies are the same
//	@Description	merge lets one go into the other: its leads belong to the survivor then, and keep what they say. different stays so, whatever is found later. skip leaves it for later; open takes different and skip back. A merge is taken back by POST /companies/merges/{id}/undo.
//	@ID				companies.judge
//	@Tags			duplicates
//	@Accept			json
//	@Produce		json
//	@Param			id			path		string			true	"pair"	format(uuid)
//	@Param			If-Match	header		string			false	"ETag of the version that was read"
//	@Param			body		body		CompanyVerdict	true	"the verdict"
//	@Success		200			{object}	CompanyPair
//	@Failure		400			{object}	Problem
//	@Failure		403			{object}	Problem
//	@Failure		404			{object}	Problem
//	@Failure		409			{object}	Problem
//	@Failure		412			{object}	Problem
//	@Security		ApiKey
//	@Security		Session
//	@Router			/companies/duplicates/{id} [post]
func (a companiesAPI) judge(c echo.Context) error {
	pairID, want, err := versioned(c)
	if err != nil {
		return err
	}
	var req CompanyVerdict
	if err := decode(c, &req); err != nil {
		return err
	}
	p, err := a.companies.Judge(c.Request().Context(), pairID, company.Ruling{Verdict: duplicate.Verdict(req.Verdict), Version: want, Survivor: req.SurvivorID})
	if err != nil {
		return err
	}
	return writeVersion(c, http.StatusOK, p.Version, companyPair(&p))
}

// merges lists the merges of companies.
//
//	@Summary		The merges of companies, the newest 200
//	@Description	Those who see all leads see them; others see none.
//	@ID				companies.merges
//	@Tags			duplicates
//	@Produce		json
//	@Success		200	{object}	CompanyMergeList
//	@Security		ApiKey
//	@Security		Session
//	@Router			/companies/merges [get]
func (a companiesAPI) merges(c echo.Context) error {
	found, err := a.companies.Merges(c.Request().Context(), maxLimit)
	if err != nil {
		return err
	}
	out := CompanyMergeList{Items: make([]CompanyMerge, len(found))}
	for i := range found {
		m := &found[i]
		out.Items[i] = CompanyMerge{
			ID: m.ID, State: string(m.State), Into: m.Into, From: m.From, Leads: m.Leads, Automatic: m.Automatic, ActorID: m.ActorID,
			CreatedAt: m.CreatedAt.UTC(), UndoneAt: utcOrNil(m.UndoneAt), UndoneBy: m.UndoneBy,
		}
	}
	return write(c, http.StatusOK, out)
}

// undo takes a merge back.
//
//	@Summary		Undo a merge of companies
//	@Description	At any time, in any order: the leads that went along go home, and so do those that came since under the company's name. The two are different from then on.
//	@ID				companies.undo
//	@Tags			duplicates
//	@Produce		json
//	@Param			id	path		string	true	"merge"	format(uuid)
//	@Success		200	{object}	CompanyUnmerged
//	@Failure		403	{object}	Problem
//	@Failure		404	{object}	Problem
//	@Failure		409	{object}	Problem
//	@Security		ApiKey
//	@Security		Session
//	@Router			/companies/merges/{id}/undo [post]
func (a companiesAPI) undo(c echo.Context) error {
	mergeID, err := pathID(c, "id")
	if err != nil {
		return err
	}
	m, err := a.companies.Undo(c.Request().Context(), mergeID)
	if err != nil {
		return err
	}
	return write(c, http.StatusOK, CompanyUnmerged{m.ID, string(m.State)})
}
