package httpapi

import (
	"context"
	"net/http"

	"github.com/labstack/echo/v4"

	"winnow/backend/internal/account"
	"winnow/backend/internal/fault"
	"winnow/backend/internal/lead"
	"winnow/backend/internal/profile"
)

// Door is the one door in for leads, filled with intake.
type Door interface {
	// AcceptOne takes in one lead typed in by hand. Keys of fields are those of lead.Fields and custom fields ("custom."
	// and a name); tags are separated by commas. created is false when a lead that was there already took the values up.
	AcceptOne(ctx context.Context, fields map[string]string, source string) (leadID string, created bool, err error)
}

// Profiles tells the profile in force, for the names of pain points.
type Profiles interface {
	Current(ctx context.Context) (*profile.Set, error)
}

type leadsAPI struct {
	leads    *lead.Service
	profiles Profiles
	door     Door
}

// NewLeads offers the leads: list, one, edits, bulk changes, history, export and samples.
func NewLeads(s *lead.Service, profiles Profiles, door Door) Resource {
	return leadsAPI{s, profiles, door}
}

// Register puts the routes in place.
func (a leadsAPI) Register(r *Registry) {
	r.GET("/leads", "leads.list", a.list)
	r.POST("/leads", "leads.create", a.create)
	r.POST("/leads/bulk", "leads.bulk", a.bulk)
	r.POST("/leads/bulk/:change_id/undo", "leads.bulk_undo", a.undo)
	r.GET("/leads/filter-fields", "leads.filter_fields", a.filterFields)
	r.GET("/leads/export", "leads.export", a.export, Streams())
	r.POST("/leads/export", "leads.export_chosen", a.exportChosen, Streams())
	r.GET("/leads/:id", "leads.get", a.get)
	r.PUT("/leads/:id", "leads.update", a.update)
	r.DELETE("/leads/:id", "leads.delete", a.delete)
	r.POST("/leads/:id/claim", "leads.claim", a.claim)
	r.POST("/leads/:id/restore", "leads.restore", a.restore)
	r.GET("/leads/:id/provenance", "leads.provenance", a.provenance)
	r.GET("/leads/:id/timeline", "leads.timeline", a.timeline)
	r.GET("/leads/:id/related", "leads.related", a.related)
}

// pains names pain points by the profile in force.
func (a leadsAPI) pains(ctx context.Context) (lead.Pains, error) {
	set, err := a.profiles.Current(ctx)
	if err != nil {
		return nil, err
	}
	names := make(map[string]string, len(set.PainPoints.PainPoints))
	for _, p := range set.PainPoints.PainPoints {
		names[p.ID] = p.Name
	}
	return func(id string) string {
		if n := names[id]; n != "" {
			return n
		}
		return id
	}, nil
}

// list answers a page.
//
//	@Summary		Leads, best first
//	@Description	Highlights are half-open ranges of Unicode code points per field, of the words that q found.
//	@ID				leads.list
//	@Tags			leads
//	@Produce		json
//	@Param			limit	query		int		false	"1–200, default 50"
//	@Param			cursor	query		string	false	"next_cursor of the page before"
//	@Param			filter	query		string	false	"e.g. grade in (A+,A) and source = linkedin and created_at > -14d and not (tags has vip)"
//	@Param			q		query		string	false	"full text over name, company, title and content; words match by their beginning"
//	@Param			sort	query		string	false	"e.g. -score,created_at (the default is -score,-created_at)"
//	@Success		200		{object}	LeadList
//	@Failure		400		{object}	Problem
//	@Security		ApiKey
//	@Security		Session
//	@Router			/leads [get]
func (a leadsAPI) list(c echo.Context) error {
	ctx := c.Request().Context()
	q, err := listQuery(c)
	if err != nil {
		return err
	}
	page, err := a.leads.List(ctx, lead.Query{Filter: q.Filter, Search: q.Q, Sort: q.Sort, Cursor: q.Cursor, Limit: q.Limit})
	if err != nil {
		return err
	}
	pains, err := a.pains(ctx)
	if err != nil {
		return err
	}
	out := LeadList{Items: make([]LeadResponse, len(page.Items)), PageInfo: PageInfo{Total: page.Total, TotalCapped: page.TotalCapped}}
	if page.Prev != "" {
		out.PrevCursor = &page.Prev
	}
	if page.Mended != "" {
		out.Mended = &page.Mended
	}
	for i := range page.Items {
		out.Items[i] = leadResponse(&page.Items[i], pains)
		if page.Highlights != nil {
			out.Items[i].Highlights = page.Highlights[i]
		}
	}
	if page.Next != "" {
		out.NextCursor = &page.Next
	}
	return write(c, http.StatusOK, out)
}

// answer writes a lead with its ETag.
func (a leadsAPI) answer(c echo.Context, status int, l *lead.Lead) error {
	pains, err := a.pains(c.Request().Context())
	if err != nil {
		return err
	}
	return writeVersion(c, status, l.Version, leadResponse(l, pains))
}

// get answers a lead.
//
//	@Summary	One lead
//	@ID			leads.get
//	@Tags		leads
//	@Produce	json
//	@Param		id	path		string	true	"lead"	format(uuid)
//	@Success	200	{object}	LeadResponse
//	@Failure	404	{object}	Problem
//	@Security	ApiKey
//	@Security	Session
//	@Router		/leads/{id} [get]
func (a leadsAPI) get(c echo.Context) error {
	id, err := pathID(c, "id")
	if err != nil {
		return err
	}
	l, err := a.leads.Get(c.Request().Context(), id)
	if err != nil {
		return err
	}
	return a.answer(c, http.StatusOK, l)
}

// create takes in a lead typed by hand.
//
//	@Summary		Add one lead
//	@Description	Goes through the same door as imports: 201 for a new lead, 200 when one with the same e-mail, phone, profile or source id was there and took the values up.
//	@ID				leads.create
//	@Tags			leads
//	@Accept			json
//	@Produce		json
//	@Param			body	body		LeadCreateRequest	true	"the lead"
//	@Success		201		{object}	LeadResponse
//	@Success		200		{object}	LeadResponse
//	@Failure		400		{object}	Problem
//	@Failure		409		{object}	Problem
//	@Security		ApiKey
//	@Security		Session
//	@Router			/leads [post]
func (a leadsAPI) create(c echo.Context) error {
	ctx := c.Request().Context()
	var req LeadCreateRequest
	if err := decode(c, &req); err != nil {
		return err
	}
	id, created, err := a.door.AcceptOne(ctx, req.fields(), req.source())
	if err != nil {
		return err
	}
	l, err := a.leads.Get(ctx, id)
	if fault.Is(err, fault.NotFound) {
		return fault.New(fault.Conflict, "lead_duplicate", "There is a lead with this address or number already, and it belongs to somebody else. Ask an administrator.")
	}
	if err != nil {
		return err
	}
	status := http.StatusOK
	if created {
		status = http.StatusCreated
		if l, err = a.own(ctx, l); err != nil {
			return err
		}
	}
	return a.answer(c, status, l)
}

// own gives a user the lead they made; what administrators make is nobody's yet.
func (a leadsAPI) own(ctx context.Context, l *lead.Lead) (*lead.Lead, error) {
	if v, ok := account.From(ctx); ok && v.Role == account.RoleUser && l.OwnerID == nil {
		return a.leads.Claim(ctx, l.ID)
	}
	return l, nil
}

// update changes a lead.
//
//	@Summary		Change a lead
//	@Description	Fields that are left out stay. null takes owner_id, value_micros or a custom field away. When the lead is at another version, or an address is another lead's, the problem's current holds the lead as it is now.
//	@ID				leads.update
//	@Tags			leads
//	@Accept			json
//	@Produce		json
//	@Param			id			path		string				true	"lead"	format(uuid)
//	@Param			If-Match	header		string				false	"ETag of the version that was read"
//	@Param			body		body		LeadUpdateRequest	true	"what changes"
//	@Success		200			{object}	LeadResponse
//	@Failure		400			{object}	Problem
//	@Failure		403			{object}	Problem
//	@Failure		404			{object}	Problem
//	@Failure		409			{object}	Problem
//	@Failure		412			{object}	Problem
//	@Security		ApiKey
//	@Security		Session
//	@Router			/leads/{id} [put]
func (a leadsAPI) update(c echo.Context) error {
	id, err := pathID(c, "id")
	if err != nil {
		return err
	}
	want, err := ifMatch(c)
	if err != nil {
		return err
	}
	var req LeadUpdateRequest
	if err := decode(c, &req); err != nil {
		return err
	}
	l, err := a.leads.Update(c.Request().Context(), id, want, req.change())
	if err != nil {
		return a.withCurrent(c, id, err)
	}
	return a.answer(c, http.StatusOK, l)
}

// delete takes a lead away.
//
//	@Summary		Delete a lead
//	@Description	Can be undone with restore.
//	@ID				leads.delete
//	@Tags			leads
//	@Param			id			path	string	true	"lead"	format(uuid)
//	@Param			If-Match	header	string	false	"ETag of the version that was read"
//	@Success		204
//	@Failure		403	{object}	Problem
//	@Failure		404	{object}	Problem
//	@Failure		412	{object}	Problem
//	@Security		ApiKey
//	@Security		Session
//	@Router			/leads/{id} [delete]
func (a leadsAPI) delete(c echo.Context) error {
	id, err := pathID(c, "id")
	if err != nil {
		return err
	}
	want, err := ifMatch(c)
	if err != nil {
		return err
	}
	if err := a.leads.Delete(c.Request().Context(), id, want); err != nil {
		return a.withCurrent(c, id, err)
	}
	return noContent(c)
}

// claim makes the caller the owner.
//
//	@Summary	Take a lead that nobody owns
//	@ID			leads.claim
//	@Tags		leads
//	@Produce	json
//	@Param		id	path		string	true	"lead"	format(uuid)
//	@Success	200	{object}	LeadResponse
//	@Failure	403	{object}	Problem
//	@Failure	404	{object}	Problem
//	@Security	ApiKey
//	@Security	Session
//	@Router		/leads/{id}/claim [post]
func (a leadsAPI) claim(c echo.Context) error { return a.one(c, a.leads.Claim) }

// restore undoes a deletion.
//
//	@Summary	Bring a deleted lead back
//	@ID			leads.restore
//	@Tags		leads
//	@Produce	json
//	@Param		id	path		string	true	"lead"	format(uuid)
//	@Success	200	{object}	LeadResponse
//	@Failure	403	{object}	Problem
//	@Failure	404	{object}	Problem
//	@Failure	409	{object}	Problem
//	@Security	ApiKey
//	@Security	Session
//	@Router		/leads/{id}/restore [post]
func (a leadsAPI) restore(c echo.Context) error { return a.one(c, a.leads.Restore) }

func (a leadsAPI) one(c echo.Context, do func(context.Context, string) (*lead.Lead, error)) error {
	id, err := pathID(c, "id")
	if err != nil {
		return err
	}
	l, err := do(c.Request().Context(), id)
	if err != nil {
		return err
	}
	return a.answer(c, http.StatusOK, l)
}
