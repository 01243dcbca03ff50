// Package webclient is the only door to outside HTTP. It connects to public addresses alone, whatever a name resolves
// to and wherever a redirect leads, and bounds every answer in time and size. Hosts that the operator names pass.
package webclient

import (
	"context"
	"crypto/tls"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
	"time"

	"code.dny.dev/ssrf"

	"winnow/backend/internal/fault"
)

const (
	defaultTimeout = 30 * time.Second
	defaultMax     = 10 << 20
	maxHeader      = 64 << 10
	maxHops        = 5
	defaultAgent   = "Winnow"
)

// Options set up a Client. The zero value reaches public hosts on ports 80 and 443.
type Options struct {
	// AllowHosts are host:port that pass although they are private; from environment or winnow.yaml alone, never from
	// the app. A redirect from elsewhere does not lead to them.
	AllowHosts []string
	Timeout    time.Duration  // of a whole exchange with its body; 0 = 30 s
	MaxBytes   int64          // of a body, unpacked; 0 = 10 MiB
	UserAgent  string         // "" = Winnow
	Ports      []uint16       // that public hosts may be reached at; nil = 80, 443
	Nets       []netip.Prefix // private networks that are reached like public ones; for tests, and networks without an outside
	// Proxies carry the requests to public hosts, each host's by the same one; from environment or winnow.yaml alone. The
	// guard decides before them: they are asked for addresses that it has checked, never for names.
	Proxies  []*url.URL
	Resolver *net.Resolver // nil = the machine's
	Logger   *slog.Logger  // of what was blocked; nil = slog.Default
}

// Client is the door. Make one with New; safe for concurrent use.
type Client struct {
	o       Options
	allowed map[string]bool
	base    *http.Transport
	client  *http.Client
}

// New makes a client. Faults: Invalid when an allowed host is not host:port.
func New(o Options) (*Client, error) {
	if o.Timeout <= 0 {
		o.Timeout = defaultTimeout
	}
	if o.MaxBytes <= 0 {
		o.MaxBytes = defaultMax
	}
	if o.UserAgent == "" {
		o.UserAgent = defaultAgent
	}
	if o.Logger == nil {
		o.Logger = slog.Default()
	}
	c := &Client{o: o, allowed: map[string]bool{}}
	for _, h := range o.AllowHosts {
		host, port, err := net.SplitHostPort(h)
		if err != nil || host == "" || port == "" {
			return nil, fault.Newf(fault.Invalid, "allow_host_bad", "WINNOW_ALLOW_HOSTS: %q must be host:port, e.g. localhost:11434", h)
		}
		c.allowed[canonical(host, port)] = true
	}
	c.base = c.transport()
	c.client = &http.Client{Transport: guard{c}, CheckRedirect: c.redirect, Timeout: o.Timeout}
	return c, nil
}

// HTTP is the door as a standard client, for libraries that take one.
func (c *Client) HTTP() *http.Client { return c.client }

// Close gives idle connections up.
func (c *Client) Close() { c.base.CloseIdleConnections() }

// Do sends a request. The caller closes the body; reading it fails with TooLarge past the bound. Faults: Invalid for an
// address that is none, Unavailable for all else, in the same words whether a host is blocked, absent or silent.
func (c *Client) Do(req *http.Request) (*http.Response, error) {
	resp, err := c.client.Do(req)
	if err == nil {
		return resp, nil
	}
	if cause := context.Cause(req.Context()); cause != nil && errors.Is(err, cause) {
		return nil, cause
	}
	if f, ok := errors.AsType[*fault.Error](err); ok {
		return nil, f
	}
	return nil, unreachable(nil)
}

// Hop sends one request and follows no redirect, for callers that look at each hop themselves; via are the requests that
// led to it, the oldest first. The request is changed as a redirect demands. Faults as with Do.
func (c *Client) Hop(req *http.Request, via []*http.Request) (*http.Response, error) {
	if err := c.Redirect(req, via); err != nil {
		return nil, err
	}
	return guard{c}.RoundTrip(req)
}

// Redirect tells whether a request may follow those before it, and takes off it what is not the next host's business.
// The first request follows none. Faults: Invalid for an address that is none, Unavailable for a refused redirect.
func (c *Client) Redirect(req *http.Request, via []*http.Request) error {
	if len(via) == 0 {
		return check(req.URL)
	}
	return c.redirect(req, via)
}

// Get is Do of a GET.
func (c *Client) Get(ctx context.Context, address string) (*http.Response, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return nil, badURL()
	}
	return c.Do(req)
}

// CheckURL tells whether an address may be asked at all, before it is saved: http or https, a host, no user part.
// Whether the host is public is seen at each connection alone. Faults: Invalid.
func CheckURL(address string) error {
	u, err := url.Parse(address)
	if err != nil {
		return badURL()
	}
	return check(u)
}

func check(u *url.URL) error {
	if (u.Scheme != "http" && u.Scheme != "https") || u.Hostname() == "" || u.User != nil || u.Opaque != "" {
		return badURL()
	}
	if p := u.Port(); p != "" {
		if n, err := strconv.Atoi(p); err != nil || n < 1 || n > 65535 {
			return badURL()
		}
	}
	return nil
}

func badURL() error {
	return fault.New(fault.Invalid, "url_bad", "This is not a web address; it must begin with https:// or http:// and hold no user name")
}

func unreachable(cause error) error {
	return fault.Wrap(cause, fault.Unavailable, "host_unreachable", "The address cannot be reached; check it and try again later")
}

func (c *Client) transport() *http.Transport {
	public := ssrf.New(c.public()...)
	plain := &net.Dialer{Timeout: 10 * time.Second, KeepAlive: 30 * time.Second, Resolver: c.o.Resolver}
	guarded := *plain
	guarded.Control = public.Safe // after the name is resolved, for each address that is tried
	outside := guarded.DialContext
	if len(c.o.Proxies) > 0 {
		outside = (&tunnel{c: c, guard: public, proxies: c.o.Proxies, plain: plain}).dial
	}
	return &http.Transport{
		Proxy: nil, // HTTP_PROXY would be a way around the guard
		DialContext: func(ctx context.Context, network, addr string) (net.Conn, error) {
			if c.allows(addr) {
				return plain.DialContext(ctx, network, addr)
			}
			return outside(ctx, network, addr)
		},
		TLSClientConfig:        &tls.Config{MinVersion: tls.VersionTLS12},
		TLSHandshakeTimeout:    10 * time.Second,
		ResponseHeaderTimeout:  c.o.Timeout,
		ExpectContinueTimeout:  time.Second,
		IdleConnTimeout:        60 * time.Second,
		MaxIdleConns:           64,
		MaxIdleConnsPerHost:    64,
		MaxConnsPerHost:        128,
		MaxResponseHeaderBytes: maxHeader,
		ForceAttemptHTTP2:      true,
	}
}

// public tells the guard what counts as public.
func (c *Client) public() []ssrf.Option {
	ports := ssrf.WithPorts(80, 443)
	if c.o.Ports != nil {
		ports = ssrf.WithPorts(c.o.Ports...)
	}
	var four, six []netip.Prefix
	for _, n := range c.o.Nets {
		if n.Addr().Is4() {
			four = append(four, n)
		} else {
			six = append(six, n)
		}
	}
	return []ssrf.Option{ports, ssrf.WithAllowedV4Prefixes(four...), ssrf.WithAllowedV6Prefixes(six...)}
}

func (c *Client) allows(addr string) bool {
	host, port, err := net.SplitHostPort(addr)
	return err == nil && c.allowed[canonical(host, port)]
}

func canonical(host, port string) string {
	host = strings.ToLower(strings.TrimSuffix(host, "."))
	if a, err := netip.ParseAddr(host); err == nil {
		host = a.Unmap().String()
	}
	return net.JoinHostPort(host, port)
}

func address(u *url.URL) string {
	port := u.Port()
	if port == "" {
		port = map[string]string{"http": "80", "https": "443"}[u.Scheme]
	}
	return canonical(u.Hostname(), port)
}
