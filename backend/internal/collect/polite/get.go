package polite

import (
	"bytes"
	"context"
	"io"
	"math/rand/v2"
	"net/http"
	"time"

	"winnow/backend/internal/fault"
	"winnow/backend/internal/platform/webclient"
)

const maxHops = 5

// Request is what to fetch; the zero method is GET.
type Request struct {
	Method, URL string
	Header      http.Header
	Body        []byte
	// API marks an interface that is offered to programs and asked with the user's own key: robots.txt is not asked and
	// the query, which may hold the key, is written down nowhere. Pace, Retry-After and every bound stay.
	API bool
	// Conditional asks whether the page has changed since it was last fetched so: Page.NotModified when it has not.
	Conditional bool
	MaxBytes    int64 // smaller or larger than usual, never above the door's bound
}

// Get fetches a page.
func (f *Fetcher) Get(ctx context.Context, address string) (*Page, error) {
	return f.Do(ctx, Request{URL: address})
}

// Do fetches a page and follows up to five redirects, each by the rules of where it leads. A page with an error status is
// a page, except for 429 and 503. Faults: Forbidden robots_disallowed; RateLimited host_busy, host_waits with the time to
// wait; Unavailable robots_unreachable, host_unreachable, answer_broken; TooLarge; Invalid url_bad.
func (f *Fetcher) Do(ctx context.Context, r Request) (*Page, error) {
	if err := webclient.CheckURL(r.URL); err != nil {
		return nil, err
	}
	req, err := http.NewRequestWithContext(ctx, or(r.Method, http.MethodGet), r.URL, bytes.NewReader(r.Body))
	if err != nil {
		return nil, fault.Wrap(err, fault.Invalid, "url_bad", "This is not a web address")
	}
	if r.Header != nil {
		req.Header = r.Header.Clone()
	}
	plan := hopPlan{api: r.API, conditional: r.Conditional, maxBytes: r.MaxBytes}
	var via []*http.Request
	for {
		h := f.retried(ctx, req, via, plan)
		if h.err != nil {
			return nil, h.err
		}
		if h.location == "" {
			return newPage(r.URL, req, h), nil
		}
		if len(via) >= maxHops {
			return nil, fault.New(fault.Unavailable, "redirects_endless", "The address redirects more than five times; it was given up")
		}
		via = append(via, req)
		if req, err = redirected(req, h); err != nil {
			return nil, err
		}
	}
}

// redirected is the request that follows an answer: the same again for 307 and 308, a GET for the others.
func redirected(last *http.Request, h *hopped) (*http.Request, error) {
	method, again := http.MethodGet, h.status == http.StatusTemporaryRedirect || h.status == http.StatusPermanentRedirect
	if again || last.Method == http.MethodHead {
		method = last.Method
	}
	var body io.Reader
	if again && last.GetBody != nil {
		b, err := last.GetBody()
		if err != nil {
			return nil, fault.Wrap(err, fault.Internal, "request_unrepeatable", "The request cannot be sent again")
		}
		body = b
	}
	next, err := http.NewRequestWithContext(last.Context(), method, h.location, body)
	if err != nil {
		return nil, fault.New(fault.Unavailable, "redirect_bad", "The address redirects to what is no address")
	}
	if again {
		next.GetBody, next.ContentLength = last.GetBody, last.ContentLength
	}
	next.Header = last.Header.Clone()
	if !again {
		next.Header.Del("Content-Type")
	}
	return next, nil
}

// retried makes a request again when it failed in passing: a GET or HEAD after a busy host's pause or a broken line, when
// the pause is one that a call waits for.
func (f *Fetcher) retried(ctx context.Context, req *http.Request, via []*http.Request, plan hopPlan) *hopped {
	for try := 1; ; try++ {
		h := f.hop(ctx, req, via, plan)
		if h.err == nil || try >= f.o.Tries || (req.Method != http.MethodGet && req.Method != http.MethodHead) || ctx.Err() != nil {
			return h
		}
		e, ok := faultOf(h.err)
		switch {
		case !ok:
			return h
		case e.Kind == fault.RateLimited && e.RetryAfter <= f.o.Patience:
			continue // the gate holds the next one back
		case e.Kind == fault.Unavailable && h.sent && (e.Code == "host_unreachable" || e.Code == "answer_broken"):
			pause := time.Duration((0.5 + rand.Float64()) * float64(f.o.Backoff) * float64(try) / 5) //nolint:gosec // jitter needs no secrecy
			if f.o.Sleep(ctx, min(pause, f.o.Patience)) != nil {
				return h
			}
		default:
			return h
		}
	}
}

// Hop makes one request and follows no redirect: a page with its Location comes back. It is for a browser, which follows
// by itself and asks for the parts of a page: part keeps robots.txt and the host's pause but no pace of its own.
func (f *Fetcher) Hop(req *http.Request, via []*http.Request, part bool) (*Page, error) {
	h := f.hop(req.Context(), req, via, hopPlan{part: part})
	if h.err != nil {
		return nil, h.err
	}
	return newPage(req.URL.String(), req, h), nil
}
