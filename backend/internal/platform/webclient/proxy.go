package webclient

import (
	"bufio"
	"context"
	"crypto/tls"
	"encoding/base64"
	"errors"
	"fmt"
	"hash/fnv"
	"net"
	"net/http"
	"net/url"
	"syscall"
	"time"

	"code.dny.dev/ssrf"
	"golang.org/x/net/proxy"

	"winnow/backend/internal/fault"
)

// ParseProxy reads a proxy that the operator names: http://, https:// or socks5://host:port, with a user where needed.
// Faults: Invalid, without the password.
func ParseProxy(address string) (*url.URL, error) {
	u, err := url.Parse(address)
	if err != nil || u.Hostname() == "" || u.Port() == "" || (u.Path != "" && u.Path != "/") {
		return nil, fault.New(fault.Invalid, "proxy_bad", "A proxy must be written http://host:port, https://host:port or socks5://host:port, with user:password@ where it asks for one")
	}
	switch u.Scheme {
	case "http", "https", "socks5":
		return u, nil
	}
	return nil, fault.Newf(fault.Invalid, "proxy_bad", "%q is no kind of proxy that Winnow can use; use http, https or socks5", u.Scheme)
}

// tunnel dials through proxies. The proxy is never given a name: what the name resolves to is checked here, as for a
// connection of our own, and the proxy is asked for that very address. So it is no way around the guard.
type tunnel struct {
	c       *Client
	guard   *ssrf.Guardian
	proxies []*url.URL
	plain   *net.Dialer
}

// dial connects to an address, by the proxy that its host always has.
func (t *tunnel) dial(ctx context.Context, _, addr string) (net.Conn, error) {
	host, port, err := net.SplitHostPort(addr)
	if err != nil {
		return nil, err
	}
	h := fnv.New32a()
	_, _ = h.Write([]byte(host))
	by := t.proxies[int(h.Sum32()%uint32(len(t.proxies)))] //nolint:gosec // a handful of proxies
	list, err := t.resolver().LookupNetIP(ctx, "ip", host)
	if err != nil {
		return nil, err
	}
	err = errors.New("the name has no address")
	for _, ip := range list {
		to := net.JoinHostPort(ip.Unmap().String(), port)
		network := map[bool]string{true: "tcp4", false: "tcp6"}[ip.Unmap().Is4()]
		var raw syscall.RawConn
		if err = t.guard.Safe(network, to, raw); err != nil {
			return nil, err // one private address is reason enough to mistrust the name
		}
	}
	for _, ip := range list {
		var conn net.Conn
		if conn, err = t.through(ctx, by, net.JoinHostPort(ip.Unmap().String(), port)); err == nil {
			return conn, nil
		}
	}
	return nil, err
}

func (t *tunnel) resolver() *net.Resolver {
	if t.c.o.Resolver != nil {
		return t.c.o.Resolver
	}
	return net.DefaultResolver
}

// through asks a proxy for a connection to an address that has been checked.
func (t *tunnel) through(ctx context.Context, by *url.URL, to string) (net.Conn, error) {
	if by.Scheme == "socks5" {
		var auth *proxy.Auth
		if by.User != nil {
			password, _ := by.User.Password()
			auth = &proxy.Auth{User: by.User.Username(), Password: password}
		}
		d, err := proxy.SOCKS5("tcp", by.Host, auth, t.plain)
		if err != nil {
			return nil, err
		}
		if dc, ok := d.(proxy.ContextDialer); ok {
			return dc.DialContext(ctx, "tcp", to)
		}
		return d.Dial("tcp", to)
	}
	conn, err := t.plain.DialContext(ctx, "tcp", by.Host)
	if err != nil {
		return nil, err
	}
	if by.Scheme == "https" {
		conn = tls.Client(conn, &tls.Config{ServerName: by.Hostname(), MinVersion: tls.VersionTLS12})
	}
	if err := connect(ctx, conn, by, to); err != nil {
		_ = conn.Close()
		return nil, err
	}
	return conn, nil
}

// connect speaks CONNECT. The answer's header is read octet by octet at most, so nothing of the tunnel is taken.
func connect(ctx context.Context, conn net.Conn, by *url.URL, to string) error {
	stop := context.AfterFunc(ctx, func() { _ = conn.SetDeadline(time.Unix(1, 0)) })
	defer stop()
	if err := conn.SetDeadline(deadline(ctx)); err != nil {
		return err
	}
	head := "CONNECT " + to + " HTTP/1.1\r\nHost: " + to + "\r\n"
	if by.User != nil {
		password, _ := by.User.Password()
		head += "Proxy-Authorization: Basic " + base64.StdEncoding.EncodeToString([]byte(by.User.Username()+":"+password)) + "\r\n"
	}
	if _, err := conn.Write([]byte(head + "\r\n")); err != nil {
		return err
	}
	resp, err := http.ReadResponse(bufio.NewReaderSize(&sip{conn: conn, left: maxHeader}, 16), &http.Request{Method: http.MethodConnect})
	if err != nil {
		return err
	}
	_ = resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return fmt.Errorf("the proxy answers %d", resp.StatusCode)
	}
	return conn.SetDeadline(time.Time{})
}

func deadline(ctx context.Context) time.Time {
	if d, ok := ctx.Deadline(); ok {
		return d
	}
	return time.Time{}
}

// sip reads one octet at a time, so that a buffer above it holds nothing that belongs to the tunnel.
type sip struct {
	conn net.Conn
	left int
}

func (s *sip) Read(p []byte) (int, error) {
	if s.left <= 0 {
		return 0, errors.New("the proxy's answer is too long")
	}
	s.left--
	return s.conn.Read(p[:min(1, len(p))])
}
