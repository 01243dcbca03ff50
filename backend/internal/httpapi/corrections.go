package httpapi

import (
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"winnow/backend/internal/clock"
	"winnow/backend/internal/qualify/corrections"
)

type correctionsAPI struct {
	export *corrections.Export
	clock  clock.Clock
}

// NewCorrections offers what people corrected, as labelled leads.
func NewCorrections(e *corrections.Export, c clock.Clock) Resource { return correctionsAPI{e, c} }

// Register puts the route in place.
func (a correctionsAPI) Register(r *Registry) {
	r.GET("/corrections", "corrections.export", a.write, Streams())
}

// write streams the corrections.
//
//	@Summary		What people corrected, as labelled leads
//	@Description	One JSON object a line: the lead, the profile, and the label that is left without the claims found wrong; the same as winnow export --corrections. The file can be given to winnow eval qualify. Of each lead its newest analysis, where somebody corrected it.
//	@ID				corrections.export
//	@Tags			analyses
//	@Produce		application/jsonl
//	@Param			format	query	string	false	"default jsonl"	Enums(jsonl)
//	@Success		200		{file}	file
//	@Failure		400		{object}	Problem
//	@Failure		403		{object}	Problem
//	@Security		ApiKey
//	@Security		Session
//	@Router			/corrections [get]
func (a correctionsAPI) write(c echo.Context) error {
	v, err := query(c, "format")
	if err != nil {
		return err
	}
	if f := v.Get("format"); f != "" && f != "jsonl" {
		return badParam("format", "value_wrong", "Use jsonl: one record a line.")
	}
	h := c.Response().Header()
	h.Set("Content-Type", "application/jsonl")
	h.Set("Content-Disposition", `attachment; filename="corrections-`+a.clock.Now().UTC().Format(time.DateOnly)+`.jsonl"`)
	h.Set("Cache-Control", "no-store")
	c.Response().WriteHeader(http.StatusOK)
	if _, err := a.export.Write(c.Request().Context(), c.Response()); err != nil {
		// The head is out: only a broken connection can tell the client that the file is short.
		panic(http.ErrAbortHandler)
	}
	return nil
}
