package httpapi_test

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"runtime"
	"strings"
	"testing"
	"time"

	"winnow/backend/internal/clock"
)

// listening is the server as Serve runs it, on a true port.
func listening(t *testing.T) string {
	t.Helper()
	ln, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	a := serve(t, &probe{})
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- a.server.Serve(ctx, ln) }()
	t.Cleanup(func() {
		cancel()
		if err := <-ended; err != nil {
			t.Errorf("serve: %v", err)
		}
	})
	return ln.Addr().String()
}

// raw sends bytes and gives back the status of the answer, 0 when the server just hung up.
func raw(t *testing.T, addr, request string) int {
	t.Helper()
	conn, err := (&net.Dialer{}).DialContext(t.Context(), "tcp", addr)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close() }()
	if err := conn.SetDeadline(clock.System{}.Now().Add(10 * time.Second)); err != nil {
		t.Fatal(err)
	}
	go func() {
		_, _ = io.WriteString(conn, request) // a refused request breaks the write: that is the point
		_ = conn.(*net.TCPConn).CloseWrite()
	}()
	resp, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		return 0
	}
	_ = resp.Body.Close()
	return resp.StatusCode
}

// A47: whatever comes over the wire, the answer is an error or a hang-up, and nothing stays behind.
//
//nolint:paralleltest // it counts goroutines
func TestA47_BrokenAndHostileRequestsAreRefused(t *testing.T) {
	addr := listening(t)
	get := "GET /api/v1/probe HTTP/1.1\r\nHost: localhost\r\n"
	post := "POST /api/v1/probe HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
	if got := raw(t, addr, "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n"); got != 200 {
		t.Fatalf("a plain request: %d", got)
	}
	base := runtime.NumGoroutine()
	var cookies, params strings.Builder
	for i := range 10_000 {
		fmt.Fprintf(&cookies, "c%d=x; ", i)
		fmt.Fprintf(&params, "p%d=x&", i)
	}
	for name, request := range map[string]string{
		"length and chunked":    post + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /admin HTTP/1.1\r\nHost: localhost\r\n\r\n",
		"two lengths":           post + "Content-Length: 5\r\nContent-Length: 6\r\n\r\nabcdef",
		"chunked twice":         post + "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n",
		"bad chunk":             post + "Transfer-Encoding: chunked\r\n\r\nzz\r\nabc",
		"negative length":       post + "Content-Length: -1\r\n\r\n",
		"two hosts":             "GET / HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n",
		"no host":               "GET / HTTP/1.1\r\n\r\n",
		"foreign host":          "GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n",
		"absolute foreign host": "GET http://evil.example/ HTTP/1.1\r\nHost: localhost\r\n\r\n",
		"a megabyte of header":  get + "X: " + strings.Repeat("a", 1<<20) + "\r\n\r\n",
		"a hundred thousand":    get + strings.Repeat("X: a\r\n", 100_000) + "\r\n",
		"ten thousand cookies":  get + "Cookie: " + cookies.String() + "\r\n\r\n",
		"ten thousand params":   "GET /api/v1/probe?" + params.String() + " HTTP/1.1\r\nHost: localhost\r\n\r\n",
		"folded header":         get + "X: a\r\n b\r\n : c\r\n\r\n",
		"space before colon":    get + "X : a\r\n\r\n",
		"NUL in header":         get + "X: a\x00b\r\n\r\n",
		"bare CR":               get + "X: a\rb\r\n\r\n",
		"no such method":        "BREW /api/v1/probe HTTP/1.1\r\nHost: localhost\r\n\r\n",
		"TRACE":                 "TRACE /api/v1/probe HTTP/1.1\r\nHost: localhost\r\n\r\n",
		"CONNECT":               "CONNECT evil.example:443 HTTP/1.1\r\nHost: evil.example:443\r\n\r\n",
		"HTTP/0.9":              "GET /\r\n",
		"HTTP/9":                "GET / HTTP/9.9\r\nHost: localhost\r\n\r\n",
		"TLS hello":             "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
		"nonsense":              strings.Repeat("\xff\x00", 500) + "\r\n\r\n",
		"method override":       "GET /api/v1/probe?_method=POST HTTP/1.1\r\nHost: localhost\r\nX-HTTP-Method-Override: POST\r\n\r\n",
		"body over the limit":   post + "X-Winnow-CSRF: 1\r\nContent-Length: 99999999\r\n\r\n",
	} {
		if got := raw(t, addr, request); got != 0 && (got < 400 || got > 499) && got != http.StatusNotImplemented && got != http.StatusHTTPVersionNotSupported {
			t.Errorf("%s: %d", name, got)
		}
	}
	if got := raw(t, addr, "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n"); got != 200 {
		t.Errorf("afterwards: %d", got)
	}
	eventually(t, "goroutines to go home", func() bool { return runtime.NumGoroutine() <= base })
}

// F17: a stop lets what runs finish, and takes nothing new.
func TestF17_AStopLetsRunningRequestsFinish(t *testing.T) {
	t.Parallel()
	ln, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	p := &probe{release: make(chan struct{}), entered: make(chan struct{}, 1)}
	a := serve(t, p)
	ctx, stop := context.WithCancel(t.Context())
	ended, answered := make(chan error, 1), make(chan int, 1)
	go func() { ended <- a.server.Serve(ctx, ln) }()
	body := "{}"
	request := "POST /api/v1/probe HTTP/1.1\r\nHost: localhost\r\nX-Winnow-CSRF: 1\r\nContent-Length: 2\r\nConnection: close\r\n" +
		"Authorization: Bearer wnw_" + hexEncode([]byte(`{"UserID":"a","Role":"admin","Kind":"api_key","Scopes":["leads:write"]}`)) + "\r\n\r\n" + body
	go func() {
		conn, err := (&net.Dialer{}).DialContext(t.Context(), "tcp", ln.Addr().String())
		if err != nil {
			answered <- -1
			return
		}
		defer func() { _ = conn.Close() }()
		_, _ = io.WriteString(conn, request)
		resp, err := http.ReadResponse(bufio.NewReader(conn), nil)
		if err != nil {
			answered <- -2
			return
		}
		_ = resp.Body.Close()
		answered <- resp.StatusCode
	}()
	<-p.entered
	stop()
	eventually(t, "the door to close", func() bool {
		conn, err := (&net.Dialer{}).DialContext(t.Context(), "tcp", ln.Addr().String())
		if err == nil {
			_ = conn.Close()
		}
		return err != nil
	})
	close(p.release)
	if got := <-answered; got != http.StatusCreated {
		t.Errorf("the running request: %d", got)
	}
	if err := <-ended; err != nil {
		t.Errorf("serve: %v", err)
	}
}
