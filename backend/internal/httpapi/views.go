package httpapi

import (
	"context"
	"net/http"

	"github.com/labstack/echo/v4"

	"winnow/backend/internal/lead/view"
)

type viewsAPI struct{ views *view.Service }

// NewViews offers the saved views of leads.
func NewViews(s *view.Service) Resource { return viewsAPI{s} }

// Register puts the routes in place.
func (a viewsAPI) Register(r *Registry) {
	r.GET("/views", "views.list", a.list)
	r.POST("/views", "views.create", a.create)
	r.PUT("/views/:id", "views.update", a.update)
	r.DELETE("/views/:id", "views.delete", a.delete)
}

// ViewColumn is a column of a table as somebody has arranged it.
type ViewColumn struct {
	ID     string `json:"id"`
	Width  int    `json:"width"` // pixels; 0 = the column's own
	Hidden bool   `json:"hidden"`
}

// ViewResponse is a saved view.
type ViewResponse struct {
	ID       string       `json:"id" format:"uuid"`
	Name     string       `json:"name"`
	Shared   bool         `json:"shared"`                           // with everybody
	OwnerID  *string      `json:"owner_id" extensions:"x-nullable"` // null: the owner has left
	Mine     bool         `json:"mine"`
	Filter   string       `json:"filter"`
	Q        string       `json:"q"`
	Sort     string       `json:"sort"`
	Mode     string       `json:"mode" enums:"table,cards"`
	Columns  []ViewColumn `json:"columns"`
	Position int          `json:"position"`
	Version  int          `json:"version"`
}

// ViewList is one's own views and the shared ones, by position, then name.
type ViewList struct {
	Items []ViewResponse `json:"items"`
}

// ViewRequest is what one decides about a view. Except for the position, what is left out is empty.
type ViewRequest struct {
	Name     string             `json:"name" validate:"required" maxLength:"100"`
	Shared   bool               `json:"shared"`
	Filter   string             `json:"filter"`
	Q        string             `json:"q"`
	Sort     string             `json:"sort"`
	Mode     string             `json:"mode" enums:"table,cards"`
	Columns  []ViewColumnChoice `json:"columns"`
	Position *int               `json:"position" extensions:"x-nullable"` // left out: last when new, else as it is
}

// ViewColumnChoice is a column of a view to be kept; what is left out is 0 or false.
type ViewColumnChoice struct {
	ID     string `json:"id" validate:"required"`
	Width  int    `json:"width"`
	Hidden bool   `json:"hidden"`
}

// NewViewRequest is a view to be kept. With the id of a view that one has deleted oneself, it comes back under that id.
type NewViewRequest struct {
	ViewRequest
	ID string `json:"id" format:"uuid"`
}

func (r ViewRequest) spec() view.Spec {
	cols := make([]view.Column, len(r.Columns))
	for i, c := range r.Columns {
		cols[i] = view.Column(c)
	}
	return view.Spec{Name: r.Name, Shared: r.Shared, Filter: r.Filter, Search: r.Q, Sort: r.Sort, Mode: r.Mode, Columns: cols, Position: r.Position}
}

func viewResponse(ctx context.Context, v *view.View) ViewResponse {
	r := ViewResponse{
		ID: v.ID, Name: v.Name, Shared: v.Shared, OwnerID: v.OwnerID, Mine: view.Mine(ctx, v), Filter: v.Filter, Q: v.Search, Sort: v.Sort,
		Mode: v.Mode, Columns: make([]ViewColumn, len(v.Columns.V)), Position: v.Position, Version: v.Version,
	}
	for i, c := range v.Columns.V {
		r.Columns[i] = ViewColumn(c)
	}
	return r
}

// list answers the views.
//
//	@Summary	One's own saved views and the shared ones
//	@ID			views.list
//	@Tags		views
//	@Produce	json
//	@Success	200	{object}	ViewList
//	@Security	ApiKey
//	@Security	Session
//	@Router		/views [get]
func (a viewsAPI) list(c echo.Context) error {
	ctx := c.Request().Context()
	if _, err := query(c); err != nil {
		return err
	}
	views, err := a.views.List(ctx)
	if err != nil {
		return err
	}
	out := ViewList{Items: make([]ViewResponse, len(views))}
	for i := range views {
		out.Items[i] = viewResponse(ctx, &views[i])
	}
	return write(c, http.StatusOK, out)
}

// create keeps a view.
//
//	@Summary		Save a view
//	@Description	Everybody may keep views for themselves; shared needs a role that may change leads. With the id of a view that one has deleted oneself, that view comes back.
//	@ID				views.create
//	@Tags			views
//	@Accept			json
//	@Produce		json
//	@Param			body	body		NewViewRequest	true	"the view"
//	@Success		201		{object}	ViewResponse
//	@Failure		400		{object}	Problem
//	@Failure		403		{object}	Problem
//	@Failure		409		{object}	Problem
//	@Security		ApiKey
//	@Security		Session
//	@Router			/views [post]
func (a viewsAPI) create(c echo.Context) error {
	ctx := c.Request().Context()
	var req NewViewRequest
	if err := decode(c, &req); err != nil {
		return err
	}
	var v view.View
	var err error
	if req.ID == "" {
		v, err = a.views.Add(ctx, req.spec())
	} else {
		v, err = a.views.Restore(ctx, req.ID, req.spec())
	}
	if err != nil {
		return err
	}
	return writeVersion(c, http.StatusCreated, v.Version, viewResponse(ctx, &v))
}

// update changes a view.
//
//	@Summary		Change a view
//	@Description	One's own; administrators also change shared ones.
//	@ID				views.update
//	@Tags			views
//	@Accept			json
//	@Produce		json
//	@Param			id			path		string		true	"view"	format(uuid)
//	@Param			If-Match	header		string		false	"ETag of the version that was read"
//	@Param			body		body		ViewRequest	true	"the whole view"
//	@Success		200			{object}	ViewResponse
//	@Failure		400			{object}	Problem
//	@Failure		403			{object}	Problem
//	@Failure		404			{object}	Problem
//	@Failure		409			{object}	Problem
//	@Failure		412			{object}	Problem
//	@Security		ApiKey
//	@Security		Session
//	@Router			/views/{id} [put]
func (a viewsAPI) update(c echo.Context) error {
	ctx := c.Request().Context()
	id, want, err := versioned(c)
	if err != nil {
		return err
	}
	var req ViewRequest
	if err := decode(c, &req); err != nil {
		return err
	}
	v, err := a.views.Edit(ctx, id, want, req.spec())
	if err != nil {
		return err
	}
	return writeVersion(c, http.StatusOK, v.Version, viewResponse(ctx, &v))
}

// delete takes a view away.
//
//	@Summary		Delete a view
//	@Description	One's own; administrators also delete shared ones. No lead is touched.
//	@ID				views.delete
//	@Tags			views
//	@Param			id			path	string	true	"view"	format(uuid)
//	@Param			If-Match	header	string	false	"ETag of the version that was read"
//	@Success		204
//	@Failure		403	{object}	Problem
//	@Failure		404	{object}	Problem
//	@Failure		412	{object}	Problem
//	@Security		ApiKey
//	@Security		Session
//	@Router			/views/{id} [delete]
func (a viewsAPI) delete(c echo.Context) error {
	id, want, err := versioned(c)
	if err != nil {
		return err
	}
	if err := a.views.Remove(c.Request().Context(), id, want); err != nil {
		return err
	}
	return noContent(c)
}

// versioned reads the id in the path and the version in If-Match.
func versioned(c echo.Context) (string, *int, error) {
	id, err := pathID(c, "id")
	if err != nil {
		return "", nil, err
	}
	want, err := ifMatch(c)
	return id, want, err
}
