package httpapi

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"winnow/backend/internal/fault"
	"winnow/backend/internal/id"
)

// Page sizes of lists.
const (
	defaultLimit = 50
	maxLimit     = 200
)

// ListQuery is what every list takes in its URL.
type ListQuery struct {
	Limit  int    // 1–200, default 50
	Cursor string // from the previous page's next_cursor
	Filter string // grammar of lead/filter
	Q      string // full text
	Sort   string // e.g. -score,created_at
	Own    url.Values
}

// PageInfo is the tail of every list answer; embed it beside items.
type PageInfo struct {
	NextCursor  *string `json:"next_cursor" extensions:"x-nullable"` // null on the last page
	Total       int     `json:"total"`                               // of all pages
	TotalCapped bool    `json:"total_capped"`                        // true when there are more than total
}

// listQuery reads the list parameters, and those named in own (one value each); any other, or a twin, is Invalid.
func listQuery(c echo.Context, own ...string) (ListQuery, error) {
	known := append([]string{"limit", "cursor", "filter", "q", "sort"}, own...)
	v, err := query(c, known...)
	if err != nil {
		return ListQuery{}, err
	}
	q := ListQuery{Limit: defaultLimit, Cursor: v.Get("cursor"), Filter: v.Get("filter"), Q: v.Get("q"), Sort: v.Get("sort"), Own: v}
	if s := v.Get("limit"); s != "" {
		n, err := strconv.Atoi(s)
		if err != nil || n < 1 || n > maxLimit {
			return ListQuery{}, badParam("limit", "out_of_range", "Must be a whole number from 1 to 200.")
		}
		q.Limit = n
	}
	return q, nil
}

// query reads the URL's parameters; a name not in known, or a name given twice, is Invalid.
func query(c echo.Context, known ...string) (url.Values, error) {
	v, err := url.ParseQuery(c.Request().URL.RawQuery)
	if err != nil {
		return nil, fault.New(fault.Invalid, "query_invalid", "The part after ? in the URL is not well formed.")
	}
	var bad []fault.Field
	for name, values := range v {
		switch {
		case !slices.Contains(known, name):
			bad = append(bad, fault.Field{Name: clip(name), Code: "unknown_parameter", Message: "There is no such parameter. Known: " + strings.Join(known, ", ") + "."})
		case len(values) > 1:
			bad = append(bad, fault.Field{Name: name, Code: "duplicate_parameter", Message: "Give this parameter once."})
		}
	}
	if len(bad) > 0 {
		slices.SortFunc(bad, func(a, b fault.Field) int { return strings.Compare(a.Name, b.Name) })
		return nil, fault.InvalidFields("query_invalid", "Some parameters are not right; see each one.", bad[:min(len(bad), maxFields)]...)
	}
	return v, nil
}

func badParam(name, code, msg string) error {
	return fault.InvalidFields("query_invalid", "The parameter "+name+" is not right.", fault.Field{Name: name, Code: code, Message: msg})
}

// pathID is a UUID in the path; a malformed one is NotFound, as no such thing can exist.
func pathID(c echo.Context, name string) (string, error) {
	s := c.Param(name)
	if !id.Valid(s) {
		return "", fault.New(fault.NotFound, "not_found", "There is no such thing, or it is not yours to see.")
	}
	return s, nil
}

// ifMatch is the version in If-Match, nil without one (or with *). Faults: Invalid if it is no version of ours.
func ifMatch(c echo.Context) (*int, error) {
	s := strings.TrimSpace(c.Request().Header.Get("If-Match"))
	if s == "" || s == "*" {
		return nil, nil //nolint:nilnil // no condition is no fault
	}
	n, err := strconv.Atoi(strings.Trim(strings.TrimPrefix(s, "W/"), `"`))
	if err != nil || n < 0 {
		return nil, fault.InvalidFields("header_invalid", "If-Match must be the ETag of an earlier answer.",
			fault.Field{Name: "If-Match", Code: "wrong_type", Message: `Must look like "3".`})
	}
	return &n, nil
}

// write answers with JSON.
func write(c echo.Context, status int, body any) error { return c.JSON(status, body) }

// writeVersion answers with JSON and the ETag of a version.
func writeVersion(c echo.Context, status, version int, body any) error {
	c.Response().Header().Set("ETag", `"`+strconv.Itoa(version)+`"`)
	return c.JSON(status, body)
}

// noContent answers 204.
func noContent(c echo.Context) error { return c.NoContent(http.StatusNoContent) }

func join(a, b string) string {
	if a == "" {
		return b
	}
	return a + "." + b
}

func itoa(n int) string { return strconv.Itoa(n) }

// clip shortens what a client sent before it is sent back.
func clip(s string) string {
	const most = 100
	r := []rune(strings.ToValidUTF8(s, "�"))
	if len(r) > most {
		return string(r[:most]) + "…"
	}
	return string(r)
}
