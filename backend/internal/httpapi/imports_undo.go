package httpapi

import (
	"net/http"
	"net/url"
	"strconv"

	"github.com/labstack/echo/v4"
)

// ImportUndoRequest says how far an import is taken back.
type ImportUndoRequest struct {
	All bool `json:"all"` // also leads that somebody worked with since, or that another import brought too
}

// ImportUndoRow is what undoing an import does with a row.
type ImportUndoRow struct {
	Row    int      `json:"row"`
	Fate   string   `json:"fate" enums:"created,updated"`
	LeadID string   `json:"lead_id"`
	Name   string   `json:"name"` // of the lead or its company
	Does   string   `json:"does" enums:"removed,put_back,partly,kept"`
	Why    string   `json:"why" enums:",changed_since,met_again,deleted,merged,gone,not_yours"`
	Fields []string `json:"fields"` // that get their old values
	Stays  []string `json:"stays"`  // fields that were changed since and stay
}

// ImportUndoPlan is what undoing an import would do.
type ImportUndoPlan struct {
	Removed    int             `json:"removed"`  // leads that would go to the bin
	PutBack    int             `json:"put_back"` // rows whose fields would go back
	Kept       int             `json:"kept"`     // rows of which something would stay
	Complete   bool            `json:"complete"` // false: the counts are of the last 50,000 rows
	Items      []ImportUndoRow `json:"items"`    // the last rows first
	NextCursor *string         `json:"next_cursor" extensions:"x-nullable"`
}

// @Summary	What undoing an import would do, row by row
// @Description	The counts are of the whole import and told with the first page.
// @ID		imports.undo_plan
// @Tags	imports
// @Produce	json
// @Param	id		path		string	true	"import"
// @Param	all		query		bool	false	"as in imports.undo"
// @Param	limit	query		int		false	"1–200, default 50"
// @Param	cursor	query		string	false	"next_cursor of the page before"
// @Success	200		{object}	ImportUndoPlan
// @Failure	400,404,409	{object}	Problem
// @Security	ApiKey
// @Security	Session
// @Router	/imports/{id}/undo [get]
func (a importsAPI) undoPlan(c echo.Context) error {
	importID, err := pathID(c, "id")
	if err != nil {
		return err
	}
	q, err := listQuery(c, "all")
	if err != nil {
		return err
	}
	before, err := rowCursor(q.Cursor)
	if err != nil {
		return err
	}
	all := q.Own.Get("all")
	if all != "" && all != "true" && all != "false" {
		return badParam("all", "invalid", "Must be true or false.")
	}
	p, err := a.intake.PlanUndo(c.Request().Context(), importID, all == "true", before, q.Limit)
	if err != nil {
		return err
	}
	out := ImportUndoPlan{Removed: p.Removed, PutBack: p.PutBack, Kept: p.Kept, Complete: p.Complete, Items: make([]ImportUndoRow, len(p.Rows))}
	for i, r := range p.Rows {
		out.Items[i] = ImportUndoRow{
			Row: r.Row, Fate: string(r.Fate), LeadID: r.LeadID, Name: r.Name, Does: string(r.Does), Why: string(r.Why),
			Fields: append([]string{}, r.Fields...), Stays: append([]string{}, r.Stays...),
		}
	}
	if p.Next > 0 {
		out.NextCursor = new(strconv.Itoa(p.Next))
	}
	return write(c, http.StatusOK, out)
}

// @Summary	Undo an import
// @Description	Leads that it made go to the bin, fields that it changed get their old values back, unless they were changed since.
// @ID		imports.undo
// @Tags	imports
// @Accept	json
// @Produce	json
// @Param	id		path		string				true	"import"
// @Param	body	body		ImportUndoRequest	true	"how far"
// @Success	202		{object}	ImportResponse
// @Failure	400,403,404,409	{object}	Problem
// @Security	ApiKey
// @Security	Session
// @Router	/imports/{id}/undo [post]
func (a importsAPI) undo(c echo.Context) error {
	importID, err := pathID(c, "id")
	if err != nil {
		return err
	}
	var req ImportUndoRequest
	if err := decode(c, &req); err != nil {
		return err
	}
	imp, err := a.intake.Undo(c.Request().Context(), importID, req.All)
	if err != nil {
		return err
	}
	return write(c, http.StatusAccepted, importResponse(imp))
}

// @Summary	Pause an import that waits or runs
// @ID		imports.pause
// @Tags	imports
// @Produce	json
// @Param	id	path		string	true	"import"
// @Success	200	{object}	ImportResponse
// @Failure	403,404,409	{object}	Problem
// @Security	ApiKey
// @Security	Session
// @Router	/imports/{id}/pause [post]
func (a importsAPI) pause(c echo.Context) error {
	importID, err := pathID(c, "id")
	if err != nil {
		return err
	}
	imp, err := a.intake.Pause(c.Request().Context(), importID)
	if err != nil {
		return err
	}
	return write(c, http.StatusOK, importResponse(imp))
}

// @Summary	Let a paused import go on at the next row
// @ID		imports.resume
// @Tags	imports
// @Produce	json
// @Param	id	path		string	true	"import"
// @Success	202	{object}	ImportResponse
// @Failure	403,404,409	{object}	Problem
// @Security	ApiKey
// @Security	Session
// @Router	/imports/{id}/resume [post]
func (a importsAPI) resume(c echo.Context) error {
	importID, err := pathID(c, "id")
	if err != nil {
		return err
	}
	imp, err := a.intake.Resume(c.Request().Context(), importID)
	if err != nil {
		return err
	}
	return write(c, http.StatusAccepted, importResponse(imp))
}

// @Summary	The file of an import, as it was sent
// @Description	Files are kept for 30 days; import.file_kept says whether this one still is.
// @ID		imports.file
// @Tags	imports
// @Produce	application/octet-stream
// @Param	id	path		string	true	"import"
// @Success	200	{file}		file
// @Failure	404	{object}	Problem
// @Security	ApiKey
// @Security	Session
// @Router	/imports/{id}/file [get]
func (a importsAPI) file(c echo.Context) error {
	importID, err := pathID(c, "id")
	if err != nil {
		return err
	}
	imp, f, err := a.intake.File(c.Request().Context(), importID)
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }()
	c.Response().Header().Set("Content-Disposition", "attachment; filename*=UTF-8''"+url.PathEscape(imp.Filename))
	return c.Stream(http.StatusOK, echo.MIMEOctetStream, f)
}
