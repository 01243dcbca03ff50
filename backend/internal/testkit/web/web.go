// Package web is a little world wide web for tests: hosts with names of their own, all on the loopback address, with
// robots.txt, pages, and the traps that real hosts set. A client of webclient made by Door finds them by their names.
package web

import (
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"winnow/backend/internal/platform/webclient"
	"winnow/backend/internal/testkit"
)

// Web is the servers of a test. Make one with New; safe for concurrent use.
type Web struct {
	server *httptest.Server
	port   uint16
	dns    *names

	mu    sync.Mutex
	hosts map[string]*Host
	seen  []Seen
	busy  map[string]int
	most  map[string]int
}

// Seen is one request that came.
type Seen struct {
	At           time.Time
	Host, Method string
	Path         string // with its query
	Status       int
	Header       http.Header
}

// New starts an empty web; it ends with the test.
func New(tb testing.TB) *Web {
	tb.Helper()
	w := &Web{hosts: map[string]*Host{}, busy: map[string]int{}, most: map[string]int{}, dns: newNames(tb)}
	w.server = httptest.NewServer(w)
	tb.Cleanup(w.server.Close)
	_, port, err := net.SplitHostPort(w.server.Listener.Addr().String())
	if err != nil {
		tb.Fatal(err)
	}
	n, err := strconv.ParseUint(port, 10, 16)
	if err != nil {
		tb.Fatal(err)
	}
	w.port = uint16(n)
	return w
}

// Host is the host of a name, which is made when it is not there: without a robots.txt and without pages.
func (w *Web) Host(name string) *Host {
	w.mu.Lock()
	defer w.mu.Unlock()
	h := w.hosts[name]
	if h == nil {
		h = &Host{web: w, name: name, mux: http.NewServeMux()}
		w.hosts[name] = h
	}
	return h
}

// Port is where all hosts listen.
func (w *Web) Port() uint16 { return w.port }

// Door is a client that finds the hosts. Options may say more; names, networks and ports are the web's.
func (w *Web) Door(tb testing.TB, o webclient.Options) *webclient.Client {
	tb.Helper()
	o.Resolver = w.dns.resolver()
	o.Nets = append(o.Nets, netip.MustParsePrefix("127.0.0.0/8"))
	o.Ports = append(o.Ports, w.port)
	if o.Logger == nil {
		o.Logger = testkit.Logger()
	}
	c, err := webclient.New(o)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(c.Close)
	return c
}

// Resolve makes a name answer these addresses, one after the other and the last for ever; other names answer 127.0.0.1.
func (w *Web) Resolve(name string, addresses ...string) { w.dns.set(name, addresses) }

// Seen is every request that came, in the order in which they were answered.
func (w *Web) Seen() []Seen {
	w.mu.Lock()
	defer w.mu.Unlock()
	return append([]Seen(nil), w.seen...)
}

// Most is how many requests a host worked on at once.
func (w *Web) Most(host string) int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.most[host]
}

// Forget empties the list of requests.
func (w *Web) Forget() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.seen, w.most = nil, map[string]int{}
}

// ServeHTTP hands a request to its host.
func (w *Web) ServeHTTP(rw http.ResponseWriter, r *http.Request) {
	name, _, err := net.SplitHostPort(r.Host)
	if err != nil {
		name = r.Host
	}
	name = strings.ToLower(name)
	at := time.Now()
	w.mu.Lock()
	h := w.hosts[name]
	w.busy[name]++
	w.most[name] = max(w.most[name], w.busy[name])
	w.mu.Unlock()
	out := &recorder{ResponseWriter: rw}
	defer func() {
		w.mu.Lock()
		defer w.mu.Unlock()
		w.busy[name]--
		w.seen = append(w.seen, Seen{At: at, Host: name, Method: r.Method, Path: r.URL.RequestURI(), Status: out.status, Header: r.Header})
	}()
	if h == nil {
		http.NotFound(out, r)
		return
	}
	h.serve(out, r)
}

type recorder struct {
	http.ResponseWriter
	status int
}

func (r *recorder) WriteHeader(status int) {
	if r.status == 0 {
		r.status = status
	}
	r.ResponseWriter.WriteHeader(status)
}

func (r *recorder) Write(b []byte) (int, error) {
	if r.status == 0 {
		r.status = http.StatusOK
	}
	return r.ResponseWriter.Write(b)
}

// Unwrap lets handlers flush and hijack.
func (r *recorder) Unwrap() http.ResponseWriter { return r.ResponseWriter }
