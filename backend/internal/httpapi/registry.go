package httpapi

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"winnow/backend/internal/account"
)

// Prefix is where the REST API lives.
const Prefix = "/api/v1"

// Bounds of a route that asks for nothing else.
const (
	defaultMaxBody = 1 << 20
	defaultTimeout = 60 * time.Second
	longTimeout    = 30 * time.Minute
)

// Resource is a group of routes: one file of this package.
type Resource interface {
	// Register puts the resource's routes into r.
	Register(r *Registry)
}

// Route is one registered operation.
type Route struct {
	Method string
	Path   string // Echo form under Prefix, e.g. /leads/:id
	Op     string // key of account.Permissions

	maxBody   int64
	timeout   time.Duration
	multipart bool
	secret    bool
	socket    bool
	handle    echo.HandlerFunc
}

// Multipart reports whether the route takes multipart/form-data instead of JSON.
func (r Route) Multipart() bool { return r.multipart }

// RouteOption changes a bound of one route.
type RouteOption func(*Route)

// MaxBody sets the largest request body in bytes (default 1 MiB).
func MaxBody(bytes int64) RouteOption { return func(r *Route) { r.maxBody = bytes } }

// Timeout sets how long the handler may take (default 60 s).
func Timeout(d time.Duration) RouteOption { return func(r *Route) { r.timeout = d } }

// Multipart makes the route take multipart/form-data up to maxBody bytes, slowly if need be.
func Multipart(maxBody int64) RouteOption {
	return func(r *Route) { r.multipart, r.maxBody, r.timeout = true, maxBody, longTimeout }
}

// Streams lets the answer take up to half an hour.
func Streams() RouteOption { return func(r *Route) { r.timeout = longTimeout } }

// Secret keeps the answer from being stored for Idempotency-Key replays, because it holds a secret.
func Secret() RouteOption { return func(r *Route) { r.secret = true } }

// socket marks the WebSocket endpoint.
func socket() RouteOption { return func(r *Route) { r.socket = true } }

// Registry collects the routes of all resources.
type Registry struct{ routes []Route }

// GET registers a reading operation; it must change nothing.
func (r *Registry) GET(path, op string, h echo.HandlerFunc, opts ...RouteOption) {
	r.add(http.MethodGet, path, op, h, opts)
}

// POST registers an operation that makes or starts something.
func (r *Registry) POST(path, op string, h echo.HandlerFunc, opts ...RouteOption) {
	r.add(http.MethodPost, path, op, h, opts)
}

// PUT registers an operation that changes something.
func (r *Registry) PUT(path, op string, h echo.HandlerFunc, opts ...RouteOption) {
	r.add(http.MethodPut, path, op, h, opts)
}

// DELETE registers an operation that takes something away.
func (r *Registry) DELETE(path, op string, h echo.HandlerFunc, opts ...RouteOption) {
	r.add(http.MethodDelete, path, op, h, opts)
}

func (r *Registry) add(method, path, op string, h echo.HandlerFunc, opts []RouteOption) {
	route := Route{Method: method, Path: path, Op: op, maxBody: defaultMaxBody, timeout: defaultTimeout, handle: h}
	for _, o := range opts {
		o(&route)
	}
	r.routes = append(r.routes, route)
}

// check reports what is wrong with the routes: an operation without permission, or a twin.
func (r *Registry) check() error {
	table := account.Permissions()
	var bad []string
	ops, paths := map[string]bool{}, map[string]bool{}
	for _, route := range r.routes {
		if _, ok := table[route.Op]; !ok {
			bad = append(bad, fmt.Sprintf("%s %s: operation %q has no entry in account.Permissions", route.Method, route.Path, route.Op))
		}
		key := route.Method + " " + route.Path
		if ops[route.Op] || paths[key] {
			bad = append(bad, fmt.Sprintf("%s (%s) is registered twice", key, route.Op))
		}
		ops[route.Op], paths[key] = true, true
	}
	if len(bad) > 0 {
		slices.Sort(bad)
		return fmt.Errorf("the API cannot start: %s", strings.Join(bad, "; "))
	}
	return nil
}
