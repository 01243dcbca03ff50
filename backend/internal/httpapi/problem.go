package httpapi

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"math"
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"winnow/backend/internal/fault"
	"winnow/backend/internal/platform/db"
)

// Problem is the body of every answer that is an error (RFC 9457).
type Problem struct {
	Type        string         `json:"type" example:"about:blank"`
	Title       string         `json:"title" example:"Not found"`
	Status      int            `json:"status" example:"404"`
	Code        string         `json:"code" example:"lead_not_found"` // stable, for programs
	Detail      string         `json:"detail"`                        // for people
	RequestID   string         `json:"request_id"`
	Fields      []FieldProblem `json:"fields,omitempty"`
	RetryAfterS int            `json:"retry_after_s,omitempty"` // seconds
	LeadCount   int64          `json:"lead_count,omitempty"`    // user_owns_leads: how many
	MergedInto  string         `json:"merged_into,omitempty"`   // lead_merged: the lead that stands for this one now
	Current     *LeadResponse  `json:"current,omitempty"`       // lead_stale, lead_duplicate: the lead as it is now
}

// FieldProblem is one bad field of the input.
type FieldProblem struct {
	Name    string `json:"name"`
	Code    string `json:"code"`
	Message string `json:"message"`
}

// statusOf is the only table from fault to HTTP.
func statusOf(k fault.Kind) int {
	switch k {
	case fault.Invalid:
		return http.StatusBadRequest
	case fault.Unauthenticated:
		return http.StatusUnauthorized
	case fault.Forbidden:
		return http.StatusForbidden
	case fault.NotFound:
		return http.StatusNotFound
	case fault.Conflict:
		return http.StatusConflict
	case fault.Stale:
		return http.StatusPreconditionFailed
	case fault.TooLarge:
		return http.StatusRequestEntityTooLarge
	case fault.RateLimited:
		return http.StatusTooManyRequests
	case fault.BudgetExceeded:
		return http.StatusPaymentRequired
	case fault.Unavailable:
		return http.StatusServiceUnavailable
	case fault.Internal:
	}
	return http.StatusInternalServerError
}

// statusError is an answer that faults have no kind for: what HTTP itself refuses.
type statusError struct {
	status    int
	code, msg string
}

func (e *statusError) Error() string { return e.msg }

const internalDetail = "Something went wrong on our side. Nothing was changed. Try again; if it stays, give the request id to your admin."

// toProblem describes err; unknown errors show nothing of themselves.
func toProblem(err error) Problem {
	p := Problem{Type: "about:blank", Status: http.StatusInternalServerError, Code: "internal", Detail: internalDetail}
	var maxBytes *http.MaxBytesError
	var status *statusError
	var httpErr *echo.HTTPError
	f, isFault := errors.AsType[*fault.Error](err)
	switch {
	case errors.As(err, &maxBytes):
		p.Status, p.Code = http.StatusRequestEntityTooLarge, "body_too_large"
		p.Detail = "The request is larger than the " + sizeOf(maxBytes.Limit) + " allowed here."
	case isFault && f.Kind != fault.Internal:
		p.Status, p.Code, p.Detail = statusOf(f.Kind), f.Code, f.Msg
		for _, fld := range f.Fields {
			p.Fields = append(p.Fields, FieldProblem(fld))
		}
		p.LeadCount, _ = f.More["lead_count"].(int64)
		p.MergedInto, _ = f.More["merged_into"].(string)
		p.Current, _ = f.More["current"].(*LeadResponse)
		p.RetryAfterS = int(math.Ceil(f.RetryAfter.Seconds()))
	case errors.As(err, &status):
		p.Status, p.Code, p.Detail = status.status, status.code, status.msg
	case errors.As(err, &httpErr) && httpErr.Code < http.StatusInternalServerError:
		p.Status, p.Code, p.Detail = httpErr.Code, echoCode(httpErr.Code), http.StatusText(httpErr.Code)
	case db.IsFull(err):
		p.Status, p.Code, p.RetryAfterS = http.StatusServiceUnavailable, "disk_full", 60
		p.Detail = "The server's disk is full. Nothing was lost, but nothing can be saved until there is room. Tell your admin."
	case db.IsBusy(err):
		p.Status, p.Code, p.RetryAfterS = http.StatusServiceUnavailable, "database_busy", 1
		p.Detail = "The database does not answer just now. Nothing was changed. Try again in a moment."
	case errors.Is(err, context.DeadlineExceeded):
		p.Status, p.Code, p.RetryAfterS = http.StatusServiceUnavailable, "timed_out", 1
		p.Detail = "This took too long and was stopped. Try again, or ask for less at once."
	}
	if p.Status == http.StatusServiceUnavailable && p.RetryAfterS == 0 {
		p.RetryAfterS = 1
	}
	p.Title = http.StatusText(p.Status)
	return p
}

func sizeOf(bytes int64) string {
	if bytes >= 1<<20 {
		return strconv.FormatInt(bytes>>20, 10) + " MB"
	}
	return strconv.FormatInt(bytes, 10) + " bytes"
}

func echoCode(status int) string {
	switch status {
	case http.StatusNotFound:
		return "route_not_found"
	case http.StatusMethodNotAllowed:
		return "method_not_allowed"
	}
	return "http_" + strconv.Itoa(status)
}

// handleError is Echo's error handler: it logs what is ours to mend and writes the problem.
func (s *Server) handleError(err error, c echo.Context) {
	ctx := c.Request().Context()
	p := toProblem(err)
	p.RequestID = requestID(c)
	if p.Status >= http.StatusInternalServerError && !errors.Is(err, context.Canceled) {
		s.log.LogAttrs(ctx, slog.LevelError, "request failed", slog.String("request_id", p.RequestID),
			slog.String("method", c.Request().Method), slog.String("route", c.Path()), slog.String("error", err.Error()))
	}
	if c.Response().Committed {
		return
	}
	writeProblem(c, p)
}

func writeProblem(c echo.Context, p Problem) {
	h := c.Response().Header()
	h.Del("ETag")
	h.Del("Content-Disposition")
	h.Set("Content-Type", "application/problem+json")
	h.Set("Cache-Control", "no-store")
	if p.RetryAfterS > 0 {
		h.Set("Retry-After", strconv.Itoa(p.RetryAfterS))
	}
	if p.Status == http.StatusUnauthorized {
		h.Set("WWW-Authenticate", `Bearer realm="winnow"`)
	}
	c.Response().WriteHeader(p.Status)
	if c.Request().Method == http.MethodHead {
		return
	}
	_ = json.NewEncoder(c.Response()).Encode(p) // the client has gone; nobody is left to tell
}
