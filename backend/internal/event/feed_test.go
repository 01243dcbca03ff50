package event_test

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/gorilla/websocket"

	"winnow/backend/internal/event"
	"winnow/backend/internal/platform/db"
	"winnow/backend/internal/platform/live"
	"winnow/backend/internal/testkit"
)

// TestACommitReachesTheBrowser goes the whole way: transaction, feed, hub, WebSocket.
func TestACommitReachesTheBrowser(t *testing.T) {
	t.Parallel()
	testkit.Databases(t, func(t *testing.T, d *db.DB) {
		l := event.New(d, testkit.Clock(), nil)
		h := live.New(live.Options{Source: l.Feed(), Logger: testkit.Logger()})
		d.AfterCommit(h.Committed)
		ctx, cancel := context.WithCancel(t.Context())
		var running sync.WaitGroup
		running.Go(func() { h.Run(ctx) })
		srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			up := websocket.Upgrader{}
			if conn, err := up.Upgrade(w, r, nil); err == nil {
				_ = h.Serve(context.WithoutCancel(r.Context()), conn, live.Sub{Sees: live.Rows(true, "")})
			}
		}))
		t.Cleanup(func() { cancel(); running.Wait(); srv.Close() })
		add(t, d, l, found("before"))
		conn, resp, err := websocket.DefaultDialer.DialContext(t.Context(), "ws"+strings.TrimPrefix(srv.URL, "http"), nil)
		if err != nil {
			t.Fatal(err)
		}
		_ = resp.Body.Close()
		defer func() { _ = conn.Close() }()
		if _, _, err := conn.ReadMessage(); err != nil { // hello
			t.Fatal(err)
		}
		add(t, d, l, found("after"))
		var got struct {
			Type    string `json:"type"`
			Subject struct{ Kind, ID string }
		}
		_, b, err := conn.ReadMessage()
		if err != nil || json.Unmarshal(b, &got) != nil {
			t.Fatalf("%s: %v", b, err)
		}
		if got.Type != "lead.found" || got.Subject.ID != "after" {
			t.Errorf("got %s", b)
		}
		testkit.Eventually(t, "the connection to be counted", func() bool { return h.Sockets() == 1 })
		_ = conn.Close()
		testkit.Eventually(t, "the connection to be let go", func() bool { return h.Sockets() == 0 })
	})
}
