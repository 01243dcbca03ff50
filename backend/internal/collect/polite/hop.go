package polite

import (
	"context"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"time"

	"winnow/backend/internal/fault"
)

// hopPlan is what is particular to one request.
type hopPlan struct {
	robotsFile  bool // it asks for a robots.txt, so none is asked first
	api         bool // an interface for programs: robots.txt does not speak of it
	part        bool // of a page that is being looked at: it keeps robots.txt and the gate, and no pace of its own
	conditional bool
	maxBytes    int64
	from        string
}

// hopped is what came of one request.
type hopped struct {
	status   int
	header   http.Header
	body     []byte
	location string // where it redirects to, made whole
	sent     bool   // whether the request left us
	err      error  // a *fault.Error, or the end of the context
	record   Record
}

// hop makes one request: robots.txt, the gate, the turn, the request, its answer, the record. It follows no redirect.
func (f *Fetcher) hop(ctx context.Context, req *http.Request, via []*http.Request, plan hopPlan) *hopped {
	h := &hopped{record: Record{URL: shown(req.URL, plan.api), At: f.o.Clock.Now(), From: plan.from}}
	if n := len(via); n > 0 {
		h.record.From = shown(via[n-1].URL, plan.api)
	}
	f.try(ctx, req, via, plan, h)
	if h.err != nil && h.record.Outcome == "" {
		h.record.Outcome = outcomeOf(h.err)
	}
	if h.err != nil {
		h.record.Error = clip(h.err.Error(), 300)
	}
	h.record.Status, h.record.Bytes = h.status, int64(len(h.body))
	f.note(ctx, h.record)
	return h
}

func (f *Fetcher) try(ctx context.Context, req *http.Request, via []*http.Request, plan hopPlan, h *hopped) {
	if h.err = f.o.Door.Redirect(req, via); h.err != nil {
		h.record.Outcome = Blocked
		return
	}
	least, err := f.permission(ctx, req.URL, plan, &h.record)
	if err != nil {
		h.err = err
		return
	}
	l := f.lanes.site(ctx, req.URL.Hostname())
	defer f.lanes.release(l)
	if h.err = l.enter(ctx); h.err != nil {
		return
	}
	defer l.leave()
	leave, err := f.wait(ctx, l, least, plan, &h.record)
	if err != nil {
		h.err = err
		return
	}
	defer leave()
	f.send(ctx, l, req, via, plan, h)
}

// permission asks robots.txt, and tells the pace that it and the source's policy demand.
func (f *Fetcher) permission(ctx context.Context, u *url.URL, plan hopPlan, r *Record) (time.Duration, error) {
	policy := policyOf(ctx)
	switch {
	case plan.robotsFile:
		r.Robots = "robots.txt itself"
		return policy.Interval, nil
	case plan.api:
		r.Robots = "api"
		return policy.Interval, nil
	}
	d, err := f.Decide(ctx, u)
	if err != nil {
		return 0, err
	}
	r.Robots, r.Rule = d.Why, d.Rule
	if d.Asked > d.Delay {
		r.Robots += " (its Crawl-delay of " + d.Asked.String() + " is kept as " + d.Delay.String() + ")"
	}
	least := max(d.Delay, policy.Interval)
	switch {
	case d.Allowed:
	case policy.IgnoreRobots:
		r.Robots = "set aside: " + d.Why
	case d.Unknown:
		r.Outcome = RobotsUnknown
		return 0, fault.Newf(fault.Unavailable, "robots_unreachable", "%s says nothing now (%s), so its pages are left alone; they are tried again later", u.Host, d.Why)
	default:
		r.Outcome = RobotsForbids
		return 0, fault.Newf(fault.Forbidden, "robots_disallowed", "%s forbids this page to crawlers (robots.txt, line %d: %s); it was left alone", u.Host, d.Rule.Line, d.Rule.Text)
	}
	return least, nil
}

// Decide tells what robots.txt says of an address, fetching it when it is not known.
func (f *Fetcher) Decide(ctx context.Context, u *url.URL) (Decision, error) {
	p, err := f.robots.of(ctx, u)
	if err != nil {
		return Decision{}, err
	}
	return p.decide(u), nil
}

// wait waits for the host's turn and for its machine's. The way out must be called.
func (f *Fetcher) wait(ctx context.Context, l *lane, least time.Duration, plan hopPlan, r *Record) (leave func(), err error) {
	began := f.o.Clock.Now()
	defer func() { r.Waited = f.o.Clock.Now().Sub(began) }()
	if plan.part {
		if closed := l.closed(began); closed > 0 {
			return nil, f.waits(l, closed, r)
		}
	} else if err = f.turn(ctx, l, least, f.o.Patience, r); err != nil {
		return nil, err
	}
	ip := l.address()
	if ip == "" {
		return func() {}, nil
	}
	m := f.lanes.machine(ip)
	if err = m.enter(ctx); err == nil {
		if err = f.turn(ctx, m, 0, f.o.Patience, r); err == nil {
			return func() { m.leave(); f.lanes.release(m) }, nil
		}
		m.leave()
	}
	f.lanes.release(m)
	return nil, err
}

func (f *Fetcher) turn(ctx context.Context, l *lane, least, patience time.Duration, r *Record) error {
	for {
		wait, taken := l.turn(f.o.Clock.Now(), least, patience, f.o.Jitter)
		if !taken {
			return f.waits(l, wait, r)
		}
		if err := f.o.Sleep(ctx, wait); err != nil {
			return err
		}
		if l.closed(f.o.Clock.Now()) <= 0 { // else another request met trouble while this one slept
			return nil
		}
	}
}

func (f *Fetcher) waits(l *lane, wait time.Duration, r *Record) error {
	r.Outcome = Waiting
	return &fault.Error{
		Kind: fault.RateLimited, Code: "host_waits", RetryAfter: wait,
		Msg: l.key + " has asked for a pause, or is to be asked slowly; go on in " + wait.Round(time.Second).String(),
	}
}

// send makes the request and reads its answer.
func (f *Fetcher) send(ctx context.Context, l *lane, req *http.Request, via []*http.Request, plan hopPlan, h *hopped) {
	began := f.o.Clock.Now()
	ctx, cancel := context.WithTimeout(ctx, f.o.Timeout)
	defer cancel()
	defer func() { h.record.Took = f.o.Clock.Now().Sub(began) }()
	trace := &httptrace.ClientTrace{GotConn: func(i httptrace.GotConnInfo) { l.setIP(remoteIP(i.Conn.RemoteAddr())) }}
	out := req.Clone(httptrace.WithClientTrace(ctx, trace))
	f.dress(ctx, out, plan)
	h.sent = true
	resp, err := f.o.Door.Hop(out, via)
	if err != nil {
		h.err = f.unreached(req, err)
		return
	}
	defer func() { _ = resp.Body.Close() }()
	h.status, h.header = resp.StatusCode, resp.Header
	if h.status >= 300 && h.status < 400 {
		if to, err := resp.Location(); err == nil {
			h.location, h.record.Outcome = to.String(), Redirected
		}
	}
	h.body, h.err = read(resp, or(plan.maxBytes, f.o.MaxBytes), plan.robotsFile)
	f.judge(ctx, l, req, plan, h)
}

// dress says who asks, and takes off what would undo our bounds.
func (f *Fetcher) dress(ctx context.Context, req *http.Request, plan hopPlan) {
	if req.Header == nil {
		req.Header = http.Header{}
	}
	req.Header.Set("User-Agent", f.agent)
	req.Header.Del("Accept-Encoding") // the transport asks for what it unpacks
	if plan.conditional {
		f.ask(ctx, req)
	}
}

// judge draws conclusions about the host from its answer.
func (f *Fetcher) judge(ctx context.Context, l *lane, req *http.Request, plan hopPlan, h *hopped) {
	switch {
	case h.status == http.StatusTooManyRequests || h.status == http.StatusServiceUnavailable:
		now := f.o.Clock.Now()
		asked, ok := retryAfter(h.header.Get("Retry-After"), now, f.o.MaxGate)
		if !ok {
			asked = -1
		}
		gate := l.trouble(now, asked, f.limits)
		f.save(ctx, l, gate)
		h.record.Outcome = Waiting
		h.err = &fault.Error{
			Kind: fault.RateLimited, Code: "host_busy", RetryAfter: max(gate.Until.Sub(now), 0),
			Msg: req.URL.Host + " is being asked too fast or has no room (" + http.StatusText(h.status) + "); it is left alone until it is ready",
		}
	case h.err != nil:
	case h.status == http.StatusNotModified:
		h.record.Outcome = NotModified
		f.recovered(ctx, l)
	default:
		if h.record.Outcome == "" {
			h.record.Outcome = Fetched
		}
		f.recovered(ctx, l)
		if plan.conditional && h.status == http.StatusOK {
			f.remember(ctx, req, h.header)
		}
	}
}

func (f *Fetcher) recovered(ctx context.Context, l *lane) {
	if l.well() {
		f.save(ctx, l, Gate{})
	}
}

func (f *Fetcher) save(ctx context.Context, l *lane, g Gate) {
	if err := f.o.Gates.Save(context.WithoutCancel(ctx), l.key, g); err != nil {
		f.o.Logger.WarnContext(ctx, "what a host asked for could not be kept", "host", l.key, "error", err.Error())
	}
}

// unreached gives a failure a kind; webclient's words do not tell a blocked address from an absent one.
func (f *Fetcher) unreached(req *http.Request, err error) error {
	if cause := context.Cause(req.Context()); cause != nil {
		return cause
	}
	if fault.KindOf(err) != fault.Internal {
		return err
	}
	return fault.Wrap(err, fault.Unavailable, "host_unreachable", "The address cannot be reached; check it and try again later")
}

func outcomeOf(err error) Outcome {
	switch {
	case fault.Is(err, fault.TooLarge):
		return TooBig
	case fault.Is(err, fault.Invalid):
		return Blocked
	case fault.Is(err, fault.RateLimited):
		return Waiting
	}
	return Failed
}

// shown is an address as it may be written down: an interface's query may hold a key.
func shown(u *url.URL, api bool) string {
	c := *u
	c.User = nil
	c.Fragment, c.RawFragment = "", ""
	if api && c.RawQuery != "" {
		c.RawQuery = "…"
	}
	return clip(c.String(), 2048)
}
