package httpapi

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"mime"
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"winnow/backend/internal/account"
	"winnow/backend/internal/fault"
)

// Idempotency remembers what was answered to a POST with an Idempotency-Key, so that a repeat does nothing twice.
type Idempotency interface {
	// Begin takes the key for the viewer, or gives back the saved answer of an earlier request with it (non-nil).
	// Faults: Conflict when that one still runs, had another body or route, or held a secret.
	Begin(ctx context.Context, key, route, requestHash string) (*account.SavedAnswer, error)
	// Finish saves the answer; a nil body is not kept (the answer held a secret).
	Finish(ctx context.Context, key string, a account.SavedAnswer) error
	// Abandon frees the key after a request that came to nothing.
	Abandon(ctx context.Context, key string) error
}

const maxIdempotencyKey = 128

// idempotent replays the answer to a POST that was sent before under the same key by the same user.
func (s *Server) idempotent(route Route) echo.MiddlewareFunc {
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			key := c.Request().Header.Get("Idempotency-Key")
			_, signedIn := account.From(c.Request().Context())
			if route.Method != http.MethodPost || key == "" || s.deps.Idempotency == nil || !signedIn {
				return next(c)
			}
			if !goodKey(key) {
				return fault.InvalidFields("header_invalid", "The Idempotency-Key is not right.",
					fault.Field{Name: "Idempotency-Key", Code: "wrong_form", Message: "Use 1 to 128 letters, digits, '-', '_' or '.', best a random UUID."})
			}
			return s.once(c, next, route, key)
		}
	}
}

func (s *Server) once(c echo.Context, next echo.HandlerFunc, route Route, key string) error {
	hash, err := hashBody(c)
	if err != nil {
		return err
	}
	ctx := c.Request().Context()
	saved, err := s.deps.Idempotency.Begin(ctx, key, route.Method+" "+c.Request().URL.RequestURI(), hash)
	if err != nil {
		return err
	}
	if saved != nil {
		c.Response().Header().Set("Idempotent-Replayed", "true")
		kind := "application/json"
		if saved.Status >= http.StatusBadRequest {
			kind = "application/problem+json"
		}
		return c.Blob(saved.Status, kind, saved.Body)
	}
	return s.recordAnswer(c, next, route, key)
}

// recordAnswer runs the handler and keeps its answer. Answers of 5xx are not kept: such a request changed nothing and
// may be tried again.
func (s *Server) recordAnswer(c echo.Context, next echo.HandlerFunc, route Route, key string) error {
	ctx := context.WithoutCancel(c.Request().Context()) // the answer is kept even when the client has gone
	rec := &recorder{ResponseWriter: c.Response().Writer}
	c.Response().Writer = rec
	finished := false
	defer func() {
		c.Response().Writer = rec.ResponseWriter
		if !finished {
			_ = s.deps.Idempotency.Abandon(ctx, key) // a panic is on its way up, and is the fault to report
		}
	}()
	if err := next(c); err != nil {
		s.handleError(err, c)
	}
	finished = true
	status := c.Response().Status
	if status >= http.StatusInternalServerError || status == http.StatusTooManyRequests {
		return s.deps.Idempotency.Abandon(ctx, key)
	}
	answer := account.SavedAnswer{Status: status, Body: rec.body.Bytes()}
	if route.secret {
		answer.Body = nil
	}
	return s.deps.Idempotency.Finish(ctx, key, answer)
}

// hashBody is a fingerprint of the body, which is read and put back. Multipart bodies differ in their boundary each
// time they are sent, and may be large: for them the address alone counts.
func hashBody(c echo.Context) (string, error) {
	r := c.Request()
	if t, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err == nil && strings.HasPrefix(t, "multipart/") {
		return "multipart", nil
	}
	raw, err := io.ReadAll(r.Body)
	if err != nil {
		return "", bodyFault(err)
	}
	r.Body = io.NopCloser(bytes.NewReader(raw))
	sum := sha256.Sum256(raw)
	return hex.EncodeToString(sum[:]), nil
}

func goodKey(key string) bool {
	if len(key) > maxIdempotencyKey {
		return false
	}
	for _, b := range []byte(key) {
		ok := b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= '0' && b <= '9' || b == '-' || b == '_' || b == '.'
		if !ok {
			return false
		}
	}
	return true
}

// recorder copies what is written.
type recorder struct {
	http.ResponseWriter
	body bytes.Buffer
}

func (r *recorder) Write(b []byte) (int, error) {
	r.body.Write(b)
	return r.ResponseWriter.Write(b)
}

// Unwrap lets http.ResponseController reach the connection.
func (r *recorder) Unwrap() http.ResponseWriter { return r.ResponseWriter }
