package polite

import (
	"context"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"sync"

	"github.com/gocolly/colly/v2"

	"winnow/backend/internal/fault"
)

// Collector is a Colly collector that fetches by this run. Its own robots parser, limits, cache and client timeout are
// out of the way: the run does all that. Refusals come to OnError, once each; do not use Request.Retry, the run has
// tried again already. For more than a few pages let Crawl walk.
func (r *Run) Collector(ctx context.Context) *colly.Collector {
	c := colly.NewCollector(colly.StdlibContext(ctx), colly.UserAgent(r.f.agent), colly.MaxDepth(r.l.Depth), colly.MaxBodySize(0))
	c.IgnoreRobotsTxt = true // the run asks robots.txt, for redirects and HEAD too
	c.SetRequestTimeout(0)   // of a client that also counts the waiting; each request has its own
	c.WithTransport(r)
	c.SetRedirectHandler(func(req *http.Request, via []*http.Request) error {
		if len(via) > maxHops {
			return fault.New(fault.Unavailable, "redirects_endless", "The address redirects more than five times; it was given up")
		}
		return nil
	})
	jar, err := cookiejar.New(nil)
	if err == nil {
		err = c.SetStorage(&visited{most: r.l.Waiting + r.l.Pages, jar: jar})
	}
	if err != nil {
		r.f.o.Logger.WarnContext(ctx, "a crawl keeps no cookies", "error", err.Error())
	}
	return c
}

// visited is Colly's storage with a bound.
type visited struct {
	most int
	jar  *cookiejar.Jar
	mu   sync.Mutex
	seen map[uint64]struct{}
}

// Init begins with nothing.
func (v *visited) Init() error {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.seen = map[uint64]struct{}{}
	return nil
}

// Visited remembers a request.
func (v *visited) Visited(id uint64) error {
	v.mu.Lock()
	defer v.mu.Unlock()
	if len(v.seen) >= v.most {
		return fault.Newf(fault.TooLarge, "limit_visited", "The crawl has seen its %d addresses", v.most)
	}
	v.seen[id] = struct{}{}
	return nil
}

// IsVisited tells whether a request was remembered.
func (v *visited) IsVisited(id uint64) (bool, error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	_, ok := v.seen[id]
	return ok, nil
}

// Cookies are the cookies for an address.
func (v *visited) Cookies(u *url.URL) string {
	var s string
	for _, c := range v.jar.Cookies(u) {
		if s != "" {
			s += "; "
		}
		s += c.Name + "=" + c.Value
	}
	return s
}

// SetCookies keeps cookies.
func (v *visited) SetCookies(u *url.URL, cookies string) {
	h := http.Header{"Cookie": {cookies}}
	v.jar.SetCookies(u, (&http.Request{Header: h}).Cookies())
}
