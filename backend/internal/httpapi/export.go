package httpapi

import (
	"net/http"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

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
//	@Param			ids		query	string	false	"only these leads, with commas between; long lists: a filter"
//	@Success		200		{file}	file
//	@Failure		400		{object}	Problem
//	@Security		ApiKey
//	@Security		Session
//	@Router			/leads/export [get]
func (a leadsAPI) export(c echo.Context) error {
	ctx := c.Request().Context()
	v, err := query(c, "format", "filter", "q", "sort", "columns", "ids")
	if err != nil {
		return err
	}
	format := lead.Format(v.Get("format"))
	if format == "" {
		format = lead.CSV
	}
	pains, err := a.pains(ctx)
	if err != nil {
		return err
	}
	e, err := a.leads.Export(ctx, format, lead.Query{Filter: v.Get("filter"), Search: v.Get("q"), Sort: v.Get("sort")}, pains,
		lead.Choice{IDs: listed(v.Get("ids")), Columns: listed(v.Get("columns"))})
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
