package httpapi

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"runtime/debug"
	"strings"
	"time"

	"github.com/labstack/echo/v4"
	"github.com/labstack/echo/v4/middleware"

	"winnow/backend/internal/account"
	"winnow/backend/internal/clock"
	"winnow/backend/internal/id"
	"winnow/backend/internal/platform/telemetry"
)

// versionHeader tells the server's build.
const versionHeader = "X-Winnow-Version"

// useMiddleware puts in place, outermost first, what every request passes.
func (s *Server) useMiddleware() {
	s.echo.Use(s.identifyRequest, s.secureHeaders, s.accessLog, s.renderErrors, s.recoverPanics, s.checkHost)
	if len(s.cfg.AllowedOrigins) > 0 { // Echo reads an empty list as "every origin"
		s.echo.Use(middleware.CORSWithConfig(middleware.CORSConfig{
			AllowOrigins:     s.cfg.AllowedOrigins,
			AllowMethods:     []string{http.MethodGet, http.MethodPost, http.MethodPut, http.MethodDelete},
			AllowHeaders:     []string{"Content-Type", csrfHeader, "If-Match", "Idempotency-Key", "Authorization"},
			ExposeHeaders:    []string{"ETag", "Location", "Retry-After", "X-Request-Id", "Content-Disposition", "Idempotent-Replayed", versionHeader},
			AllowCredentials: true,
			MaxAge:           600,
		}))
	}
	s.echo.Use(middleware.GzipWithConfig(middleware.GzipConfig{
		MinLength: 1024,
		Skipper: func(c echo.Context) bool {
			return c.Path() == Prefix+"/ws" || c.Path() == "/*" || c.Path() == "/metrics" // sockets; the web app has its own
		},
	}))
}

// identifyRequest gives each request an id of ours; an id from outside is never taken over.
func (s *Server) identifyRequest(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		reqID := id.New()
		c.Response().Header().Set(echo.HeaderXRequestID, reqID)
		if s.deps.Version != "" && strings.HasPrefix(c.Request().URL.Path, Prefix) {
			c.Response().Header().Set(versionHeader, s.deps.Version) // so that an open tab notices a new build
		}
		c.SetRequest(c.Request().WithContext(telemetry.WithRequestID(c.Request().Context(), reqID)))
		return next(c)
	}
}

func requestID(c echo.Context) string { return c.Response().Header().Get(echo.HeaderXRequestID) }

// renderErrors writes the problem while the outer middleware still sees the answer's status.
func (s *Server) renderErrors(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		if err := next(c); err != nil {
			s.handleError(err, c)
		}
		return nil
	}
}

// recoverPanics turns a panic into an error with its stack.
func (s *Server) recoverPanics(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) (err error) {
		defer func() {
			r := recover()
			if r == nil {
				return
			}
			if r == http.ErrAbortHandler { //nolint:errorlint // the sentinel itself is panicked
				panic(r)
			}
			err = fmt.Errorf("panic: %v\n%s", r, debug.Stack())
		}()
		return next(c)
	}
}

// accessLog writes one line per request and counts it. It never holds the query, which may hold names.
func (s *Server) accessLog(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		start := s.deps.Clock.Now()
		err := next(c)
		took := s.deps.Clock.Now().Sub(start)
		r, status := c.Request(), c.Response().Status
		route := c.Path()
		if route == "" {
			route = "unmatched"
		}
		s.metrics.observe(r.Method, route, status, took)
		if strings.HasPrefix(route, Prefix) {
			s.asked.Store(start.UnixNano())
		}
		attrs := []slog.Attr{
			slog.String("request_id", requestID(c)), slog.String("method", r.Method), slog.String("route", route),
			slog.Int("status", status), slog.Int64("bytes", c.Response().Size), slog.Int64("took_us", took.Microseconds()), slog.String("ip", c.RealIP()),
		}
		if v, ok := account.From(r.Context()); ok {
			attrs = append(attrs, slog.String("user_id", v.UserID), slog.String("kind", string(v.Kind)))
		}
		s.access.LogAttrs(r.Context(), slog.LevelInfo, "request", attrs...)
		return err
	}
}

// limit bounds a route's body and time.
func (s *Server) limit(route Route) echo.MiddlewareFunc {
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			if route.socket {
				return next(c)
			}
			r := c.Request()
			ctx, cancel := context.WithTimeout(r.Context(), route.timeout)
			defer cancel()
			r = r.WithContext(ctx)
			if r.ContentLength > route.maxBody {
				return &http.MaxBytesError{Limit: route.maxBody}
			}
			r.Body = http.MaxBytesReader(c.Response(), r.Body, route.maxBody)
			c.SetRequest(r)
			return next(c)
		}
	}
}

// patient lets the bytes of a long route come and go more slowly than the server's own bounds; it stands behind permit,
// so that nobody else gets that patience.
func patient(route Route) echo.MiddlewareFunc {
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			if route.timeout > readTimeout && !route.socket {
				deadline := clock.System{}.Now().Add(route.timeout) // the machine's time: these are sockets
				ctl := http.NewResponseController(c.Response())
				_ = ctl.SetReadDeadline(deadline)                        // not on test recorders
				_ = ctl.SetWriteDeadline(deadline.Add(10 * time.Second)) // time to say so
			}
			return next(c)
		}
	}
}
