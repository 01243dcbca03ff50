package httpapi

import (
	"errors"
	"maps"
	"net/http"

	"github.com/labstack/echo/v4"

	"winnow/backend/internal/fault"
	"winnow/backend/internal/lead"
)

// LeadBulkRequest names leads and what to do with them.
type LeadBulkRequest struct {
	IDs     []string     `json:"ids"` // or:
	Filter  string       `json:"filter"`
	Q       string       `json:"q"`
	Action  string       `json:"action" validate:"required" enums:"delete,restore,tag,untag,assign,status,edit"`
	Tags    []string     `json:"tags"`                                                                          // for tag and untag
	OwnerID *string      `json:"owner_id" extensions:"x-nullable"`                                              // for assign; null: nobody
	Status  string       `json:"status" enums:"new,qualified,disqualified,contacted,replied,won,lost,archived"` // for status
	Set     *LeadBulkSet `json:"set"`                                                                           // for edit
	DryRun  bool         `json:"dry_run"`                                                                       // only tell what would be changed
}

// LeadBulkSet is what an edit gives to many leads: what is left out stays.
type LeadBulkSet struct {
	Title       *string            `json:"title"`
	Company     *string            `json:"company"`
	Industry    *string            `json:"industry"`
	CompanySize *string            `json:"company_size"`
	Location    *string            `json:"location"`
	Country     *string            `json:"country"`
	Language    *string            `json:"language"`
	Timezone    *string            `json:"timezone"`
	Status      *string            `json:"status" enums:"new,qualified,disqualified,contacted,replied,won,lost,archived"`
	ValueMicros optional[int64]    `json:"value_micros" swaggertype:"integer" extensions:"x-nullable"` // null: none
	Custom      map[string]*string `json:"custom"`                                                     // merged into what is there; null takes a field away
}

func (r *LeadBulkSet) change() lead.Change {
	if r == nil {
		return lead.Change{}
	}
	return LeadUpdateRequest{
		Title: r.Title, Company: r.Company, Industry: r.Industry, CompanySize: r.CompanySize, Location: r.Location, Country: r.Country,
		Language: r.Language, Timezone: r.Timezone, Status: r.Status, ValueMicros: r.ValueMicros, Custom: r.Custom,
	}.change()
}

// Validate finds an ambiguous selection.
func (r LeadBulkRequest) Validate() []fault.Field {
	switch {
	case len(r.IDs) > 0 && (r.Filter != "" || r.Q != ""):
		return []fault.Field{{Name: "ids", Code: "ambiguous", Message: "Give either ids, or filter and q."}}
	case r.IDs != nil && len(r.IDs) == 0:
		return []fault.Field{{Name: "ids", Code: "required", Message: "No lead is selected."}}
	case r.Set != nil && lead.Action(r.Action) != lead.ActionEdit:
		return []fault.Field{{Name: "set", Code: "ambiguous", Message: "Only the action edit takes set."}}
	}
	return nil
}

func (r LeadBulkRequest) bulk() lead.Bulk {
	return lead.Bulk{
		IDs: r.IDs, Filter: r.Filter, Search: r.Q, All: r.IDs == nil, Action: lead.Action(r.Action), Tags: r.Tags, Owner: r.OwnerID,
		Status: lead.Status(r.Status), Set: r.Set.change(), DryRun: r.DryRun,
	}
}

// LeadBulkResponse says what was changed or, of a dry run, would be.
type LeadBulkResponse struct {
	ChangeID *string        `json:"change_id" extensions:"x-nullable"` // by which it can be undone; null when nothing was changed
	Count    int            `json:"count"`
	Skipped  int            `json:"skipped"` // named or found, but not the caller's to change, or as asked for already
	IDs      []string       `json:"ids"`     // of the changed leads; none of a dry run
	Sample   []LeadResponse `json:"sample"`  // of a dry run: up to five of the leads, as they are
}

// LeadUndoResponse says what was put back.
type LeadUndoResponse struct {
	Count   int `json:"count"`
	Skipped int `json:"skipped"` // changed again since, or no longer the caller's to change
}

// bulk changes many leads.
//
//	@Summary		Change many leads at once
//	@Description	Names leads by ids, or by filter and q (all leads when every one of them is left out), at most 10,000. All or nothing, on those that the caller may change. dry_run tells what would be changed, without effect. The answer's change_id undoes the change for 30 days.
//	@ID				leads.bulk
//	@Tags			leads
//	@Accept			json
//	@Produce		json
//	@Param			body	body		LeadBulkRequest	true	"which leads, and what to do"
//	@Success		200		{object}	LeadBulkResponse
//	@Failure		400		{object}	Problem
//	@Failure		403		{object}	Problem
//	@Failure		409		{object}	Problem
//	@Security		ApiKey
//	@Security		Session
//	@Router			/leads/bulk [post]
func (a leadsAPI) bulk(c echo.Context) error {
	ctx := c.Request().Context()
	var req LeadBulkRequest
	if err := decode(c, &req); err != nil {
		return err
	}
	done, err := a.leads.Apply(ctx, req.bulk())
	if err != nil {
		return err
	}
	out := LeadBulkResponse{Count: done.Count, Skipped: done.Skipped, IDs: append([]string{}, done.IDs...), Sample: make([]LeadResponse, len(done.Sample))}
	if done.ID != "" {
		out.ChangeID = &done.ID
	}
	pains, err := a.pains(ctx)
	if err != nil {
		return err
	}
	for i := range done.Sample {
		out.Sample[i] = leadResponse(&done.Sample[i], pains)
	}
	return write(c, http.StatusOK, out)
}

// undo takes a bulk change back.
//
//	@Summary		Undo a change of many leads
//	@Description	Puts back what nobody has changed since. For who made the change, and administrators; within 30 days; once.
//	@ID				leads.bulk_undo
//	@Tags			leads
//	@Produce		json
//	@Param			change_id	path		string	true	"change_id of the bulk change"	format(uuid)
//	@Success		200			{object}	LeadUndoResponse
//	@Failure		403			{object}	Problem
//	@Failure		404			{object}	Problem
//	@Failure		409			{object}	Problem
//	@Security		ApiKey
//	@Security		Session
//	@Router			/leads/bulk/{change_id}/undo [post]
func (a leadsAPI) undo(c echo.Context) error {
	id, err := pathID(c, "change_id")
	if err != nil {
		return err
	}
	done, err := a.leads.Undo(c.Request().Context(), id)
	if err != nil {
		return err
	}
	return write(c, http.StatusOK, LeadUndoResponse{Count: done.Count, Skipped: done.Skipped})
}

// withCurrent adds the lead as it is now to a fault of a change that came too late or clashes, so that both can be shown.
func (a leadsAPI) withCurrent(c echo.Context, id string, err error) error {
	f, ok := errors.AsType[*fault.Error](err)
	if !ok || (f.Kind != fault.Stale && f.Kind != fault.Conflict) {
		return err
	}
	ctx := c.Request().Context()
	l, getErr := a.leads.Get(ctx, id)
	pains, painsErr := a.pains(ctx)
	if getErr != nil || painsErr != nil {
		return err // the first fault says what matters
	}
	r := leadResponse(l, pains)
	told := *f
	told.More = maps.Clone(f.More)
	if told.More == nil {
		told.More = map[string]any{}
	}
	told.More["current"] = &r
	return &told
}
