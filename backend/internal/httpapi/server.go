package httpapi

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"sync/atomic"
	"time"

	"github.com/labstack/echo/v4"
	"github.com/prometheus/client_golang/prometheus"

	"winnow/backend/internal/account"
	"winnow/backend/internal/clock"
)

// Config is what the operator decides about the HTTP side.
type Config struct {
	BaseURL        string         // scheme://host[:port] under which people reach the product; links are made of it alone
	TrustedProxies []netip.Prefix // peers whose X-Forwarded-For is believed; default none
	AllowedOrigins []string       // other origins (scheme://host[:port]) that may call with credentials
	MetricsToken   string         // bearer token for /metrics from elsewhere; "" = loopback only
}

// Secure reports whether people come over HTTPS.
func (c Config) Secure() bool {
	u, err := url.Parse(c.BaseURL)
	return err == nil && u.Scheme == "https"
}

// Deps is what the server itself needs, beside what the resources hold.
type Deps struct {
	Auth        Authenticator
	Idempotency Idempotency                     // nil: Idempotency-Key is ignored
	Ready       func(ctx context.Context) error // nil: always ready. Its error is the reason
	Clock       clock.Clock
	Log         *slog.Logger
	Access      *slog.Logger         // one line per request; nil = Log
	Metrics     *prometheus.Registry // nil: own registry
	UI          fs.FS                // the built web app; without index.html a page says how to build it
	Version     string               // of the build; told with every answer of the API
	OpenAPI     []byte               // the contract, served at /api/openapi.json
}

// Authenticator tells who a credential belongs to. Faults: Unauthenticated for any that is not good (any more).
type Authenticator interface {
	AccessToken(ctx context.Context, token string) (account.Viewer, error)
	APIKey(ctx context.Context, key string) (account.Viewer, error)
}

// Server is the HTTP side. Make one with New.
type Server struct {
	cfg     Config
	deps    Deps
	log     *slog.Logger
	access  *slog.Logger
	echo    *echo.Echo
	routes  []Route
	hosts   hostRule
	cross   *http.CrossOriginProtection
	metrics *requestMetrics
	asked   atomic.Int64 // when the API was last asked, Unix nanoseconds; 0 = never
}

// New builds the server with the routes of resources. It refuses a route whose operation is not in account.Permissions,
// and settings that cannot be served.
func New(cfg Config, deps Deps, resources ...Resource) (*Server, error) {
	s := &Server{cfg: cfg, deps: deps, log: deps.Log, access: deps.Access, echo: echo.New(), cross: http.NewCrossOriginProtection()}
	if s.access == nil {
		s.access = s.log
	}
	if s.deps.Metrics == nil {
		s.deps.Metrics = prometheus.NewRegistry()
	}
	var reg Registry
	for _, r := range resources {
		r.Register(&reg)
	}
	if err := reg.check(); err != nil {
		return nil, err
	}
	s.routes = reg.routes
	var err error
	if s.hosts, err = newHostRule(cfg.BaseURL); err != nil {
		return nil, err
	}
	for _, o := range cfg.AllowedOrigins {
		if err := s.cross.AddTrustedOrigin(o); err != nil {
			return nil, fmt.Errorf("WINNOW_ALLOWED_ORIGINS: %w", err)
		}
	}
	if s.metrics, err = newRequestMetrics(s.deps.Metrics); err != nil {
		return nil, err
	}
	s.echo.HideBanner, s.echo.HidePort = true, true
	s.echo.HTTPErrorHandler = s.handleError
	s.echo.IPExtractor = ipExtractor(cfg.TrustedProxies)
	s.useMiddleware()
	s.mount()
	return s, nil
}

// Handler serves everything.
func (s *Server) Handler() http.Handler { return s.echo }

// LastAsked is when the last request of the API came; zero before the first.
func (s *Server) LastAsked() time.Time {
	n := s.asked.Load()
	if n == 0 {
		return time.Time{}
	}
	return time.Unix(0, n)
}

// Routes lists the registered operations.
func (s *Server) Routes() []Route { return append([]Route(nil), s.routes...) }

func (s *Server) mount() {
	api := s.echo.Group(Prefix)
	for _, r := range s.routes {
		chain := []echo.MiddlewareFunc{s.limit(r), s.sameOrigin, s.identify, s.permit(r), patient(r), s.idempotent(r)}
		api.Add(r.Method, r.Path, r.handle, chain...)
	}
	s.mountHealth()
	s.mountDocs()
	s.echo.Any("/api", routeNotFound)
	s.echo.Any("/api/*", routeNotFound)
	s.mountUI()
}

func routeNotFound(echo.Context) error {
	return &statusError{http.StatusNotFound, "route_not_found", "There is nothing at this address. See /docs for what there is."}
}

// Bounds of one connection (A47).
const (
	readHeaderTimeout = 10 * time.Second
	readTimeout       = 30 * time.Second // of routes that ask for no more (patient)
	writeTimeout      = 75 * time.Second // above the default of handlers
	idleTimeout       = 2 * time.Minute
	maxHeaderBytes    = 64 << 10
	drainTimeout      = 25 * time.Second
)

// Serve answers on ln until ctx ends, then lets running requests finish for up to 25 seconds.
func (s *Server) Serve(ctx context.Context, ln net.Listener) error {
	srv := s.httpServer(ctx)
	done := make(chan error, 1)
	go func() { done <- srv.Serve(ln) }()
	select {
	case err := <-done:
		return fmt.Errorf("serve: %w", err)
	case <-ctx.Done():
	}
	drain, cancel := context.WithTimeout(context.WithoutCancel(ctx), drainTimeout)
	defer cancel()
	err := srv.Shutdown(drain)
	if errors.Is(err, context.DeadlineExceeded) {
		err = srv.Close() // what still runs is undone by its transaction
	}
	if serveErr := <-done; !errors.Is(serveErr, http.ErrServerClosed) {
		err = errors.Join(err, serveErr)
	}
	if err != nil {
		return fmt.Errorf("stop serving: %w", err)
	}
	return nil
}

func (s *Server) httpServer(ctx context.Context) *http.Server {
	return &http.Server{
		Handler: s.echo, ReadHeaderTimeout: readHeaderTimeout, ReadTimeout: readTimeout, WriteTimeout: writeTimeout, IdleTimeout: idleTimeout, MaxHeaderBytes: maxHeaderBytes,
		ErrorLog:    slog.NewLogLogger(s.log.Handler(), slog.LevelDebug),
		BaseContext: func(net.Listener) context.Context { return context.WithoutCancel(ctx) },
	}
}
