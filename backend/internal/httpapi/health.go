package httpapi

import (
	"crypto/subtle"
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"winnow/backend/internal/fault"
)

// HealthResponse says how the process is.
type HealthResponse struct {
	Status string `json:"status" example:"ok"`
}

func (s *Server) mountHealth() {
	for _, m := range []string{http.MethodGet, http.MethodHead} {
		s.echo.Add(m, "/healthz", s.live)
		s.echo.Add(m, "/readyz", s.ready)
	}
	s.echo.GET("/metrics", s.serveMetrics)
}

// live says that the process answers at all.
func (s *Server) live(c echo.Context) error { return write(c, http.StatusOK, HealthResponse{"ok"}) }

// ready says whether requests can be worked on: database there, schema up to date.
func (s *Server) ready(c echo.Context) error {
	if s.deps.Ready != nil {
		if err := s.deps.Ready(c.Request().Context()); err != nil {
			return fault.Wrap(err, fault.Unavailable, "not_ready", "The server is not ready: the database does not answer or its schema is not up to date.")
		}
	}
	return write(c, http.StatusOK, HealthResponse{"ok"})
}

// serveMetrics is open to this machine itself, and elsewhere to who has the token. A proxy on this machine passes
// requests of others on, so with a trace of one the token is needed.
func (s *Server) serveMetrics(c echo.Context) error {
	r := c.Request()
	token, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	byToken := ok && s.cfg.MetricsToken != "" && subtle.ConstantTimeCompare([]byte(token), []byte(s.cfg.MetricsToken)) == 1
	if !byToken && (!isLoopbackPeer(r.RemoteAddr) || proxied(r)) {
		return fault.New(fault.Unauthenticated, "metrics_token_missing", "Metrics are open to this machine only; elsewhere they need the token of WINNOW_METRICS_TOKEN.")
	}
	promhttp.HandlerFor(s.deps.Metrics, promhttp.HandlerOpts{}).ServeHTTP(c.Response(), r)
	return nil
}

func proxied(r *http.Request) bool {
	for _, h := range []string{"Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-Ip", "Via"} {
		if r.Header.Get(h) != "" {
			return true
		}
	}
	return false
}
