package cache_test

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"go.uber.org/goleak"

	"winnow/backend/internal/clock"
	"winnow/backend/internal/platform/cache"
	"winnow/backend/internal/testkit"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func open(t *testing.T, o cache.Options, redisURL string) *cache.Cache {
	t.Helper()
	c, err := cache.New(options(t, o, redisURL))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func options(t *testing.T, o cache.Options, redisURL string) cache.Options {
	t.Helper()
	if o.Logger == nil {
		o.Logger = testkit.Logger()
	}
	if redisURL != "" {
		client, err := cache.OpenRedis(redisURL)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = client.Close() })
		o.Redis = client
	}
	return o
}

// lines counts log lines.
type lines struct{ n atomic.Int64 }

func (*lines) Enabled(context.Context, slog.Level) bool    { return true }
func (l *lines) Handle(context.Context, slog.Record) error { l.n.Add(1); return nil }
func (l *lines) WithAttrs([]slog.Attr) slog.Handler        { return l }
func (l *lines) WithGroup(string) slog.Handler             { return l }

func want(t *testing.T, c *cache.Cache, key, value string) {
	t.Helper()
	b, ok := c.Get(t.Context(), key)
	if ok != (value != "") || string(b) != value {
		t.Errorf("%s is %q (%v), want %q", key, b, ok, value)
	}
}

func TestAValueIsKeptForItsTime(t *testing.T) {
	t.Parallel()
	clk := testkit.Clock()
	c := open(t, cache.Options{Clock: clk}, "")
	c.Set(t.Context(), "k", []byte("v"), time.Minute)
	want(t, c, "k", "v")
	clk.Advance(time.Minute)
	want(t, c, "k", "")
	c.Set(t.Context(), "k", []byte("w"), time.Minute)
	c.Delete(t.Context(), "k")
	want(t, c, "k", "")
	c.Set(t.Context(), "k", []byte("w"), 0)
	want(t, c, "k", "")
}

func TestTwoProcessesShareValuesThroughRedis(t *testing.T) {
	t.Parallel()
	server := testkit.Redis(t)
	o := cache.Options{Prefix: server.Prefix}
	a, b := open(t, o, server.URL), open(t, o, server.URL)
	a.Set(t.Context(), "k", []byte("v"), time.Minute)
	want(t, b, "k", "v")
	b.Delete(t.Context(), "k")
	want(t, a, "k", "")
}

func TestF10_WithoutRedisMemoryServesAndOldCopiesAreNotSeenAfterwards(t *testing.T) {
	t.Parallel()
	server, clk, log := testkit.FakeRedis(t), testkit.Clock(), &lines{}
	c := open(t, cache.Options{Clock: clk, Logger: slog.New(log)}, "redis://"+server.Addr())
	c.Set(t.Context(), "changed", []byte("old"), time.Hour)
	c.Set(t.Context(), "deleted", []byte("old"), time.Hour)
	server.SetError("LOADING gone fishing")
	for range 20 {
		c.Set(t.Context(), "changed", []byte("new"), time.Hour)
	}
	want(t, c, "changed", "new")
	c.Delete(t.Context(), "deleted")
	want(t, c, "deleted", "")
	if n := log.n.Load(); n != 1 {
		t.Errorf("%d lines were logged, want 1", n)
	}
	server.SetError("")
	clk.Advance(5 * time.Second)
	want(t, c, "changed", "") // made anew, never the old one
	want(t, c, "deleted", "")
	c.Set(t.Context(), "changed", []byte("newer"), time.Hour)
	if got, err := server.Get("changed"); err != nil || got != "newer" {
		t.Errorf("Redis has %q, %v", got, err)
	}
	if n := log.n.Load(); n != 2 {
		t.Errorf("%d lines were logged, want 2", n)
	}
}

func TestF10_AnAbsentRedisCostsOneWaitNotOnePerCall(t *testing.T) {
	t.Parallel()
	server := testkit.FakeRedis(t)
	addr := server.Addr()
	server.Close()
	log := &lines{}
	c := open(t, cache.Options{Clock: testkit.Clock(), Logger: slog.New(log)}, "redis://"+addr)
	for range 1000 {
		c.Set(t.Context(), "k", []byte("v"), time.Minute)
		want(t, c, "k", "v")
	}
	if n := log.n.Load(); n != 1 {
		t.Errorf("%d lines were logged, want 1", n)
	}
}

func TestCallersAtOnceShareOneLoad(t *testing.T) {
	t.Parallel()
	c := open(t, cache.Options{}, "")
	var loads atomic.Int64
	release := make(chan struct{})
	var group sync.WaitGroup
	for range 20 {
		group.Go(func() {
			v, err := cache.Load(t.Context(), c, "k", time.Minute, func(context.Context) (int, error) {
				loads.Add(1)
				<-release
				return 7, nil
			})
			if err != nil || v != 7 {
				t.Errorf("got %d, %v", v, err)
			}
		})
	}
	testkit.Eventually(t, "a load", func() bool { return loads.Load() == 1 })
	close(release)
	group.Wait()
	if n := loads.Load(); n != 1 {
		t.Errorf("loaded %d times", n)
	}
}

func TestAFailedLoadIsNotKept(t *testing.T) {
	t.Parallel()
	c := open(t, cache.Options{}, "")
	broken := errors.New("broken")
	load := func(context.Context) ([]byte, error) { return nil, broken }
	if _, err := c.GetOrLoad(t.Context(), "k", time.Minute, load); !errors.Is(err, broken) {
		t.Errorf("got %v", err)
	}
	want(t, c, "k", "")
}

func TestMemoryIsBounded(t *testing.T) {
	t.Parallel()
	c := open(t, cache.Options{MaxBytes: 1 << 20}, "")
	for i := range 2000 {
		c.Set(t.Context(), string(rune('a'+i%26))+string(rune(i)), make([]byte, 10_000), time.Hour)
	}
	kept := 0
	testkit.Eventually(t, "the cache to shrink", func() bool {
		kept = 0
		for i := range 2000 {
			if _, ok := c.Get(t.Context(), string(rune('a'+i%26))+string(rune(i))); ok {
				kept++
			}
		}
		return kept <= 110
	})
	if kept == 0 {
		t.Error("nothing was kept")
	}
}

func TestARateIsHeldByOneProcess(t *testing.T) {
	t.Parallel()
	clk := testkit.Clock()
	l := cache.NewLimiter(options(t, cache.Options{Clock: clk}, ""))
	grants := take(t, l, 100, 60)
	if grants != 60 {
		t.Errorf("%d of 100 were granted at once, want 60", grants)
	}
	wait, err := l.Take(t.Context(), "k", 5, 60)
	if err != nil || wait != 5*time.Second {
		t.Errorf("wait %v, %v; want 5 s", wait, err)
	}
	clk.Advance(wait)
	if wait, err = l.Take(t.Context(), "k", 5, 60); wait != 0 || err != nil {
		t.Errorf("after the wait: %v, %v", wait, err)
	}
	if wait, err = l.Take(t.Context(), "other", 1000, 60); wait != 0 || err != nil {
		t.Errorf("more than the limit must be granted by a full bucket: %v, %v", wait, err)
	}
}

func take(t *testing.T, l *cache.Limiter, n, limit int) (granted int) {
	t.Helper()
	for range n {
		wait, err := l.Take(t.Context(), "k", 1, limit)
		if err != nil {
			t.Fatal(err)
		}
		if wait == 0 {
			granted++
		}
	}
	return granted
}

func TestARateIsHeldByTwoProcessesTogether(t *testing.T) {
	t.Parallel()
	server := testkit.Redis(t)
	o := cache.Options{Prefix: server.Prefix}
	a, b := cache.NewLimiter(options(t, o, server.URL)), cache.NewLimiter(options(t, o, server.URL))
	// One a minute refills too slowly to be seen here.
	if got := take(t, a, 1, 1) + take(t, b, 1, 1) + take(t, a, 3, 1); got != 1 {
		t.Errorf("%d were granted, want 1", got)
	}
	if wait, err := b.Take(t.Context(), "k", 1, 1); err != nil || wait < 30*time.Second || wait > time.Minute {
		t.Errorf("wait %v, %v", wait, err)
	}
}

// TestF10_TheRateHoldsWhenRedisComesAndGoes: what Redis granted counts when this process must go on alone.
func TestF10_TheRateHoldsWhenRedisComesAndGoes(t *testing.T) {
	t.Parallel()
	server, clk := testkit.FakeRedis(t), testkit.Clock()
	l := cache.NewLimiter(options(t, cache.Options{Clock: clock.Clock(clk)}, "redis://"+server.Addr()))
	server.SetTime(clk.Now())
	granted := take(t, l, 40, 60)
	server.SetError("ERR away")
	granted += take(t, l, 100, 60)
	server.SetError("")
	clk.Advance(4 * time.Second) // the pause ends; four more may come
	server.SetTime(clk.Now())
	granted += take(t, l, 100, 60)
	if granted < 64 || granted > 64+60 {
		t.Errorf("%d were granted; want 64, and at most one bucket more", granted)
	}
	t.Logf("granted %d of a fair 64", granted)
}
