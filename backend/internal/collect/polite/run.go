package polite

import (
	"context"
	"net/url"
	"strings"
	"sync"

	"winnow/backend/internal/fault"
)

// Limits bound one run of a source, so that a trap ends. Zero is the usual value.
type Limits struct {
	Pages    int   // in all; 0 = 1,000
	PerHost  int   // of one site; 0 = 500
	Depth    int   // links away from where the run began; 0 = 5
	Length   int   // of an address; 0 = 2,000
	Repeats  int   // of one segment in a path; 0 = 3
	Alike    int   // pages of a site whose addresses differ in numbers alone, as a calendar's do; 0 = 200
	Bytes    int64 // of all bodies; 0 = 256 MiB
	Waiting  int   // addresses that may wait in a crawl's queue; 0 = 10,000
	Failures int   // pages of a site that may fail one after the other; 0 = 20
}

func (l Limits) filled() Limits {
	l.Pages, l.PerHost, l.Depth, l.Length = or(l.Pages, 1000), or(l.PerHost, 500), or(l.Depth, 5), or(l.Length, 2000)
	l.Repeats, l.Alike, l.Bytes, l.Waiting = or(l.Repeats, 3), or(l.Alike, 200), or(l.Bytes, 256<<20), or(l.Waiting, 10_000)
	l.Failures = or(l.Failures, 20)
	return l
}

// Run is one run of a source, or one step of it: it counts what was fetched and holds the limits. Make one with
// Fetcher.Run; safe for concurrent use.
type Run struct {
	f *Fetcher
	l Limits

	mu    sync.Mutex
	pages int
	bytes int64
	sites map[string]*siteCount
}

type siteCount struct {
	pages, failures int
	alike           map[string]int
}

// Run begins a run.
func (f *Fetcher) Run(l Limits) *Run {
	return &Run{f: f, l: l.filled(), sites: map[string]*siteCount{}}
}

// Counts is how many pages and octets the run fetched so far.
func (r *Run) Counts() (pages int, bytes int64) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.pages, r.bytes
}

// Get fetches a page within the limits.
func (r *Run) Get(ctx context.Context, address string) (*Page, error) {
	return r.Do(ctx, Request{URL: address})
}

// Do is Fetcher.Do within the limits. More faults: TooLarge limit_pages, limit_host, limit_length, limit_repeats,
// limit_alike, limit_bytes; Unavailable limit_failures.
func (r *Run) Do(ctx context.Context, q Request) (*Page, error) {
	u, err := url.Parse(q.URL)
	if err != nil {
		return nil, fault.Wrap(err, fault.Invalid, "url_bad", "This is not a web address")
	}
	if err := r.admit(ctx, u, q.API); err != nil {
		return nil, err
	}
	p, err := r.f.Do(ctx, q)
	var n int
	if p != nil {
		n = len(p.Body)
	}
	r.count(u, n, err)
	return p, err
}

// admit takes a place for a page, or says which limit speaks against it.
func (r *Run) admit(ctx context.Context, u *url.URL, api bool) error {
	err := r.place(u, api)
	if err != nil {
		r.f.note(ctx, Record{URL: shown(u, api), At: r.f.o.Clock.Now(), Outcome: Limited, Error: err.Error()})
	}
	return err
}

func (r *Run) place(u *url.URL, api bool) error {
	if !api && len(u.String()) > r.l.Length {
		return fault.Newf(fault.TooLarge, "limit_length", "The address is longer than %d letters, which real pages' are not", r.l.Length)
	}
	if !api && repeats(u.Path) > r.l.Repeats {
		return fault.Newf(fault.TooLarge, "limit_repeats", "The address repeats one folder more than %d times: links lead in a circle there", r.l.Repeats)
	}
	key := siteOf(u.Hostname())
	r.mu.Lock()
	defer r.mu.Unlock()
	s := r.sites[key]
	if s == nil {
		s = &siteCount{alike: map[string]int{}}
		r.sites[key] = s
	}
	shape := shape(u)
	switch {
	case r.pages >= r.l.Pages:
		return fault.Newf(fault.TooLarge, "limit_pages", "The run has fetched its %d pages", r.l.Pages)
	case r.bytes >= r.l.Bytes:
		return fault.Newf(fault.TooLarge, "limit_bytes", "The run has fetched its %d MiB", r.l.Bytes>>20)
	case s.pages >= r.l.PerHost:
		return fault.Newf(fault.TooLarge, "limit_host", "The run has fetched its %d pages of %s", r.l.PerHost, key)
	case s.failures >= r.l.Failures:
		return fault.Newf(fault.Unavailable, "limit_failures", "%d pages of %s failed one after the other; the rest is left alone", s.failures, key)
	case !api && s.alike[shape] >= r.l.Alike:
		return fault.Newf(fault.TooLarge, "limit_alike", "The run has fetched %d pages of %s that differ in numbers alone, as those of an endless calendar do", r.l.Alike, key)
	}
	r.pages++
	s.pages++
	s.alike[shape]++
	return nil
}

// count books what came.
func (r *Run) count(u *url.URL, n int, err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.bytes += int64(n)
	s := r.sites[siteOf(u.Hostname())]
	switch {
	case s == nil:
	case fault.Is(err, fault.Unavailable):
		s.failures++
	case err == nil:
		s.failures = 0
	}
}

// repeats is how often the most frequent segment stands in a path.
func repeats(path string) int {
	seen, most := map[string]int{}, 0
	for segment := range strings.SplitSeq(path, "/") {
		if segment != "" {
			seen[segment]++
			most = max(most, seen[segment])
		}
	}
	return most
}

// shape is an address with each number written as 0.
func shape(u *url.URL) string {
	s := u.Hostname() + u.Path + "?" + u.RawQuery
	out := make([]byte, 0, len(s))
	for i := range len(s) {
		c := s[i]
		if c >= '0' && c <= '9' {
			c = '0'
			if n := len(out); n > 0 && out[n-1] == '0' {
				continue
			}
		}
		out = append(out, c)
	}
	return string(out)
}
