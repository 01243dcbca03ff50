package httpapi

import (
	"net/http"
	"strconv"
	"time"

	"github.com/labstack/echo/v4"

	"winnow/backend/internal/fault"
	"winnow/backend/internal/id"
	"winnow/backend/internal/lead"
	"winnow/backend/internal/lead/duplicate"
)

type duplicatesAPI struct {
	pairs *duplicate.Service
	leads leadsAPI
}

// NewDuplicates offers the queue of leads that may be the same.
func NewDuplicates(d *duplicate.Service, l *lead.Service, profiles Profiles) Resource {
	return duplicatesAPI{d, leadsAPI{leads: l, profiles: profiles}}
}

// bulkTimeout is how long a bulk verdict may take.
const bulkTimeout = 5 * time.Minute

// Register puts the routes in place.
func (a duplicatesAPI) Register(r *Registry) {
	r.GET("/duplicates", "duplicates.list", a.list)
	r.POST("/duplicates/bulk", "duplicates.bulk", a.bulk, Timeout(bulkTimeout))
	r.GET("/duplicates/policy", "duplicates.policy", a.policy)
	r.PUT("/duplicates/policy", "duplicates.decide", a.decide)
	r.GET("/duplicates/:id", "duplicates.get", a.get)
	r.POST("/duplicates/:id", "duplicates.judge", a.judge)
}

// list answers a page of pairs.
//
//	@Summary		Pairs of leads that may be the same, the surest first
//	@Description	Only pairs of which the caller sees both leads. Merged pairs show each lead as it was.
//	@ID				duplicates.list
//	@Tags			duplicates
//	@Produce		json
//	@Param			limit		query		int		false	"1–200, default 50"
//	@Param			cursor		query		string	false	"next_cursor of the page before"
//	@Param			state		query		string	false	"open (default), different, merged or skipped"
//	@Param			min_score	query		number	false	"0–1"
//	@Param			max_score	query		number	false	"0–1"
//	@Param			lead		query		string	false	"only pairs of this lead"
//	@Success		200			{object}	DuplicateList
//	@Failure		400			{object}	Problem
//	@Security		ApiKey
//	@Security		Session
//	@Router			/duplicates [get]
func (a duplicatesAPI) list(c echo.Context) error {
	ctx := c.Request().Context()
	q, err := pairsQuery(c)
	if err != nil {
		return err
	}
	page, err := a.pairs.List(ctx, q)
	if err != nil {
		return err
	}
	pains, err := a.leads.pains(ctx)
	if err != nil {
		return err
	}
	out := DuplicateList{Items: make([]DuplicateResponse, len(page.Items)), PageInfo: PageInfo{Total: page.Total, TotalCapped: page.TotalCapped}}
	for i := range page.Items {
		out.Items[i] = duplicateResponse(&page.Items[i], pains)
	}
	if page.Next != "" {
		out.NextCursor = &page.Next
	}
	return write(c, http.StatusOK, out)
}

// pairsQuery reads the parameters of a list of pairs.
func pairsQuery(c echo.Context) (duplicate.Query, error) {
	v, err := query(c, "limit", "cursor", "state", "min_score", "max_score", "lead")
	if err != nil {
		return duplicate.Query{}, err
	}
	q := duplicate.Query{State: duplicate.Open, Max: 1, LeadID: v.Get("lead"), Cursor: v.Get("cursor"), Limit: defaultLimit}
	if s := v.Get("limit"); s != "" {
		if q.Limit, err = strconv.Atoi(s); err != nil || q.Limit < 1 || q.Limit > maxLimit {
			return q, badParam("limit", "out_of_range", "Must be a whole number from 1 to 200.")
		}
	}
	if s := v.Get("state"); s != "" {
		q.State = duplicate.State(s)
		if !q.State.Valid() {
			return q, badParam("state", "value_wrong", "Use open, different, merged or skipped.")
		}
	}
	if q.LeadID != "" && !id.Valid(q.LeadID) {
		return q, badParam("lead", "value_wrong", "Must be the id of a lead.")
	}
	for name, to := range map[string]*float64{"min_score": &q.Min, "max_score": &q.Max} {
		if s := v.Get(name); s != "" {
			if *to, err = strconv.ParseFloat(s, 64); err != nil || !(*to >= 0 && *to <= 1) {
				return q, badParam(name, "out_of_range", "Must be a number from 0 to 1.")
			}
		}
	}
	return q, nil
}

// get answers a pair.
//
//	@Summary	One pair
//	@ID			duplicates.get
//	@Tags		duplicates
//	@Produce	json
//	@Param		id	path		string	true	"pair"	format(uuid)
//	@Success	200	{object}	DuplicateResponse
//	@Failure	404	{object}	Problem
//	@Security	ApiKey
//	@Security	Session
//	@Router		/duplicates/{id} [get]
func (a duplicatesAPI) get(c echo.Context) error {
	ctx := c.Request().Context()
	pairID, err := pathID(c, "id")
	if err != nil {
		return err
	}
	p, err := a.pairs.Get(ctx, pairID)
	if err != nil {
		return err
	}
	pains, err := a.leads.pains(ctx)
	if err != nil {
		return err
	}
	return writeVersion(c, http.StatusOK, p.Version, duplicateResponse(&p, pains))
}

// judge gives a verdict.
//
//	@Summary		Say whether two leads are the same
//	@Description	merge makes one lead of the two, as POST /leads/merge does; the survivor is the suggested one unless survivor_id says otherwise. different stays so, whatever later sweeps find. skip leaves it for later. open takes different and skip back; a merge is taken back by POST /merges/{id}/undo. Both leads must be the caller's to change.
//	@ID				duplicates.judge
//	@Tags			duplicates
//	@Accept			json
//	@Produce		json
//	@Param			id			path		string				true	"pair"	format(uuid)
//	@Param			If-Match	header		string				false	"ETag of the version that was read"
//	@Param			body		body		DuplicateVerdict	true	"the verdict"
//	@Success		200			{object}	DuplicateJudged
//	@Failure		400			{object}	Problem
//	@Failure		403			{object}	Problem
//	@Failure		404			{object}	Problem
//	@Failure		409			{object}	Problem
//	@Failure		412			{object}	Problem
//	@Security		ApiKey
//	@Security		Session
//	@Router			/duplicates/{id} [post]
func (a duplicatesAPI) judge(c echo.Context) error {
	ctx := c.Request().Context()
	pairID, want, err := versioned(c)
	if err != nil {
		return err
	}
	var req DuplicateVerdict
	if err := decode(c, &req); err != nil {
		return err
	}
	p, merged, err := a.pairs.Judge(ctx, pairID, req.ruling(want))
	if err != nil {
		return err
	}
	pains, err := a.leads.pains(ctx)
	if err != nil {
		return err
	}
	out := DuplicateJudged{Pair: duplicateResponse(&p, pains)}
	if merged != nil {
		m := mergeResponse(*merged, pains)
		out.Merge = &m
	}
	return writeVersion(c, http.StatusOK, p.Version, out)
}

// bulk judges by confidence.
//
//	@Summary		Give one verdict on all open pairs of a confidence
//	@Description	The surest first, at most 500 at once; left tells how many more there are. Pairs whose leads are not the caller's to change are skipped, and so are merges that an earlier "different" stands in the way of. Each merge can be undone by its id. dry_run counts, without effect.
//	@ID				duplicates.bulk
//	@Tags			duplicates
//	@Accept			json
//	@Produce		json
//	@Param			body	body		DuplicateBulkRequest	true	"which pairs, and the verdict"
//	@Success		200		{object}	DuplicateBulkResponse
//	@Failure		400		{object}	Problem
//	@Failure		403		{object}	Problem
//	@Security		ApiKey
//	@Security		Session
//	@Router			/duplicates/bulk [post]
func (a duplicatesAPI) bulk(c echo.Context) error {
	var req DuplicateBulkRequest
	if err := decode(c, &req); err != nil {
		return err
	}
	done, err := a.pairs.JudgeAll(c.Request().Context(), req.bulk())
	if err != nil {
		return err
	}
	return write(c, http.StatusOK, DuplicateBulkResponse{Count: done.Count, Skipped: done.Skipped, Left: done.Left, MergeIDs: append([]string{}, done.Merges...)})
}

// Validate finds a verdict that there is not.
func (r DuplicateVerdict) Validate() []fault.Field {
	if !duplicate.Verdict(r.Verdict).Valid() {
		return []fault.Field{{Name: "verdict", Code: "value_wrong", Message: "Use merge, different, skip or open."}}
	}
	return LeadMergeRequest{SurvivorID: "-", Fields: r.Fields}.Validate()
}

// Validate finds a verdict that there is not, and scores that are none.
func (r DuplicateBulkRequest) Validate() (bad []fault.Field) {
	if v := duplicate.Verdict(r.Verdict); !v.Valid() || v == duplicate.SayOpen {
		bad = append(bad, fault.Field{Name: "verdict", Code: "value_wrong", Message: "Use merge, different or skip."})
	}
	if !(r.MinScore >= 0 && r.MinScore <= 1) {
		bad = append(bad, fault.Field{Name: "min_score", Code: "out_of_range", Message: "Must be a number from 0 to 1."})
	}
	if r.MaxScore != nil && !(*r.MaxScore >= r.MinScore && *r.MaxScore <= 1) {
		bad = append(bad, fault.Field{Name: "max_score", Code: "out_of_range", Message: "Must be a number from min_score to 1."})
	}
	return bad
}
