package polite

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
	"sync"
	"time"

	"golang.org/x/sync/singleflight"

	"winnow/backend/internal/fault"
)

const (
	robotsTTL     = 24 * time.Hour   // RFC 9309, 2.4
	robotsNegTTL  = 10 * time.Minute // before an unreachable robots.txt is tried again; doubles up to the next
	robotsNegMax  = 2 * time.Hour
	robotsBytes   = 512 << 10 // RFC 9309, 2.5: at least 500 KiB
	robotsHops    = 5
	robotsCached  = 10_000
	maxSitemaps   = 100
	maxCrawlDelay = time.Minute
)

// permit is what a host's robots.txt allows, and for how long that is known.
type permit struct {
	file     string
	rules    *rules // nil: everything (by status) or nothing (closed)
	closed   bool   // unreachable: nothing may be fetched
	why      string
	status   int
	expires  time.Time
	failures int
}

// robots keeps the permits of hosts.
type robots struct {
	f      *Fetcher
	flight singleflight.Group
	mu     sync.Mutex
	known  map[string]*permit
}

// of is the permit for an address, asked for once however many want it at the same moment.
func (r *robots) of(ctx context.Context, u *url.URL) (*permit, error) {
	key := u.Scheme + "://" + u.Host
	if p := r.fresh(key); p != nil {
		return p, nil
	}
	type answer struct {
		p   *permit
		err error
	}
	done := r.flight.DoChan(key, func() (any, error) {
		if p := r.fresh(key); p != nil {
			return answer{p: p}, nil
		}
		// Whoever came first may give up; the others still want the answer. The policy and trail of the first are kept.
		own, cancel := context.WithTimeout(context.WithoutCancel(ctx), r.f.o.Patience+r.f.o.Timeout)
		defer cancel()
		p, err := r.fetch(own, key)
		if err == nil {
			r.keep(key, p)
		}
		return answer{p, err}, nil
	})
	select {
	case <-ctx.Done():
		return nil, context.Cause(ctx)
	case got := <-done:
		a, _ := got.Val.(answer)
		return a.p, a.err
	}
}

func (r *robots) fresh(key string) *permit {
	now := r.f.o.Clock.Now()
	r.mu.Lock()
	defer r.mu.Unlock()
	if p := r.known[key]; p != nil && now.Before(p.expires) {
		return p
	}
	return nil
}

func (r *robots) keep(key string, p *permit) {
	now := r.f.o.Clock.Now()
	r.mu.Lock()
	defer r.mu.Unlock()
	p.expires = now.Add(robotsTTL)
	if p.closed {
		if old := r.known[key]; old != nil {
			p.failures = min(old.failures+1, 8)
		}
		p.expires = now.Add(min(robotsNegTTL<<p.failures, robotsNegMax))
	}
	if len(r.known) >= robotsCached {
		r.shrink(now)
	}
	r.known[key] = p
}

// shrink drops what has expired, and a tenth of the rest when that is not enough.
func (r *robots) shrink(now time.Time) {
	for key, p := range r.known {
		if !now.Before(p.expires) {
			delete(r.known, key)
		}
	}
	for key := range r.known {
		if len(r.known) < robotsCached*9/10 {
			return
		}
		delete(r.known, key)
	}
}

// fetch reads a robots.txt, following redirects wherever they lead: the rules count for the host that was asked first.
// The error says that the host wants us to wait; anything else is a permit.
func (r *robots) fetch(ctx context.Context, origin string) (*permit, error) {
	p := &permit{file: origin + "/robots.txt"}
	var via []*http.Request
	at := p.file
	for {
		req, err := http.NewRequestWithContext(ctx, http.MethodGet, at, nil) //nolint:gosec // the door checks each address
		if err != nil {
			return p.unavailable("redirected to no address"), nil //nolint:nilerr // that is an answer: there are no rules
		}
		h := r.f.hop(ctx, req, via, hopPlan{robotsFile: true, maxBytes: robotsBytes})
		if h.err != nil && h.status != http.StatusServiceUnavailable {
			if ctx.Err() != nil || fault.Is(h.err, fault.RateLimited) {
				return nil, h.err
			}
			return p.unreachable("robots.txt cannot be reached"), nil
		}
		p.status = h.status
		switch {
		case h.status >= 300 && h.status < 400 && h.location != "":
			via = append(via, req)
			if len(via) > robotsHops {
				return p.unavailable("redirects without end"), nil
			}
			at = h.location
			continue
		case h.status >= 500:
			return p.unreachable("robots.txt answers " + strconv.Itoa(h.status)), nil
		case h.status >= 300:
			return p.unavailable("no robots.txt: " + strconv.Itoa(h.status)), nil
		}
		p.rules = parseRobots(h.body, r.f.o.Product)
		return p, nil
	}
}

func (p *permit) unavailable(why string) *permit {
	p.why = why
	return p
}

func (p *permit) unreachable(why string) *permit {
	p.why, p.closed = why, true
	return p
}

// Decision is what robots.txt says of one address.
type Decision struct {
	Allowed bool
	Unknown bool   // robots.txt cannot be reached, so nothing is allowed for now
	Why     string // for people: "no rule", "Disallow: /x" and so on
	Rule    Rule
	// Delay is the host's Crawl-delay, at most a minute; Asked is what it wrote.
	Delay, Asked time.Duration
	Sitemaps     []string
}

func (p *permit) decide(u *url.URL) Decision {
	d := Decision{Allowed: !p.closed, Unknown: p.closed, Why: p.why, Rule: Rule{File: p.file}}
	if p.rules == nil {
		return d
	}
	path := u.EscapedPath()
	if path == "" {
		path = "/"
	}
	if u.RawQuery != "" || u.ForceQuery {
		path += "?" + u.RawQuery // as it stands: sorting its parameters would miss rules about their order
	}
	allowed, by := p.rules.match(path)
	d.Allowed, d.Why = allowed, "no rule"
	if by.number > 0 {
		d.Rule.Line, d.Rule.Text, d.Why = by.number, by.text, by.text
	}
	d.Asked, d.Sitemaps = p.rules.delay, p.rules.sitemaps
	d.Delay = min(d.Asked, maxCrawlDelay)
	return d
}
