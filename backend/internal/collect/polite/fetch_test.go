package polite_test

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"go.uber.org/goleak"

	"winnow/backend/internal/collect/polite"
	"winnow/backend/internal/fault"
	"winnow/backend/internal/platform/webclient"
	"winnow/backend/internal/testkit"
	"winnow/backend/internal/testkit/web"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// trail keeps records.
type trail struct {
	mu   sync.Mutex
	list []polite.Record
}

func (t *trail) Record(r polite.Record) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.list = append(t.list, r)
}

func (t *trail) of(path string) []polite.Record {
	t.mu.Lock()
	defer t.mu.Unlock()
	var out []polite.Record
	for _, r := range t.list {
		if strings.HasSuffix(r.URL, path) {
			out = append(out, r)
		}
	}
	return out
}

// fetcher fetches from a test's web without pace, unless the options say otherwise.
func fetcher(tb testing.TB, w *web.Web, change func(*polite.Options)) (*polite.Fetcher, *trail) {
	tb.Helper()
	kept := &trail{}
	o := polite.Options{
		Door: w.Door(tb, webclient.Options{}), Contact: "https://example.com/bot", Version: "1",
		Interval: -1, IPInterval: -1, Jitter: -1, PerHost: 16, PerIP: 64, Backoff: 10 * time.Millisecond,
		Trail: kept, Logger: testkit.Logger(),
	}
	if change != nil {
		change(&o)
	}
	f, err := polite.New(o)
	if err != nil {
		tb.Fatal(err)
	}
	return f, kept
}

func TestAPageComesWithItsRecord(t *testing.T) {
	t.Parallel()
	w := web.New(t)
	h := w.Host("shop.test").Robots("User-agent: *\nAllow: /\nDisallow: /private\n").Page("/a", "<p>Grüße</p>").Page("/private/x", "no")
	f, kept := fetcher(t, w, nil)
	p, err := f.Get(t.Context(), h.URL("/a"))
	if err != nil || p.Text() != "<p>Grüße</p>" || p.Status != 200 || p.Type() != "text/html" {
		t.Fatalf("got %+v, %v", p, err)
	}
	r := kept.of("/a")
	if len(r) != 1 || r[0].Outcome != polite.Fetched || r[0].Rule.Line != 2 || r[0].Rule.Text != "Allow: /" || r[0].Bytes != int64(len(p.Body)) || r[0].Rule.File != h.URL("/robots.txt") {
		t.Errorf("the record is %+v", r)
	}
	_, err = f.Get(t.Context(), h.URL("/private/x"))
	if !fault.Is(err, fault.Forbidden) || fault.CodeOf(err) != "robots_disallowed" || !strings.Contains(err.Error(), "line 3: Disallow: /private") {
		t.Errorf("a forbidden page: %v", err)
	}
	if r := kept.of("/private/x"); len(r) != 1 || r[0].Outcome != polite.RobotsForbids || r[0].Rule.Line != 3 {
		t.Errorf("the record is %+v", r)
	}
	for _, s := range w.Seen() {
		if strings.HasPrefix(s.Path, "/private") {
			t.Error("the forbidden page was asked for")
		}
		if ua := s.Header.Get("User-Agent"); ua != "WinnowBot/1 (+https://example.com/bot)" {
			t.Errorf("we said that we are %q", ua)
		}
	}
}

// TestRobotsStatusCases holds each case of robots_http_cases.json.
func TestRobotsStatusCases(t *testing.T) {
	t.Parallel()
	w := web.New(t)
	other := w.Host("robots.test").File("/rules", "text/plain", "User-agent: *\nDisallow: /no")
	for _, c := range []struct {
		name       string
		set        func(h *web.Host)
		path, code string // "": allowed
	}{
		{"200", func(h *web.Host) { h.Robots("User-agent: *\nDisallow: /no") }, "/no", "robots_disallowed"},
		{"200-500KiB", func(h *web.Host) {
			h.Robots("User-agent: *\n" + strings.Repeat("#"+strings.Repeat("x", 99)+"\n", 5000) + "Disallow: /no")
		}, "/no", "robots_disallowed"},
		{"200-2MiB", func(h *web.Host) {
			h.Robots("User-agent: *\nDisallow: /no\n" + strings.Repeat("#"+strings.Repeat("x", 99)+"\n", 20000))
		}, "/no", "robots_disallowed"},
		{"301", func(h *web.Host) { h.RobotsStatus(301, "Location", other.URL("/rules")) }, "/no", "robots_disallowed"},
		{"301-elsewhere", func(h *web.Host) { h.RobotsStatus(301, "Location", other.URL("/rules")) }, "/yes", ""},
		{"5-hops", func(h *web.Host) {
			h.Redirect("/r1", "/r2", 302).Redirect("/r2", "/r3", 307).Redirect("/r3", "/r4", 308).Redirect("/r4", other.URL("/rules"), 301).RobotsStatus(302, "Location", "/r1")
		}, "/no", "robots_disallowed"},
		{"loop", func(h *web.Host) { h.RobotsStatus(302, "Location", "/robots.txt") }, "/yes", ""},
		{"401", func(h *web.Host) { h.RobotsStatus(401) }, "/yes", ""},
		{"403", func(h *web.Host) { h.RobotsStatus(403) }, "/yes", ""},
		{"404", func(*web.Host) {}, "/yes", ""},
		{"410", func(h *web.Host) { h.RobotsStatus(410) }, "/yes", ""},
		{"304", func(h *web.Host) { h.RobotsStatus(304) }, "/yes", ""},
		{"429", func(h *web.Host) { h.RobotsStatus(429, "Retry-After", "3600") }, "/yes", "host_busy"},
		{"500", func(h *web.Host) { h.RobotsStatus(500) }, "/yes", "robots_unreachable"},
		{"503", func(h *web.Host) { h.RobotsStatus(503, "Retry-After", "3600") }, "/yes", "robots_unreachable"},
		{"hangs-up", func(h *web.Host) {
			h.RobotsBy(func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) })
		}, "/yes", "robots_unreachable"},
		{"timeout", func(h *web.Host) {
			h.RobotsBy(func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() })
		}, "/yes", "robots_unreachable"},
		{"no-name", func(h *web.Host) { w.Resolve(h.Name()) }, "/yes", "robots_unreachable"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			h := w.Host(strings.ToLower(c.name)+".test").Page("/yes", "yes").Page("/no", "no")
			c.set(h)
			f, _ := fetcher(t, w, func(o *polite.Options) { o.Timeout = 2 * time.Second })
			_, err := f.Get(t.Context(), h.URL(c.path))
			got := ""
			if err != nil {
				got = fault.CodeOf(err)
			}
			if got != c.code {
				t.Errorf("got %q (%v), want %q", got, err, c.code)
			}
		})
	}
}

func TestRobotsAreAskedOnceADay(t *testing.T) {
	t.Parallel()
	w, clk := web.New(t), testkit.Clock()
	h := w.Host("shop.test").Robots("").All(func(http.ResponseWriter, *http.Request) {})
	dead := w.Host("dead.test").RobotsStatus(500).All(func(http.ResponseWriter, *http.Request) {})
	f, _ := fetcher(t, w, func(o *polite.Options) { o.Clock = clk })
	ask := func(h *web.Host) {
		var all sync.WaitGroup
		for i := range 20 {
			all.Go(func() { _, _ = f.Get(t.Context(), h.URL(fmt.Sprintf("/%d", i))) })
		}
		all.Wait()
	}
	count := func(h *web.Host) (n int) {
		for _, s := range w.Seen() {
			if s.Host == h.Name() && s.Path == "/robots.txt" {
				n++
			}
		}
		return n
	}
	ask(h)
	ask(dead)
	if a, b := count(h), count(dead); a != 1 || b != 1 {
		t.Errorf("asked %d and %d times, want once each", a, b)
	}
	clk.Advance(11 * time.Minute)
	ask(dead)
	clk.Advance(11 * time.Minute)
	ask(dead) // the second silence lasts longer
	if n := count(dead); n != 2 {
		t.Errorf("the dead host was asked %d times, want 2", n)
	}
	clk.Advance(24 * time.Hour)
	ask(h)
	if n := count(h); n != 2 {
		t.Errorf("after a day it was asked %d times, want 2", n)
	}
}

func TestARedirectIsHeldAgainstTheRobotsOfItsTarget(t *testing.T) {
	t.Parallel()
	w := web.New(t)
	b := w.Host("b.test").Robots("User-agent: winnowbot\nDisallow: /hidden").Page("/hidden", "secret").Page("/open", "open")
	a := w.Host("a.test").Redirect("/in", b.URL("/hidden"), 302).Redirect("/on", b.URL("/open"), 302).RedirectsWithoutEnd("/loop")
	f, kept := fetcher(t, w, nil)
	if _, err := f.Get(t.Context(), a.URL("/in")); fault.CodeOf(err) != "robots_disallowed" {
		t.Errorf("got %v", err)
	}
	p, err := f.Get(t.Context(), a.URL("/on"))
	if err != nil || p.URL != b.URL("/open") || p.Asked != a.URL("/on") || p.Text() != "open" {
		t.Errorf("got %+v, %v", p, err)
	}
	if r := kept.of("/hidden"); len(r) != 1 || r[0].From != a.URL("/in") || r[0].Outcome != polite.RobotsForbids {
		t.Errorf("the record is %+v", r)
	}
	if _, err := f.Get(t.Context(), a.URL("/loop")); !fault.Is(err, fault.Unavailable) {
		t.Errorf("a loop: %v", err)
	}
	loops := 0
	for _, s := range w.Seen() {
		if s.Path == "/hidden" {
			t.Error("the hidden page was asked for")
		}
		if strings.HasPrefix(s.Path, "/loop") {
			loops++
		}
	}
	if loops != 6 {
		t.Errorf("the loop was walked %d times, want 1 and 5 hops", loops)
	}
}

func TestABusyHostIsLeftAloneAsLongAsItAsks(t *testing.T) {
	t.Parallel()
	w := web.New(t)
	h := w.Host("busy.test").Busy("/a", 1, 429, "at last", "Retry-After", "1").Page("/b", "b")
	f, kept := fetcher(t, w, nil)
	var all sync.WaitGroup
	began := time.Now()
	var got atomic.Value
	all.Go(func() {
		p, err := f.Get(t.Context(), h.URL("/a"))
		if err == nil {
			got.Store(p.Text())
		}
	})
	testkit.Eventually(t, "the refusal to be taken in", func() bool { return len(kept.of("/a")) > 0 })
	all.Go(func() { _, _ = f.Get(t.Context(), h.URL("/b")) }) // another page of the host waits too
	all.Wait()
	if got.Load() != "at last" {
		t.Errorf("got %v", got.Load())
	}
	var refused time.Time
	for _, s := range w.Seen() {
		switch {
		case s.Status == 429:
			refused = s.At
		case !refused.IsZero() && s.At.Sub(refused) < 990*time.Millisecond:
			t.Errorf("%s was asked %v after the refusal", s.Path, s.At.Sub(refused))
		}
	}
	if took := time.Since(began); took < time.Second {
		t.Errorf("all was over in %v", took)
	}
	long := w.Host("long.test").Busy("/a", 1, 503, "x", "Retry-After", "3600")
	_, err := f.Get(t.Context(), long.URL("/a"))
	e, ok := err.(*fault.Error) //nolint:errorlint // the fault itself is wanted
	if !ok || e.Kind != fault.RateLimited || e.RetryAfter < 59*time.Minute {
		t.Errorf("a long pause: %v", err)
	}
}

func TestAPausedHostIsRememberedOverARestart(t *testing.T) {
	t.Parallel()
	w := web.New(t)
	h := w.Host("busy.test").Busy("/a", 1, 429, "x", "Retry-After", "3600")
	kept := &polite.Memory{}
	f, _ := fetcher(t, w, func(o *polite.Options) { o.Gates = kept })
	_, _ = f.Get(t.Context(), h.URL("/a"))
	w.Forget()
	again, _ := fetcher(t, w, func(o *polite.Options) { o.Gates = kept })
	if _, err := again.Get(t.Context(), h.URL("/a")); fault.CodeOf(err) != "host_waits" {
		t.Errorf("got %v", err)
	}
	if n := len(w.Seen()); n != 0 {
		t.Errorf("%d requests were made", n)
	}
}

func TestAPageThatHasNotChangedIsNotSentAgain(t *testing.T) {
	t.Parallel()
	w := web.New(t)
	h := w.Host("shop.test").Versioned("/v", `"1"`, "body")
	f, kept := fetcher(t, w, nil)
	for i, want := range []bool{false, true} {
		p, err := f.Do(t.Context(), polite.Request{URL: h.URL("/v"), Conditional: true})
		if err != nil || p.NotModified != want {
			t.Fatalf("%d: %+v, %v", i, p, err)
		}
	}
	if r := kept.of("/v"); len(r) != 2 || r[1].Outcome != polite.NotModified {
		t.Errorf("the records are %+v", r)
	}
}

func TestAnInterfaceIsAskedWithoutRobotsAndItsKeyIsNotWrittenDown(t *testing.T) {
	t.Parallel()
	w := web.New(t)
	h := w.Host("api.test").Robots("User-agent: *\nDisallow: /").File("/v2", "application/json", "{}")
	f, kept := fetcher(t, w, nil)
	p, err := f.Do(t.Context(), polite.Request{URL: h.URL("/v2?key=canary"), API: true})
	if err != nil || p.Text() != "{}" {
		t.Fatal(err)
	}
	for _, r := range kept.list {
		if strings.Contains(fmt.Sprintf("%+v", r), "canary") {
			t.Errorf("the record holds the key: %+v", r)
		}
	}
	agreed := polite.WithPolicy(t.Context(), polite.Policy{IgnoreRobots: true})
	if _, err := f.Get(agreed, h.URL("/v2")); err != nil {
		t.Error(err)
	}
	if r := kept.of("/v2"); len(r) != 1 || !strings.HasPrefix(r[0].Robots, "set aside: Disallow: /") {
		t.Errorf("the record is %+v", r)
	}
}

func TestAStepHasItsOwnRecords(t *testing.T) {
	t.Parallel()
	w := web.New(t)
	h := w.Host("a.test").Robots("User-agent: *\nCrawl-delay: 7200\nDisallow: /no").Page("/a", "abc")
	f, _ := fetcher(t, w, nil)
	var mine, other polite.Log
	_, err := f.Get(polite.WithTrail(t.Context(), &mine), h.URL("/a"))
	_, no := f.Get(polite.WithTrail(t.Context(), &other), h.URL("/no"))
	if err != nil || no == nil {
		t.Fatal(err, no)
	}
	list, dropped := mine.Take()
	if len(list) != 2 || dropped != 0 || list[1].Robots != "no rule (its Crawl-delay of 2h0m0s is kept as 1m0s)" {
		t.Errorf("the step's records are %+v", list)
	}
	if pages, bytes := mine.Counts(); pages != 2 || bytes != list[0].Bytes+3 {
		t.Errorf("%d pages, %d octets", pages, bytes)
	}
	if list, _ := other.Take(); len(list) != 1 || list[0].Outcome != polite.RobotsForbids {
		t.Errorf("the other step's records are %+v", list)
	}
	if list, _ := mine.Take(); list != nil {
		t.Error("they are handed out twice")
	}
}

func TestACallEndsWithItsContext(t *testing.T) {
	t.Parallel()
	w := web.New(t)
	h := w.Host("slow.test").Slow("/a", time.Minute, "")
	f, _ := fetcher(t, w, nil)
	ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer cancel()
	began := time.Now()
	if _, err := f.Get(ctx, h.URL("/a")); err == nil {
		t.Error("it answered")
	}
	if time.Since(began) > 10*time.Second {
		t.Error("it went on")
	}
}
