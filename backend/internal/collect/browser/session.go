package browser

import (
	"bytes"
	"context"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/chromedp/cdproto/fetch"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"winnow/backend/internal/collect/polite"
	"winnow/backend/internal/fault"
)

// session is one page in one browser.
type session struct {
	p       *Pool
	address string
	ctx     context.Context //nolint:containedctx // of the requests, which end with the page
	stop    context.CancelFunc
	work    sync.WaitGroup
	busy    atomic.Int64
	asked   atomic.Int64
	fat     atomic.Bool

	mu      sync.Mutex
	first   *http.Request // the page's own, to which all others are held
	main    *polite.Page
	refused error
	jar     http.CookieJar
}

// event hears what happens in the tab; it must not wait.
func (s *session) event(tab context.Context, ev any) {
	var do func()
	switch e := ev.(type) {
	case *fetch.EventRequestPaused:
		s.busy.Add(1)
		do = func() { defer s.busy.Add(-1); s.answer(tab, e) }
	case *page.EventJavascriptDialogOpening:
		do = func() { s.dialog(tab) }
	default:
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.ctx.Err() == nil {
		s.work.Go(do)
	}
}

// answer makes a request in Chromium's place.
func (s *session) answer(tab context.Context, e *fetch.EventRequestPaused) {
	switch e.ResourceType {
	case network.ResourceTypeDocument, network.ResourceTypeScript, network.ResourceTypeXHR, network.ResourceTypeFetch:
	case network.ResourceTypeStylesheet: // nobody looks; scripts may wait for it
		s.fulfil(tab, e, http.StatusOK, []*fetch.HeaderEntry{{Name: "Content-Type", Value: "text/css"}, {Name: "Access-Control-Allow-Origin", Value: "*"}}, nil)
		return
	default:
		s.fail(tab, e)
		return
	}
	if s.asked.Add(1) > int64(s.p.o.Requests) {
		s.fail(tab, e)
		return
	}
	got, own, err := s.make(e)
	if err != nil {
		if own {
			s.mu.Lock()
			s.refused = err
			s.mu.Unlock()
		}
		s.fail(tab, e)
		return
	}
	s.fulfil(tab, e, got.Status, entries(got.Header), got.Body)
}

// make sends the request; own tells whether it is for the page itself.
func (s *session) make(e *fetch.EventRequestPaused) (got *polite.Page, own bool, err error) {
	var body []byte
	for _, entry := range e.Request.PostDataEntries {
		body = append(body, entry.Bytes...)
	}
	req, err := http.NewRequestWithContext(s.ctx, e.Request.Method, e.Request.URL, bytes.NewReader(body))
	if err != nil {
		return nil, false, fault.Wrap(err, fault.Invalid, "url_bad", "The page asks for what is no address")
	}
	for name, value := range e.Request.Headers {
		if keep(name) {
			if text, ok := value.(string); ok {
				req.Header.Set(name, text)
			}
		}
	}
	s.mu.Lock()
	var via []*http.Request
	own = e.ResourceType == network.ResourceTypeDocument && s.main == nil
	if s.first == nil {
		s.first = req
	} else {
		via = []*http.Request{s.first}
	}
	s.cookies(req)
	s.mu.Unlock()
	if got, err = s.p.o.Fetcher.Hop(req, via, !own); err != nil {
		return nil, own, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.jar.SetCookies(req.URL, (&http.Response{Header: got.Header}).Cookies())
	if own && (got.Status < 300 || got.Status >= 400) {
		s.main = got
	}
	return got, own, nil
}

// cookies puts the page's own cookies on a request to the site that set them.
func (s *session) cookies(req *http.Request) {
	for _, c := range s.jar.Cookies(req.URL) {
		req.AddCookie(c)
	}
}

func (s *session) fail(tab context.Context, e *fetch.EventRequestPaused) {
	_, _ = chromedp.Call(tab, fetch.FailRequest, fetch.FailRequestParams{RequestID: e.RequestID, ErrorReason: network.ErrorReasonBlockedByClient})
}

func (s *session) fulfil(tab context.Context, e *fetch.EventRequestPaused, status int, header []*fetch.HeaderEntry, body []byte) {
	_, _ = chromedp.Call(tab, fetch.FulfillRequest, fetch.FulfillRequestParams{RequestID: e.RequestID, ResponseCode: int64(status), ResponseHeaders: header, Body: body})
}

// keep tells which of Chromium's headers go out: not those that describe its own connection or that it invents.
func keep(name string) bool {
	n := strings.ToLower(name)
	switch n {
	case "user-agent", "accept-encoding", "host", "connection", "content-length", "cookie", "upgrade-insecure-requests", "proxy-connection":
		return false
	}
	return !strings.HasPrefix(n, "sec-")
}

func entries(h http.Header) []*fetch.HeaderEntry {
	var list []*fetch.HeaderEntry
	for name, values := range h {
		switch name {
		case "Content-Encoding", "Content-Length", "Transfer-Encoding", "Connection", "Set-Cookie", "Refresh":
			continue
		}
		for _, v := range values {
			list = append(list, &fetch.HeaderEntry{Name: name, Value: v})
		}
	}
	return list
}
