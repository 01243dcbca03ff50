package webclient_test

import (
	"bufio"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"sync"
	"testing"

	"winnow/backend/internal/fault"
	"winnow/backend/internal/platform/webclient"
)

// connector is a proxy that speaks CONNECT and notes what it was asked for.
type connector struct {
	net.Listener
	mu   sync.Mutex
	to   []string
	auth []string
}

func newConnector(t *testing.T) *connector {
	t.Helper()
	l, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	p := &connector{Listener: l}
	var all sync.WaitGroup
	all.Go(func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			all.Go(func() { p.serve(conn) })
		}
	})
	t.Cleanup(func() { _ = l.Close(); all.Wait() })
	return p
}

func (p *connector) serve(conn net.Conn) {
	defer func() { _ = conn.Close() }()
	in := bufio.NewReader(conn)
	req, err := http.ReadRequest(in)
	if err != nil {
		return
	}
	p.mu.Lock()
	p.to, p.auth = append(p.to, req.Host), append(p.auth, req.Header.Get("Proxy-Authorization"))
	p.mu.Unlock()
	out, err := net.Dial("tcp", req.Host)
	if err != nil {
		_, _ = io.WriteString(conn, "HTTP/1.1 502 Bad Gateway\r\n\r\n")
		return
	}
	defer func() { _ = out.Close() }()
	_, _ = io.WriteString(conn, "HTTP/1.1 200 Connection established\r\n\r\n")
	go func() { _, _ = io.Copy(out, in); _ = out.Close() }()
	_, _ = io.Copy(conn, out)
}

func (p *connector) asked() ([]string, []string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.to, p.auth
}

// TestA10_AProxyIsNoWayAroundTheGuard: the proxy could reach everything; it is only asked for what the guard lets pass.
func TestA10_AProxyIsNoWayAroundTheGuard(t *testing.T) {
	t.Parallel()
	p, c := newConnector(t), newCanary(t, nil)
	by, err := webclient.ParseProxy("http://user:pass@" + p.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	o := webclient.Options{Proxies: []*url.URL{by}, Resolver: names(t, []string{"192.0.2.1", "127.0.0.1"}, []string{"::1"})}
	closed := client(t, c, o)
	for _, host := range []string{"127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "169.254.169.254", "rebind.example", "10.0.0.1", "2130706433"} {
		if body, err := get(t, closed, c.at(host)); err == nil {
			t.Errorf("%s was reached through the proxy: %q", host, body)
		}
	}
	if to, _ := p.asked(); len(to) != 0 {
		t.Errorf("the proxy was asked for %v", to)
	}
	o.Nets, o.Resolver = []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}, names(t, []string{"127.0.0.1"}, nil)
	open := client(t, c, o)
	body, err := get(t, open, c.at("shop.example"))
	if err != nil || body != "secret" {
		t.Fatalf("a host that may be reached: %q, %v", body, err)
	}
	to, auth := p.asked()
	if len(to) != 1 || to[0] != c.hostPort() || auth[0] != "Basic dXNlcjpwYXNz" {
		t.Errorf("the proxy was asked for %v as %v: it must get the address, not the name", to, auth)
	}
}

func TestProxiesAreRead(t *testing.T) {
	t.Parallel()
	for _, good := range []string{"http://p:8080", "https://u:p@p.example:443", "socks5://127.0.0.1:1080"} {
		if _, err := webclient.ParseProxy(good); err != nil {
			t.Errorf("%s: %v", good, err)
		}
	}
	for _, bad := range []string{"", "p:8080", "http://p", "ftp://p:1", "http://p:1/path", "socks4://p:1"} {
		if _, err := webclient.ParseProxy(bad); !fault.Is(err, fault.Invalid) {
			t.Errorf("%q passes: %v", bad, err)
		}
	}
}
