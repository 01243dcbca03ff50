package polite_test

import (
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"winnow/backend/internal/collect/polite"
	"winnow/backend/internal/platform/webclient"
	"winnow/backend/internal/testkit"
	"winnow/backend/internal/testkit/web"
)

// hosts is a door without a network, for tests in virtual time: it notes when it was asked.
type hosts struct {
	robots map[string]string
	took   time.Duration
	status func(host, path string, n int) (int, string)

	mu   sync.Mutex
	at   map[string][]time.Time
	busy map[string]int
	most map[string]int
}

func (*hosts) Redirect(*http.Request, []*http.Request) error { return nil }

func (h *hosts) Hop(req *http.Request, _ []*http.Request) (*http.Response, error) {
	host := req.URL.Hostname()
	status, retry, body := 200, "", "page"
	if req.URL.Path == "/robots.txt" {
		body = h.robots[host]
	} else {
		h.mu.Lock()
		h.at[host] = append(h.at[host], time.Now())
		n := len(h.at[host])
		h.busy[host]++
		h.most[host] = max(h.most[host], h.busy[host])
		h.mu.Unlock()
		if h.status != nil {
			status, retry = h.status(host, req.URL.Path, n)
		}
		time.Sleep(h.took)
		h.mu.Lock()
		h.busy[host]--
		h.mu.Unlock()
	}
	r := &http.Response{StatusCode: status, Header: http.Header{}, Body: io.NopCloser(strings.NewReader(body)), ContentLength: int64(len(body)), Request: req}
	if retry != "" {
		r.Header.Set("Retry-After", retry)
	}
	return r, nil
}

func (h *hosts) gaps(host string) []time.Duration {
	h.mu.Lock()
	defer h.mu.Unlock()
	list := slices.Clone(h.at[host])
	slices.SortFunc(list, time.Time.Compare)
	var out []time.Duration
	for i := 1; i < len(list); i++ {
		out = append(out, list[i].Sub(list[i-1]).Round(time.Millisecond)) // the clock counts microseconds
	}
	return out
}

func paced(t *testing.T, h *hosts, change func(*polite.Options)) *polite.Fetcher {
	t.Helper()
	h.at, h.busy, h.most = map[string][]time.Time{}, map[string]int{}, map[string]int{}
	o := polite.Options{Door: h, Contact: "https://example.com/bot", Patience: time.Hour, Timeout: time.Hour, Logger: testkit.Logger()}
	if change != nil {
		change(&o)
	}
	f, err := polite.New(o)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// together asks for n pages of each host at the same time.
func together(t *testing.T, f *polite.Fetcher, n int, names ...string) {
	t.Helper()
	var all sync.WaitGroup
	for _, name := range names {
		for i := range n {
			all.Go(func() {
				if _, err := f.Get(t.Context(), fmt.Sprintf("http://%s/%d", name, i)); err != nil {
					t.Errorf("%s: %v", name, err)
				}
			})
		}
	}
	all.Wait()
}

func TestEachHostHasItsOwnPace(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		h := &hosts{took: 3 * time.Second, robots: map[string]string{
			"slow.test": "User-agent: *\nCrawl-delay: 10", "capped.test": "User-agent: *\nCrawl-delay: 9999",
		}}
		f := paced(t, h, nil)
		began := time.Now()
		together(t, f, 10, "one.test", "two.test", "slow.test", "www.slow.test", "capped.test")
		for host, want := range map[string][2]time.Duration{
			"one.test": {time.Second, 13 * time.Second / 10}, "slow.test": {10 * time.Second, time.Hour}, "capped.test": {time.Minute, 78 * time.Second},
		} {
			for _, gap := range h.gaps(host) {
				// Two at once of three seconds each: the pace is the places' then, not the interval's.
				if gap < want[0] || (gap > want[1] && host != "one.test") {
					t.Errorf("%s was asked again after %v, want %v", host, gap, want)
				}
			}
			if h.most[host] > 2 {
				t.Errorf("%s: %d requests at once", host, h.most[host])
			}
		}
		if took := time.Since(began); took > 12*time.Minute {
			t.Errorf("one host held the others up: all took %v", took)
		}
		seen := map[time.Duration]int{}
		for _, gap := range h.gaps("capped.test") {
			seen[gap]++
		}
		if len(seen) < 5 {
			t.Errorf("there is no jitter: %v", seen)
		}
	})
}

func TestHostsOfOneOwnerShareAPace(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		h := &hosts{}
		f := paced(t, h, nil)
		began := time.Now()
		together(t, f, 3, "a.shop.co.uk", "b.shop.co.uk", "shop.co.uk", "other.co.uk")
		if took := time.Since(began); took < 11*time.Second || took > 17*time.Second { // 3 robots.txt and 9 pages
			t.Errorf("nine pages and three robots.txt of one owner took %v", took)
		}
	})
}

func TestTroubleSlowsAHostDownAndItRecoversSlowly(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		h := &hosts{status: func(_, _ string, n int) (int, string) {
			if n == 3 || n == 4 {
				return 429, map[int]string{3: "", 4: "garbage"}[n]
			}
			return 200, ""
		}}
		f := paced(t, h, func(o *polite.Options) { o.Jitter = -1 })
		for i := range 60 {
			if _, err := f.Get(t.Context(), fmt.Sprintf("http://a.test/%d", i)); err != nil {
				t.Fatal(err)
			}
		}
		gaps := h.gaps("a.test")
		if gaps[1] != time.Second || gaps[2] < 5*time.Second || gaps[3] < 10*time.Second {
			t.Errorf("the pauses after trouble are %v", gaps[:5])
		}
		after := gaps[4:]
		if after[0] < 3500*time.Millisecond || after[0] > 4*time.Second {
			t.Errorf("twice slower twice is %v, want 4 s and a tenth of the way back", after[0])
		}
		for i := 1; i < len(after); i++ {
			if after[i] > after[i-1] {
				t.Errorf("the pace does not recover: %v", after)
			}
		}
		if last := after[len(after)-1]; last != time.Second || after[10] < 1500*time.Millisecond {
			t.Errorf("it recovers too fast or never: %v", after)
		}
	})
}

func TestARetryAfterIsKeptByAllUnderWay(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		for _, name := range []string{"seconds", "date"} {
			header := "120"
			if name == "date" {
				header = time.Now().UTC().Add(2 * time.Minute).Format(http.TimeFormat)
			}
			h := &hosts{status: func(_, _ string, n int) (int, string) {
				if n == 1 {
					return 503, header
				}
				return 200, ""
			}}
			f := paced(t, h, nil)
			together(t, f, 5, "a.test")
			if gaps := h.gaps("a.test"); gaps[0] < 118*time.Second || len(gaps) != 5 {
				t.Errorf("%s: %v", name, gaps)
			}
		}
	})
}

// TestPaceAndRobotsOnRealTime is short and real: the server's own log proves both.
func TestPaceAndRobotsOnRealTime(t *testing.T) {
	t.Parallel()
	w := web.New(t)
	names := []string{"one.test", "two.test", "three.test"}
	for _, n := range names {
		w.Host(n).Robots("User-agent: *\nDisallow: /no\nCrawl-delay: 0.2").All(func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "x") })
	}
	f, _ := fetcher(t, w, func(o *polite.Options) {
		o.Interval, o.PerHost, o.Door = 50*time.Millisecond, 2, w.Door(t, webclient.Options{})
	})
	var all sync.WaitGroup
	for i := range 8 {
		for _, n := range names {
			all.Go(func() {
				_, _ = f.Get(t.Context(), w.Host(n).URL(fmt.Sprintf("/%s/%d", []string{"yes", "no"}[i%2], i)))
			})
		}
	}
	all.Wait()
	first, last, count, robots := map[string]time.Time{}, map[string]time.Time{}, map[string]int{}, map[string]int{}
	for _, s := range w.Seen() {
		switch {
		case s.Path == "/robots.txt":
			robots[s.Host]++
		case strings.HasPrefix(s.Path, "/no"):
			t.Errorf("%s%s was asked for", s.Host, s.Path)
		default:
			if first[s.Host].IsZero() || s.At.Before(first[s.Host]) {
				first[s.Host] = s.At
			}
			if s.At.After(last[s.Host]) {
				last[s.Host] = s.At
			}
			count[s.Host]++
		}
	}
	for _, n := range names {
		// A busy server may look at its watch late, so the whole is measured: four pages, three waits of 200 ms.
		if took := last[n].Sub(first[n]); robots[n] != 1 || count[n] != 4 || took < 500*time.Millisecond {
			t.Errorf("%s: robots.txt %d times, %d pages within %v", n, robots[n], count[n], took)
		}
	}
}
