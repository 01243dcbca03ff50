package live_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/gorilla/websocket"
	"github.com/redis/go-redis/v9"
	"go.uber.org/goleak"

	"winnow/backend/internal/clock"
	"winnow/backend/internal/platform/live"
	"winnow/backend/internal/testkit"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// feed is a source in memory.
type feed struct {
	mu    sync.Mutex
	all   []live.Message
	fault error
	reads atomic.Int64
}

func (f *feed) add(owner string, n int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for range n {
		seq := int64(len(f.all) + 1)
		m := live.Message{Seq: seq, JSON: fmt.Appendf(nil, `{"type":"lead.found","seq":%d}`, seq)}
		if owner != "" {
			m.OwnerID = &owner
		}
		f.all = append(f.all, m)
	}
}

func (f *feed) fail(err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.fault = err
}

func (f *feed) Since(_ context.Context, seq int64, limit int) ([]live.Message, error) {
	f.reads.Add(1)
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.fault != nil {
		return nil, f.fault
	}
	rest := f.all[min(int(seq), len(f.all)):]
	return slices.Clone(rest[:min(limit, len(rest))]), nil
}

func (f *feed) Last(context.Context) (int64, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	return int64(len(f.all)), f.fault
}

func (f *feed) Appended() int64 {
	f.mu.Lock()
	defer f.mu.Unlock()
	return int64(len(f.all))
}

// world is a running hub behind a WebSocket server; ends carries what each Serve answered.
type world struct {
	feed *feed
	hub  *live.Hub
	url  string
	stop context.CancelFunc
	ends chan error
}

func start(t *testing.T, o live.Options, sub func(r *http.Request) live.Sub) *world {
	t.Helper()
	w := &world{feed: &feed{}, ends: make(chan error, 64)}
	o.Source, o.Logger = w.feed, testkit.Logger()
	w.hub = live.New(o)
	ctx, cancel := context.WithCancel(t.Context())
	w.stop = cancel
	var running sync.WaitGroup
	running.Go(func() { w.hub.Run(ctx) })
	up := websocket.Upgrader{}
	srv := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		conn, err := up.Upgrade(rw, r, nil)
		if err != nil {
			return
		}
		w.ends <- w.hub.Serve(context.WithoutCancel(r.Context()), conn, sub(r))
	}))
	w.url = "ws" + strings.TrimPrefix(srv.URL, "http")
	t.Cleanup(func() {
		cancel()
		running.Wait()
		testkit.Eventually(t, "every connection to close", func() bool { return w.hub.Sockets() == 0 })
		srv.Close()
	})
	return w
}

func everything(*http.Request) live.Sub { return live.Sub{Sees: live.Rows(true, "")} }

func dial(t *testing.T, url string) *websocket.Conn {
	t.Helper()
	conn, resp, err := websocket.DefaultDialer.DialContext(t.Context(), url, nil)
	if err != nil {
		t.Fatal(err)
	}
	_ = resp.Body.Close()
	t.Cleanup(func() { _ = conn.Close() })
	return conn
}

type message struct {
	Type string `json:"type"`
	Seq  int64  `json:"seq"`
}

func next(t *testing.T, conn *websocket.Conn) message {
	t.Helper()
	if err := conn.SetReadDeadline(clock.System{}.Now().Add(time.Minute)); err != nil {
		t.Fatal(err)
	}
	_, b, err := conn.ReadMessage()
	if err != nil {
		t.Fatal(err)
	}
	var m message
	if err := json.Unmarshal(b, &m); err != nil {
		t.Fatal(err)
	}
	return m
}

func want(t *testing.T, conn *websocket.Conn, ms ...message) {
	t.Helper()
	for _, m := range ms {
		if got := next(t, conn); got != m {
			t.Fatalf("got %+v, want %+v", got, m)
		}
	}
}

func wantClose(t *testing.T, conn *websocket.Conn, code int) {
	t.Helper()
	if err := conn.SetReadDeadline(clock.System{}.Now().Add(time.Minute)); err != nil {
		t.Fatal(err)
	}
	for {
		_, _, err := conn.ReadMessage()
		if err == nil {
			continue
		}
		if !websocket.IsCloseError(err, code) {
			t.Errorf("closed with %v, want code %d", err, code)
		}
		return
	}
}

func since(seq int64) func(*http.Request) live.Sub {
	return func(*http.Request) live.Sub { return live.Sub{Since: seq, Sees: live.Rows(true, "")} }
}

func TestANewClientHearsWhatHappensFromNowOn(t *testing.T) {
	t.Parallel()
	w := start(t, live.Options{Poll: time.Hour}, everything)
	w.feed.add("", 3)
	conn := dial(t, w.url)
	want(t, conn, message{"hello", 3})
	w.feed.add("", 2)
	w.hub.Committed()
	want(t, conn, message{"lead.found", 4}, message{"lead.found", 5})
}

func TestAClientResumesWhereItWas(t *testing.T) {
	t.Parallel()
	w := start(t, live.Options{Poll: time.Hour}, since(1))
	w.feed.add("", 3)
	conn := dial(t, w.url)
	want(t, conn, message{"hello", 1}, message{"lead.found", 2}, message{"lead.found", 3})
}

func TestAClientThatIsFarBehindLoadsAnew(t *testing.T) {
	t.Parallel()
	w := start(t, live.Options{Poll: time.Hour}, since(1))
	w.feed.add("", 6000)
	conn := dial(t, w.url)
	want(t, conn, message{"hello", 1}, message{"resync", 6000})
	w.feed.add("", 1)
	w.hub.Committed()
	want(t, conn, message{"lead.found", 6001})
}

func TestEventsOfOtherProcessesComeByPolling(t *testing.T) {
	t.Parallel()
	w := start(t, live.Options{Poll: 10 * time.Millisecond}, everything)
	conn := dial(t, w.url)
	want(t, conn, message{"hello", 0})
	w.feed.add("", 1)
	want(t, conn, message{"lead.found", 1})
}

func TestEventsOfOtherProcessesComeByRedis(t *testing.T) {
	t.Parallel()
	server := testkit.Redis(t)
	hub := func() *world {
		opts, err := redis.ParseURL(server.URL)
		if err != nil {
			t.Fatal(err)
		}
		client := redis.NewClient(opts)
		t.Cleanup(func() { _ = client.Close() })
		return start(t, live.Options{Poll: time.Hour, Nudger: live.NewRedis(client, server.Prefix, testkit.Logger())}, everything)
	}
	near, far := hub(), hub()
	conn := dial(t, far.url)
	want(t, conn, message{"hello", 0})
	far.feed.add("", 1) // one database behind both
	got := make(chan message, 1)
	go func() {
		var m message
		if conn.ReadJSON(&m) == nil {
			got <- m
		}
	}()
	testkit.Eventually(t, "the nudge of the other process", func() bool { // it may come before the subscription stands
		near.feed.add("", 1)
		near.hub.Committed()
		return len(got) == 1
	})
	if m := <-got; m != (message{"lead.found", 1}) {
		t.Errorf("got %+v", m)
	}
}

func TestA8_AUserNeverGetsAnEventOfAForeignRow(t *testing.T) {
	t.Parallel()
	w := start(t, live.Options{Poll: time.Hour}, func(r *http.Request) live.Sub {
		return live.Sub{Since: 1, Sees: live.Rows(r.URL.Query().Get("all") == "1", r.URL.Query().Get("user"))}
	})
	w.feed.add("", 1)
	w.feed.add("ann", 1)
	w.feed.add("bob", 1)
	w.feed.add("", 1)
	for query, seqs := range map[string][]int64{"user=ann": {2, 4}, "user=bob": {3, 4}, "all=1": {2, 3, 4}, "user=": {4}} {
		conn := dial(t, w.url+"?"+query)
		want(t, conn, message{"hello", 1})
		for _, seq := range seqs {
			want(t, conn, message{"lead.found", seq})
		}
	}
}

func TestA8_ARevokedSessionIsClosed(t *testing.T) {
	t.Parallel()
	var revoked atomic.Bool
	w := start(t, live.Options{Poll: time.Hour}, func(*http.Request) live.Sub {
		return live.Sub{Sees: live.Rows(true, ""), CheckEvery: 10 * time.Millisecond, Check: func(context.Context) error {
			if revoked.Load() {
				return errors.New("signed out")
			}
			return nil
		}}
	})
	conn := dial(t, w.url)
	want(t, conn, message{"hello", 0})
	revoked.Store(true)
	wantClose(t, conn, websocket.ClosePolicyViolation)
}

func TestA8_TooLargeAndTooManyMessagesClose(t *testing.T) {
	t.Parallel()
	w := start(t, live.Options{Poll: time.Hour}, everything)
	large := dial(t, w.url)
	if err := large.WriteMessage(websocket.TextMessage, make([]byte, 64<<10+1)); err != nil {
		t.Fatal(err)
	}
	wantClose(t, large, websocket.CloseMessageTooBig)
	many := dial(t, w.url)
	for range 30 {
		if err := many.WriteMessage(websocket.TextMessage, []byte("x")); err != nil {
			break
		}
	}
	wantClose(t, many, websocket.ClosePolicyViolation)
}

func TestOneUserMayNotOpenConnectionsWithoutEnd(t *testing.T) {
	t.Parallel()
	w := start(t, live.Options{Poll: time.Hour}, func(r *http.Request) live.Sub {
		return live.Sub{Key: r.URL.Query().Get("user"), Sees: live.Rows(true, "")}
	})
	for range 32 {
		want(t, dial(t, w.url+"?user=ann"), message{"hello", 0})
	}
	wantClose(t, dial(t, w.url+"?user=ann"), websocket.CloseTryAgainLater)
	want(t, dial(t, w.url+"?user=bob"), message{"hello", 0})
}

func TestAClockThatStandsStillDoesNotBreakConnections(t *testing.T) {
	t.Parallel()
	w := start(t, live.Options{Poll: time.Hour, Clock: testkit.Clock()}, everything)
	conn := dial(t, w.url)
	want(t, conn, message{"hello", 0})
	w.feed.add("", 1)
	w.hub.Committed()
	want(t, conn, message{"lead.found", 1})
}

func TestTheHubsEndClosesConnections(t *testing.T) {
	t.Parallel()
	w := start(t, live.Options{Poll: time.Hour}, everything)
	conn := dial(t, w.url)
	want(t, conn, message{"hello", 0})
	w.stop()
	wantClose(t, conn, websocket.CloseGoingAway)
	if err := <-w.ends; err != nil {
		t.Errorf("an orderly end answers %v", err)
	}
}

func TestF8_TheFeedGoesOnAfterTheDatabaseWasAway(t *testing.T) {
	t.Parallel()
	w := start(t, live.Options{Poll: 10 * time.Millisecond}, everything)
	conn := dial(t, w.url)
	want(t, conn, message{"hello", 0})
	w.feed.fail(errors.New("away"))
	w.feed.add("", 1)
	w.hub.Committed()
	before := w.feed.reads.Load()
	testkit.Eventually(t, "the hub to have tried", func() bool { return w.feed.reads.Load() > before })
	w.feed.fail(nil)
	want(t, conn, message{"lead.found", 1})
}

// TestF22_ASlowReaderCostsNoMemoryAndLosesNothing: one client does not read while 20,000 events pass; another gets them
// all meanwhile. The slow one then resumes by its last Seq and has the rest.
func TestF22_ASlowReaderCostsNoMemoryAndLosesNothing(t *testing.T) {
	t.Parallel()
	const total = 20_000
	var from atomic.Int64
	w := start(t, live.Options{Poll: time.Hour}, func(*http.Request) live.Sub {
		return live.Sub{Since: from.Load(), Sees: live.Rows(true, "")}
	})
	slow, quick := dial(t, w.url), dial(t, w.url)
	want(t, slow, message{"hello", 0})
	want(t, quick, message{"hello", 0})
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	for sent := 0; sent < total; sent += 1000 {
		w.feed.add("", 1000)
		w.hub.Committed()
		for i := range 1000 {
			if m := next(t, quick); m.Seq != int64(sent+i+1) {
				t.Fatalf("the quick client got %d, want %d", m.Seq, sent+i+1)
			}
		}
	}
	runtime.GC()
	runtime.ReadMemStats(&after)
	if grown := int64(after.HeapAlloc) - int64(before.HeapAlloc); grown > 32<<20 {
		t.Errorf("the heap grew by %d MiB", grown>>20)
	}
	var last int64
	for range 100 {
		last = next(t, slow).Seq
	}
	if err := slow.Close(); err != nil {
		t.Fatal(err)
	}
	from.Store(total - 3000)
	again := dial(t, w.url)
	want(t, again, message{"hello", total - 3000})
	for seq := int64(total - 2999); seq <= total; seq++ {
		if m := next(t, again); m.Seq != seq {
			t.Fatalf("after coming back: got %d, want %d", m.Seq, seq)
		}
	}
	if last != 100 {
		t.Errorf("the slow client read to %d", last)
	}
}

func TestFeedFaultsAreLoggedOnce(t *testing.T) {
	t.Parallel()
	var lines atomic.Int64
	f := &feed{}
	f.fail(errors.New("away"))
	h := live.New(live.Options{Source: f, Poll: time.Millisecond, Logger: slog.New(counter{&lines})})
	ctx, cancel := context.WithCancel(t.Context())
	var running sync.WaitGroup
	running.Go(func() { h.Run(ctx) })
	srv := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		up := websocket.Upgrader{}
		if conn, err := up.Upgrade(rw, r, nil); err == nil {
			_ = h.Serve(r.Context(), conn, live.Sub{Sees: live.Rows(true, "")})
		}
	}))
	f.fail(nil)
	conn := dial(t, "ws"+strings.TrimPrefix(srv.URL, "http"))
	want(t, conn, message{"hello", 0})
	f.add("", 1)
	if m := next(t, conn); m.Seq != 1 { // now the hub follows the feed
		t.Fatalf("got %d, want 1", m.Seq)
	}
	f.fail(errors.New("away"))
	before := f.reads.Load()
	f.add("", 2)
	testkit.Eventually(t, "many tries", func() bool { return f.reads.Load() > before+20 })
	cancel()
	running.Wait()
	srv.Close()
	if n := lines.Load(); n != 1 {
		t.Errorf("%d lines were logged, want 1", n)
	}
}

type counter struct{ n *atomic.Int64 }

func (counter) Enabled(context.Context, slog.Level) bool    { return true }
func (c counter) Handle(context.Context, slog.Record) error { c.n.Add(1); return nil }
func (c counter) WithAttrs([]slog.Attr) slog.Handler        { return c }
func (c counter) WithGroup(string) slog.Handler             { return c }
