package httpapi

import (
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"winnow/backend/internal/account"
	"winnow/backend/internal/fault"
)

// csrfHeader must be on every changing request of a browser: a foreign page cannot set it without our consent.
const csrfHeader = "X-Winnow-CSRF"

// sameOrigin refuses changes that a browser sends on behalf of a foreign page (A5). API keys are not sent by browsers on
// their own, so calls with one pass.
func (s *Server) sameOrigin(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		r := c.Request()
		if r.Header.Get("Authorization") != "" || r.Method == http.MethodGet {
			return next(c)
		}
		if err := s.cross.Check(r); err != nil {
			return fault.Wrap(err, fault.Forbidden, "cross_origin", "This request comes from another site and was refused.")
		}
		if r.Header.Get(csrfHeader) != "1" {
			return fault.New(fault.Forbidden, "csrf_header_missing", "Changing requests need the header "+csrfHeader+": 1 (or an API key).")
		}
		return next(c)
	}
}

// identify finds out who calls. A wrong credential is refused even where none is needed, except the cookie, which may
// just be old: with it the caller is nobody.
func (s *Server) identify(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		r := c.Request()
		if h := r.Header.Get("Authorization"); h != "" {
			key, ok := strings.CutPrefix(h, "Bearer ")
			if !ok || !strings.HasPrefix(key, account.KeyPrefix) {
				return fault.New(fault.Unauthenticated, "credential_invalid", "Authorization must be: Bearer, then an API key that begins with "+account.KeyPrefix+".")
			}
			v, err := s.deps.Auth.APIKey(r.Context(), key)
			if err != nil {
				return err
			}
			return next(withViewer(c, v))
		}
		token := cookieValue(r, s.cookieName(accessCookie))
		if token == "" {
			return next(c)
		}
		v, err := s.deps.Auth.AccessToken(r.Context(), token)
		switch {
		case err == nil:
			return next(withViewer(c, v))
		case fault.Is(err, fault.Unauthenticated):
			return next(c)
		}
		return err
	}
}

func withViewer(c echo.Context, v account.Viewer) echo.Context {
	r := c.Request()
	c.SetRequest(r.WithContext(account.With(r.Context(), v)))
	return c
}

// permit asks the permission table.
func (s *Server) permit(route Route) echo.MiddlewareFunc {
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			v, ok := account.From(c.Request().Context())
			if err := account.Permit(v, ok, route.Op); err != nil {
				return err
			}
			return next(c)
		}
	}
}
