package httpapi

import (
	"context"
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"winnow/backend/internal/lead"
	"winnow/backend/internal/lead/merging"
)

type mergesAPI struct {
	merges *merging.Service
	leads  leadsAPI
}

// NewMerges offers merging leads and undoing that.
func NewMerges(m *merging.Service, l *lead.Service, profiles Profiles) Resource {
	return mergesAPI{m, leadsAPI{leads: l, profiles: profiles}}
}

// Register puts the routes in place.
func (a mergesAPI) Register(r *Registry) {
	r.POST("/leads/merge", "leads.merge", a.merge)
	r.GET("/leads/:id/merges", "leads.merges", a.list)
	r.GET("/merges", "merges.list", a.all)
	r.POST("/merges/undo", "merges.bulk_undo", a.undoMany, Timeout(bulkTimeout))
	r.GET("/merges/:id", "merges.get", a.get)
	r.POST("/merges/:id/undo", "merges.undo", a.undo)
	r.POST("/merges/:id/redo", "merges.redo", a.redo)
}

// merge makes one lead of several.
//
//	@Summary		Merge leads
//	@Description	The merged leads go into the survivor: what hangs on them moves and remembers its first lead, tags and custom fields unite. Of other fields the survivor's value stays, else the first merged lead's, unless rule, rules or fields say otherwise. Nothing is lost: the merge can be undone at any time. A merged lead answers 404 lead_merged with merged_into. All leads must be the caller's to change. dry_run tells what would come out, without effect.
//	@ID				leads.merge
//	@Tags			duplicates
//	@Accept			json
//	@Produce		json
//	@Param			body	body		LeadMergeRequest	true	"which leads, and whose values"
//	@Success		200		{object}	LeadMergeResponse
//	@Failure		400		{object}	Problem
//	@Failure		403		{object}	Problem
//	@Failure		404		{object}	Problem
//	@Failure		409		{object}	Problem
//	@Failure		412		{object}	Problem
//	@Security		ApiKey
//	@Security		Session
//	@Router			/leads/merge [post]
func (a mergesAPI) merge(c echo.Context) error {
	ctx := c.Request().Context()
	var req LeadMergeRequest
	if err := decode(c, &req); err != nil {
		return err
	}
	out, err := a.merges.Merge(ctx, req.request())
	if err != nil {
		return err
	}
	return a.answerOutcome(c, out)
}

func (a mergesAPI) answerOutcome(c echo.Context, out merging.Outcome) error {
	pains, err := a.leads.pains(c.Request().Context())
	if err != nil {
		return err
	}
	return write(c, http.StatusOK, mergeResponse(out, pains))
}

// list tells the merges of a lead.
//
//	@Summary	The merges that a lead was part of, newest first
//	@ID			leads.merges
//	@Tags		duplicates
//	@Produce	json
//	@Param		id	path		string	true	"lead"	format(uuid)
//	@Success	200	{object}	MergeList
//	@Failure	404	{object}	Problem
//	@Security	ApiKey
//	@Security	Session
//	@Router		/leads/{id}/merges [get]
func (a mergesAPI) list(c echo.Context) error {
	id, err := pathID(c, "id")
	if err != nil {
		return err
	}
	found, err := a.merges.ForLead(c.Request().Context(), id)
	if err != nil {
		return err
	}
	out := MergeList{Items: make([]MergeRecord, len(found))}
	for i := range found {
		out.Items[i] = mergeRecord(&found[i])
	}
	return write(c, http.StatusOK, out)
}

// all lists what the product merged by itself.
//
//	@Summary		The merges that the product made by itself, newest first
//	@Description	Those whose survivor the caller sees. Undoing one tells its leads apart for good.
//	@ID				merges.list
//	@Tags			duplicates
//	@Produce		json
//	@Param			limit	query		int		false	"1–200, default 50"
//	@Param			cursor	query		string	false	"next_cursor of the page before"
//	@Param			state	query		string	false	"done or undone; default both"
//	@Success		200		{object}	MergePage
//	@Failure		400		{object}	Problem
//	@Security		ApiKey
//	@Security		Session
//	@Router			/merges [get]
func (a mergesAPI) all(c echo.Context) error {
	v, err := query(c, "limit", "cursor", "state")
	if err != nil {
		return err
	}
	q := merging.Query{State: merging.State(v.Get("state")), Cursor: v.Get("cursor"), Limit: defaultLimit}
	if s := v.Get("limit"); s != "" {
		if q.Limit, err = strconv.Atoi(s); err != nil || q.Limit < 1 || q.Limit > maxLimit {
			return badParam("limit", "out_of_range", "Must be a whole number from 1 to 200.")
		}
	}
	if q.State != "" && q.State != merging.Done && q.State != merging.Undone {
		return badParam("state", "value_wrong", "Use done or undone.")
	}
	page, err := a.merges.Automatic(c.Request().Context(), q)
	if err != nil {
		return err
	}
	out := MergePage{Items: make([]MergeRecord, len(page.Items)), PageInfo: PageInfo{Total: page.Total, TotalCapped: page.TotalCapped}}
	for i := range page.Items {
		out.Items[i] = mergeRecord(&page.Items[i])
	}
	if page.Next != "" {
		out.NextCursor = &page.Next
	}
	return write(c, http.StatusOK, out)
}

// get answers a merge.
//
//	@Summary	One merge, with what each lead held before it
//	@ID			merges.get
//	@Tags		duplicates
//	@Produce	json
//	@Param		id	path		string	true	"merge"	format(uuid)
//	@Success	200	{object}	MergeRecord
//	@Failure	404	{object}	Problem
//	@Security	ApiKey
//	@Security	Session
//	@Router		/merges/{id} [get]
func (a mergesAPI) get(c echo.Context) error {
	id, err := pathID(c, "id")
	if err != nil {
		return err
	}
	m, err := a.merges.ByID(c.Request().Context(), id)
	if err != nil {
		return err
	}
	return write(c, http.StatusOK, mergeRecord(&m))
}

// undo takes a merge back.
//
//	@Summary		Undo a merge
//	@Description	At any time, in any order, also after later edits, messages and further merges. What was changed since goes to the side that it belongs to; what nobody can tell is asked: dry_run answers the plan, whose asked changes are answered by answers (field → one of the options). Without them the answer is 409 merge_questions with a field for each.
//	@ID				merges.undo
//	@Tags			duplicates
//	@Accept			json
//	@Produce		json
//	@Param			id		path		string				true	"merge"	format(uuid)
//	@Param			body	body		MergeUndoRequest	true	"answers"
//	@Success		200		{object}	MergeUndoResponse
//	@Failure		400		{object}	Problem
//	@Failure		403		{object}	Problem
//	@Failure		404		{object}	Problem
//	@Failure		409		{object}	Problem
//	@Security		ApiKey
//	@Security		Session
//	@Router			/merges/{id}/undo [post]
func (a mergesAPI) undo(c echo.Context) error {
	ctx := c.Request().Context()
	id, err := pathID(c, "id")
	if err != nil {
		return err
	}
	var req MergeUndoRequest
	if err := decode(c, &req); err != nil {
		return err
	}
	plan, err := a.merges.Undo(ctx, id, req.Answers, req.DryRun)
	if err != nil {
		return err
	}
	pains, err := a.leads.pains(ctx)
	if err != nil {
		return err
	}
	return write(c, http.StatusOK, undoResponse(ctx, plan, pains))
}

// undoMany takes several merges back.
//
//	@Summary		Undo many merges
//	@Description	At most 500, the last named first; those that are undone already, ask something, or are not the caller's to undo are skipped and say why by their code.
//	@ID				merges.bulk_undo
//	@Tags			duplicates
//	@Accept			json
//	@Produce		json
//	@Param			body	body		MergesUndoRequest	true	"which merges"
//	@Success		200		{object}	MergesUndoResponse
//	@Failure		400		{object}	Problem
//	@Failure		403		{object}	Problem
//	@Security		ApiKey
//	@Security		Session
//	@Router			/merges/undo [post]
func (a mergesAPI) undoMany(c echo.Context) error {
	var req MergesUndoRequest
	if err := decode(c, &req); err != nil {
		return err
	}
	done, err := a.merges.UndoMany(c.Request().Context(), req.IDs)
	if err != nil {
		return err
	}
	return write(c, http.StatusOK, MergesUndoResponse{Undone: append([]string{}, done.Undone...), Skipped: done.Skipped})
}

// redo does an undone merge again.
//
//	@Summary		Merge again what was undone
//	@Description	A new merge of the same leads by the same choices; what the undoing gave to one of them and nobody changed since is shown again.
//	@ID				merges.redo
//	@Tags			duplicates
//	@Accept			json
//	@Produce		json
//	@Param			id		path		string				true	"merge"	format(uuid)
//	@Param			body	body		MergeRedoRequest	true	"whether only to look"
//	@Success		200		{object}	LeadMergeResponse
//	@Failure		400		{object}	Problem
//	@Failure		403		{object}	Problem
//	@Failure		404		{object}	Problem
//	@Failure		409		{object}	Problem
//	@Security		ApiKey
//	@Security		Session
//	@Router			/merges/{id}/redo [post]
func (a mergesAPI) redo(c echo.Context) error {
	ctx := c.Request().Context()
	id, err := pathID(c, "id")
	if err != nil {
		return err
	}
	var req MergeRedoRequest
	if err := decode(c, &req); err != nil {
		return err
	}
	out, err := a.merges.Redo(ctx, id, req.DryRun)
	if err != nil {
		return err
	}
	return a.answerOutcome(c, out)
}

// visibleLeads are those of leads that the caller may see; an undone merge may give leads back to others.
func visibleLeads(ctx context.Context, leads []lead.Lead, pains lead.Pains) []LeadResponse {
	out := []LeadResponse{}
	for i := range leads {
		if lead.Sees(ctx, &leads[i]) {
			out = append(out, leadResponse(&leads[i], pains))
		}
	}
	return out
}
