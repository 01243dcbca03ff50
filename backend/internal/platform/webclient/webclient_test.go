package webclient_test

import (
	"compress/gzip"
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"go.uber.org/goleak"
	"golang.org/x/net/dns/dnsmessage"

	"winnow/backend/internal/fault"
	"winnow/backend/internal/platform/webclient"
	"winnow/backend/internal/testkit"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// canary is a server on the loopback address that counts the connections it gets.
type canary struct {
	*httptest.Server
	port  uint16
	conns atomic.Int64
}

func newCanary(t *testing.T, h http.HandlerFunc) *canary {
	t.Helper()
	if h == nil {
		h = func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "secret") }
	}
	c := &canary{Server: httptest.NewUnstartedServer(h)}
	c.Config.ConnState = func(_ net.Conn, s http.ConnState) {
		if s == http.StateNew {
			c.conns.Add(1)
		}
	}
	c.Start()
	t.Cleanup(c.Close)
	u, err := url.Parse(c.URL)
	if err != nil {
		t.Fatal(err)
	}
	port, err := strconv.ParseUint(u.Port(), 10, 16)
	if err != nil {
		t.Fatal(err)
	}
	c.port = uint16(port)
	return c
}

// at is the canary's address under another host.
func (c *canary) at(host string) string {
	return "http://" + host + ":" + strconv.Itoa(int(c.port)) + "/"
}

func (c *canary) hostPort() string { return strings.TrimPrefix(c.URL, "http://") }

// client lets the canary's port pass, so that the address alone is what blocks.
func client(t *testing.T, c *canary, o webclient.Options) *webclient.Client {
	t.Helper()
	o.Ports, o.Logger = []uint16{c.port}, testkit.Logger()
	if o.Timeout == 0 {
		o.Timeout = 30 * time.Second
	}
	w, err := webclient.New(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(w.Close)
	return w
}

func get(t *testing.T, w *webclient.Client, address string) (string, error) {
	t.Helper()
	resp, err := w.Get(t.Context(), address)
	if err != nil {
		return "", err
	}
	defer func() { _ = resp.Body.Close() }()
	b, err := io.ReadAll(resp.Body)
	return string(b), err
}

// names answers every A and AAAA question in turn: the first by the first answer, and so on, then the last for ever.
func names(t *testing.T, a, aaaa []string) *net.Resolver {
	t.Helper()
	conn, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		buf := make([]byte, 1500)
		asked := map[dnsmessage.Type]int{}
		for {
			n, from, err := conn.ReadFrom(buf)
			if err != nil {
				return
			}
			if out := answer(buf[:n], asked, a, aaaa); out != nil {
				_, _ = conn.WriteTo(out, from)
			}
		}
	}()
	t.Cleanup(func() { _ = conn.Close(); <-done })
	return &net.Resolver{PreferGo: true, Dial: func(ctx context.Context, _, _ string) (net.Conn, error) {
		var d net.Dialer
		return d.DialContext(ctx, "udp", conn.LocalAddr().String())
	}}
}

func answer(query []byte, asked map[dnsmessage.Type]int, a, aaaa []string) []byte {
	var m dnsmessage.Message
	if m.Unpack(query) != nil || len(m.Questions) != 1 {
		return nil
	}
	q := m.Questions[0]
	list := map[dnsmessage.Type][]string{dnsmessage.TypeA: a, dnsmessage.TypeAAAA: aaaa}[q.Type]
	m.Response, m.Additionals = true, nil
	if len(list) > 0 {
		head := dnsmessage.ResourceHeader{Name: q.Name, Type: q.Type, Class: q.Class}
		ip := net.ParseIP(list[min(asked[q.Type], len(list)-1)])
		asked[q.Type]++
		var body dnsmessage.ResourceBody
		if q.Type == dnsmessage.TypeA {
			body = &dnsmessage.AResource{A: [4]byte(ip.To4())}
		} else {
			body = &dnsmessage.AAAAResource{AAAA: [16]byte(ip.To16())}
		}
		m.Answers = []dnsmessage.Resource{{Header: head, Body: body}}
	}
	out, err := m.Pack()
	if err != nil {
		return nil
	}
	return out
}

func TestA10_NoFormOfAPrivateAddressIsReached(t *testing.T) {
	t.Parallel()
	c := newCanary(t, nil)
	w := client(t, c, webclient.Options{Resolver: names(t, []string{"127.0.0.1"}, []string{"::1"})})
	want, _ := get(t, w, c.at("no-such-host.invalid."))
	_, unreachable := get(t, w, c.at("192.0.2.1"))
	if want != "" || unreachable == nil {
		t.Fatal("the yardstick is broken")
	}
	for _, host := range []string{
		"127.0.0.1", "127.1", "127.255.255.254", "2130706433", "0x7f000001", "0x7f.0.0.1", "0177.0.0.1", "017700000001", "0", "0.0.0.0",
		"localhost", "localhost.", "LOCALHOST", "127.0.0.1.", "①②⑦.⓪.⓪.①", "127。0。0。1", "xn--test.localhost", "rebind.example",
		"[::1]", "[::]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::127.0.0.1]", "[64:ff9b::7f00:1]", "[64:ff9b::127.0.0.1]",
		"[2002:7f00:1::]", "[2001:0:7f00:1::1]", "[fc00::1]", "[fd12::1]", "[fe80::1%25lo]", "[ff02::1]", "[2001:db8::1]",
		"10.0.0.1", "172.16.0.1", "192.168.0.1", "169.254.169.254", "100.64.0.1", "198.18.0.1", "224.0.0.1", "255.255.255.255",
	} {
		body, err := get(t, w, c.at(host))
		if err == nil {
			t.Errorf("%s was reached and answered %q", host, body)
			continue
		}
		if err.Error() != unreachable.Error() && !fault.Is(err, fault.Invalid) {
			t.Errorf("%s fails with %q, which tells it from an absent host (%q)", host, err, unreachable)
		}
	}
	for _, address := range []string{
		"http://user@127.0.0.1/", "file:///etc/passwd", "gopher://127.0.0.1/", "ftp://127.0.0.1/", "data:text/plain,x", "//127.0.0.1/",
		"http:127.0.0.1", "http:///x", "http://h:99999/", "javascript:alert(1)", "",
	} {
		if err := webclient.CheckURL(address); !fault.Is(err, fault.Invalid) {
			t.Errorf("%q passes the check: %v", address, err)
		}
		if _, err := get(t, w, address); err == nil {
			t.Errorf("%q was fetched", address)
		}
	}
	if n := c.conns.Load(); n != 0 {
		t.Errorf("the canary got %d connections", n)
	}
}

func TestHostsThatTheOperatorNamesAreReached(t *testing.T) {
	t.Parallel()
	c := newCanary(t, func(w http.ResponseWriter, r *http.Request) { _, _ = io.WriteString(w, r.UserAgent()) })
	w := client(t, c, webclient.Options{AllowHosts: []string{c.hostPort()}})
	if body, err := get(t, w, c.URL); err != nil || body != "Winnow" {
		t.Errorf("got %q, %v", body, err)
	}
	if _, err := get(t, w, c.at("127.0.0.2")); err == nil {
		t.Error("another address passes too")
	}
	if _, err := webclient.New(webclient.Options{AllowHosts: []string{"localhost"}}); !fault.Is(err, fault.Invalid) {
		t.Errorf("a host without a port: %v", err)
	}
}

func TestA11_ARedirectDoesNotLeadInside(t *testing.T) {
	t.Parallel()
	inside := newCanary(t, nil)
	named := newCanary(t, nil)
	var to atomic.Value
	outside := newCanary(t, func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, to.Load().(string), http.StatusFound)
	})
	w := client(t, inside, webclient.Options{AllowHosts: []string{outside.hostPort(), named.hostPort()}})
	for _, target := range []string{
		inside.URL, inside.at("localhost"), named.URL, "file:///etc/passwd", "gopher://127.0.0.1:70/", "ftp://127.0.0.1/", "http://u:p@127.0.0.1/",
	} {
		to.Store(target)
		if body, err := get(t, w, outside.URL); err == nil {
			t.Errorf("the redirect to %s was followed: %q", target, body)
		}
	}
	if n := inside.conns.Load() + named.conns.Load(); n != 0 {
		t.Errorf("the canaries got %d connections", n)
	}
}

func TestA11_RedirectsEndAfterFiveHops(t *testing.T) {
	t.Parallel()
	var seen atomic.Int64
	c := newCanary(t, func(w http.ResponseWriter, r *http.Request) {
		n := seen.Add(1)
		http.Redirect(w, r, "/"+strconv.FormatInt(n, 10), http.StatusFound)
	})
	w := client(t, c, webclient.Options{AllowHosts: []string{c.hostPort()}})
	if _, err := get(t, w, c.URL); !fault.Is(err, fault.Unavailable) {
		t.Errorf("got %v", err)
	}
	if n := seen.Load(); n != 6 {
		t.Errorf("%d requests were made, want 1 and 5 hops", n)
	}
}

// TestA11_NoSecretGoesToAnotherHost looks at what a redirect would send, by the rule that the client follows.
func TestA11_NoSecretGoesToAnotherHost(t *testing.T) {
	t.Parallel()
	c := newCanary(t, nil)
	w := client(t, c, webclient.Options{})
	first := httptest.NewRequest(http.MethodGet, "https://a.example/", nil)
	next := httptest.NewRequest(http.MethodGet, "https://sub.a.example/", nil)
	for _, h := range []string{"Authorization", "Cookie", "X-Api-Key", "Proxy-Authorization"} {
		next.Header.Set(h, "canary")
	}
	next.Header.Set("Accept", "text/html")
	if err := w.HTTP().CheckRedirect(next, []*http.Request{first}); err != nil {
		t.Fatal(err)
	}
	if len(next.Header) != 1 || next.Header.Get("Accept") == "" {
		t.Errorf("the other host would get %v", next.Header)
	}
	down := httptest.NewRequest(http.MethodGet, "http://a.example/", nil)
	if err := w.HTTP().CheckRedirect(down, []*http.Request{first}); err == nil {
		t.Error("a redirect from https to http is followed")
	}
}

// TestA12_RebindingIsSeenAtTheConnection: the name answers a public address when it is checked and the loopback address
// afterwards, or both kinds at once.
func TestA12_RebindingIsSeenAtTheConnection(t *testing.T) {
	t.Parallel()
	for name, resolver := range map[string]*net.Resolver{
		"turns":  names(t, []string{"192.0.2.1", "127.0.0.1"}, nil),
		"mixed":  names(t, []string{"127.0.0.1"}, []string{"2001:db8::1"}),
		"six":    names(t, nil, []string{"::1"}),
		"mapped": names(t, nil, []string{"::ffff:127.0.0.1"}),
	} {
		c := newCanary(t, nil)
		w := client(t, c, webclient.Options{Resolver: resolver})
		for range 3 {
			if _, err := get(t, w, c.at("rebind.example")); !fault.Is(err, fault.Unavailable) {
				t.Errorf("%s: got %v", name, err)
			}
		}
		if n := c.conns.Load(); n != 0 {
			t.Errorf("%s: the canary got %d connections", name, n)
		}
	}
}

func TestA13_TheProxyOfTheEnvironmentIsIgnored(t *testing.T) {
	proxy := newCanary(t, nil)
	for _, name := range []string{"HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy", "ALL_PROXY"} {
		t.Setenv(name, proxy.URL)
	}
	c := newCanary(t, nil)
	w := client(t, c, webclient.Options{})
	if _, err := get(t, w, "http://192.0.2.1:"+strconv.Itoa(int(c.port))); err == nil {
		t.Error("an absent host answered")
	}
	if n := proxy.conns.Load(); n != 0 {
		t.Errorf("the proxy got %d connections", n)
	}
	if tr, ok := http.DefaultTransport.(*http.Transport); !ok || tr.Proxy == nil {
		t.Error("the comparison is broken: the standard client would not use a proxy either")
	}
}

func TestA13_AnAnswerIsCutAtItsBounds(t *testing.T) {
	t.Parallel()
	stop := make(chan struct{})
	c := newCanary(t, func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/exact":
			_, _ = w.Write(make([]byte, 1<<20))
		case "/large":
			_, _ = w.Write(make([]byte, 1<<20+1))
		case "/bomb":
			w.Header().Set("Content-Encoding", "gzip")
			z := gzip.NewWriter(w)
			for range 64 {
				_, _ = z.Write(make([]byte, 1<<20))
			}
			_ = z.Close()
		case "/header":
			w.Header().Set("X", strings.Repeat("x", 128<<10))
		case "/slow":
			for {
				select {
				case <-stop:
					return
				case <-r.Context().Done():
					return
				case <-time.After(10 * time.Millisecond):
					_, _ = w.Write([]byte("."))
					_ = http.NewResponseController(w).Flush()
				}
			}
		}
	})
	t.Cleanup(func() { close(stop) })
	w := client(t, c, webclient.Options{AllowHosts: []string{c.hostPort()}, MaxBytes: 1 << 20, Timeout: time.Minute})
	if body, err := get(t, w, c.URL+"/exact"); err != nil || len(body) != 1<<20 {
		t.Errorf("an answer of exactly the bound: %d bytes, %v", len(body), err)
	}
	for _, path := range []string{"/large", "/bomb"} {
		if body, err := get(t, w, c.URL+path); !fault.Is(err, fault.TooLarge) || len(body) > 1<<20 {
			t.Errorf("%s: %d bytes, %v", path, len(body), err)
		}
	}
	hasty := client(t, c, webclient.Options{AllowHosts: []string{c.hostPort()}, Timeout: time.Second})
	for _, path := range []string{"/header", "/slow"} {
		if _, err := get(t, hasty, c.URL+path); err == nil {
			t.Errorf("%s was taken whole", path)
		}
	}
}

func TestACancelledRequestSaysSo(t *testing.T) {
	t.Parallel()
	c := newCanary(t, func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() })
	w := client(t, c, webclient.Options{AllowHosts: []string{c.hostPort()}})
	ctx, cancel := context.WithCancel(t.Context())
	go func() {
		for c.conns.Load() == 0 {
			time.Sleep(time.Millisecond)
		}
		cancel()
	}()
	res, err := w.Get(ctx, c.URL)
	if err == nil {
		_ = res.Body.Close()
	}
	if !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}
