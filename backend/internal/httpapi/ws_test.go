package httpapi_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"winnow/backend/internal/clock"
	"winnow/backend/internal/event"
	"winnow/backend/internal/httpapi"
	"winnow/backend/internal/platform/live"
	"winnow/backend/internal/testkit"
)

// socketWorld is the API of accounts with the live feed, on a true port.
type socketWorld struct {
	*world
	url string
}

func newSocketWorld(t *testing.T) *socketWorld {
	t.Helper()
	w := newWorld(t)
	log := event.New(w.db, w.clock, nil)
	hub := live.New(live.Options{Source: log.Feed(), Poll: 10 * time.Millisecond, Logger: testkit.Logger()})
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan struct{})
	go func() { defer close(ended); hub.Run(ctx) }()
	cfg := httpapi.Config{BaseURL: "http://localhost:8080", AllowedOrigins: []string{"https://app.example.com"}}
	resources := append(httpapi.Core(w.accounts, cfg), httpapi.NewSocket(hub, w.accounts, cfg, testkit.Logger()))
	w.api = serveWith(t, cfg, httpapi.Deps{Auth: w.accounts, Clock: clock.System{}}, resources...)
	srv := httptest.NewServer(w.server.Handler())
	t.Cleanup(func() { cancel(); <-ended; srv.Close() })
	return &socketWorld{world: w, url: srv.URL}
}

func (w *socketWorld) dial(header http.Header) (*websocket.Conn, int) {
	w.t.Helper()
	conn, resp, err := websocket.DefaultDialer.DialContext(w.t.Context(), strings.Replace(w.url, "http", "ws", 1)+"/api/v1/ws?since=1", header)
	if resp == nil {
		w.t.Fatal(err)
	}
	_ = resp.Body.Close()
	if err == nil {
		w.t.Cleanup(func() { _ = conn.Close() })
	}
	return conn, resp.StatusCode
}

func (b *browser) header(origin string) http.Header {
	h := http.Header{"Cookie": {"winnow_access=" + b.cookies["winnow_access"]}}
	if origin != "" {
		h.Set("Origin", origin)
	}
	return h
}

func TestA8_ForeignPagesOpenNoSocket(t *testing.T) {
	t.Parallel()
	w := newSocketWorld(t)
	ann := w.setUp()
	for origin, status := range map[string]int{
		w.url: 101, "https://app.example.com": 101,
		"": 403, "null": 403, "https://evil.example": 403, "http://localhost": 403, "http://localhost:8080": 403, // not the port that was called
		"https://app.example.com.evil.example": 403, "file://": 403, strings.Replace(w.url, "http", "ftp", 1): 403,
	} {
		if _, got := w.dial(ann.header(origin)); got != status {
			t.Errorf("origin %q: %d, want %d", origin, got, status)
		}
	}
	twice := ann.header(w.url)
	twice.Add("Origin", "https://evil.example")
	if _, got := w.dial(twice); got != 403 {
		t.Errorf("two origins: %d", got)
	}
	if _, got := w.dial(http.Header{"Origin": {w.url}}); got != 401 {
		t.Errorf("nobody: %d", got)
	}
}

func TestA8_AKeyOpensASocketWithItsScopeOnly(t *testing.T) {
	t.Parallel()
	w := newSocketWorld(t)
	ann := w.setUp()
	for scope, status := range map[string]int{"leads:read": 101, "leads:write": 403} {
		var made httpapi.APIKeyCreatedResponse
		ann.do("POST", "/api-keys", map[string]any{"name": "k", "scopes": []string{scope}}).want(201).into(&made)
		if _, got := w.dial(http.Header{"Authorization": {"Bearer " + made.Key}}); got != status {
			t.Errorf("%s: %d, want %d", scope, got, status)
		}
	}
}

func TestA8_TheSocketEndsWithTheSessionWithinFiveSeconds(t *testing.T) {
	t.Parallel()
	for name, end := range map[string]func(ann, bob *browser, id string){
		"logout": func(_, bob *browser, _ string) { bob.do("POST", "/auth/logout", nil).want(204) },
		"role change": func(ann, _ *browser, id string) {
			ann.do("PUT", "/users/"+id, map[string]any{"role": "viewer"}).want(200)
		},
		"disable": func(ann, _ *browser, id string) {
			ann.do("PUT", "/users/"+id, map[string]any{"disabled": true}).want(200)
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newSocketWorld(t)
			ann := w.setUp()
			bob := ann.join("bob@example.com")
			var me httpapi.MeResponse
			bob.do("GET", "/me", nil).want(200).into(&me)
			conn, status := w.dial(bob.header(w.url))
			if status != 101 {
				t.Fatal(status)
			}
			if _, hello, err := conn.ReadMessage(); err != nil || !strings.Contains(string(hello), `"hello"`) {
				t.Fatalf("%s %v", hello, err)
			}
			end(ann, bob, me.User.ID)
			if err := conn.SetReadDeadline(clock.System{}.Now().Add(5 * time.Second)); err != nil {
				t.Fatal(err)
			}
			for {
				_, _, err := conn.ReadMessage()
				if websocket.IsCloseError(err, websocket.ClosePolicyViolation) {
					return
				}
				if err != nil {
					t.Fatalf("ended by %v", err)
				}
			}
		})
	}
}

// Events about accounts are for their owner and for who sees all.
func TestA8_AUserHearsNothingOfForeignAccounts(t *testing.T) {
	t.Parallel()
	w := newSocketWorld(t)
	ann := w.setUp()
	bob := ann.join("bob@example.com")
	carl := ann.join("carl@example.com")
	var me httpapi.MeResponse
	carl.do("GET", "/me", nil).want(200).into(&me)
	conn, status := w.dial(bob.header(w.url))
	if status != 101 {
		t.Fatal(status)
	}
	ann.do("PUT", "/users/"+me.User.ID, map[string]any{"role": "viewer"}).want(200)
	bob.do("POST", "/api-keys", map[string]any{"name": "last", "scopes": []string{"leads:read"}}).want(201)
	for {
		_, msg, err := conn.ReadMessage()
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(msg), me.User.ID) {
			t.Errorf("bob hears of carl: %s", msg)
		}
		if strings.Contains(string(msg), "apikey.created") {
			return
		}
	}
}

func TestTheSocketAddressSpeaksWebSocketOnly(t *testing.T) {
	t.Parallel()
	w := newSocketWorld(t)
	ann := w.setUp()
	a := w.with("Cookie", "winnow_access="+ann.cookies["winnow_access"]).with("Origin", "http://localhost:8080")
	a.do("GET", "/ws", nil).want(426)
	a.do("GET", "/ws?since=-1", nil).want(400)
	a.do("GET", "/ws?since=x", nil).want(400)
	a.do("GET", "/ws?other=1", nil).want(400)
}
