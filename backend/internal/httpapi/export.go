package httpapi

import (
	"net/http"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"winnow/backend/internal/fault"
	"winnow/backend/internal/lead"
)

// export streams the filtered view as a file.
//
//	@Summary		The filtered view as a file
//	@Description	Columns that begin with winnow_ hold what only Winnow knows (grade, score, pain, quote, ids, times); an import leaves them out. Text that a spreadsheet would run as a formula begins with an apostrophe, which an import takes off.
//	@ID				leads.export
//	@Tags			leads
//	@Produce		text/csv
//	@Produce		json
//	@Produce		application/jsonl
//	@Produce		application/vnd.openxmlformats-officedocument.spreadsheetml.sheet
//	@Param			format	query	string	false	"default csv"	Enums(csv, xlsx, json, jsonl)
//	@Param			filter	query	string	false	"as for the list"
//	@Param			q		query	string	false	"as for the list"
//	@Param			sort	query	string	false	"as for the list"
//	@Param			columns	query	string	false	"names of columns with commas between, in their order, e.g. name,email,grade,custom.budget; default all"
//	@Param			ids		query	string	false	"only these leads, with commas between; long lists: POST"
//	@Success		200		{file}	file
//	@Failure		400		{object}	Problem
//	@Security		ApiKey
//	@Security		Session
//	@Router			/leads/export [get]
func (a leadsAPI) export(c echo.Context) error {
	v, err := query(c, "format", "filter", "q", "sort", "columns", "ids")
	if err != nil {
		return err
	}
	return a.sendExport(c, lead.Format(v.Get("format")), lead.Query{Filter: v.Get("filter"), Search: v.Get("q"), Sort: v.Get("sort")},
		lead.Choice{IDs: listed(v.Get("ids")), Columns: listed(v.Get("columns"))})
}

// LeadExportRequest is what goes into a file. What is left out is everything.
type LeadExportRequest struct {
	Format  string   `json:"format" enums:"csv,xlsx,json,jsonl"` // default csv
	Filter  string   `json:"filter"`                             // as for the list
	Q       string   `json:"q"`                                  // as for the list
	Sort    string   `json:"sort"`                               // as for the list
	Columns []string `json:"columns"`                            // names, in their order
	IDs     []string `json:"ids"`                                // only these leads, at most 10,000
}

// Validate refuses a list that names nobody: it would be taken for everybody.
func (r LeadExportRequest) Validate() []fault.Field {
	if r.IDs != nil && len(r.IDs) == 0 {
		return []fault.Field{{Name: "ids", Code: "required", Message: "No lead is selected."}}
	}
	return nil
}

// exportChosen streams leads as a file; what is asked for stands in the body, which has room for many ids.
//
//	@Summary		Chosen leads as a file
//	@Description	The same as GET, for selections that are too long for an address. Changes nothing.
//	@ID				leads.export_chosen
//	@Tags			leads
//	@Accept			json
//	@Produce		text/csv
//	@Produce		json
//	@Produce		application/jsonl
//	@Produce		application/vnd.openxmlformats-officedocument.spreadsheetml.sheet
//	@Param			body	body	LeadExportRequest	true	"which leads, which columns"
//	@Success		200		{file}	file
//	@Failure		400		{object}	Problem
//	@Security		ApiKey
//	@Security		Session
//	@Router			/leads/export [post]
func (a leadsAPI) exportChosen(c echo.Context) error {
	var req LeadExportRequest
	if err := decode(c, &req); err != nil {
		return err
	}
	return a.sendExport(c, lead.Format(req.Format), lead.Query{Filter: req.Filter, Search: req.Q, Sort: req.Sort}, lead.Choice{IDs: req.IDs, Columns: req.Columns})
}

// sendExport checks what is asked for and streams it.
func (a leadsAPI) sendExport(c echo.Context, format lead.Format, q lead.Query, only lead.Choice) error {
	ctx := c.Request().Context()
	if format == "" {
		format = lead.CSV
	}
	pains, err := a.pains(ctx)
	if err != nil {
		return err
	}
	e, err := a.leads.Export(ctx, format, q, pains, only)
	if err != nil {
		return err
	}
	h := c.Response().Header()
	h.Set("Content-Type", format.MediaType())
	h.Set("Content-Disposition", `attachment; filename="leads-`+a.leads.Now().Format(time.DateOnly)+`.`+string(format)+`"`)
	h.Set("Cache-Control", "no-store")
	c.Response().WriteHeader(http.StatusOK)
	if _, err := e.Write(ctx, c.Response()); err != nil {
		// The head is out: only a broken connection can tell the client that the file is short.
		panic(http.ErrAbortHandler)
	}
	return nil
}

// listed takes a list with commas between apart; "" is none.
func listed(s string) []string {
	if s == "" {
		return nil
	}
	return strings.Split(s, ",")
}
