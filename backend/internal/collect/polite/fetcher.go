package polite

import (
	"context"
	"log/slog"
	"regexp"
	"time"

	"winnow/backend/internal/clock"
	"winnow/backend/internal/fault"
	"winnow/backend/internal/platform/webclient"
)

// Options set up a Fetcher. Door and Contact are needed; the rest has sensible values.
type Options struct {
	Door Door
	// Product is the name by which robots.txt knows us; "" = WinnowBot. Version may be "".
	Product, Version string
	// Contact is a web address or "mailto:" under which the operator of a site reaches ours.
	Contact string

	Interval   time.Duration // between two pages of a site; 0 = 1 s, negative = none
	Jitter     float64       // how much longer it may be, as a part of it; 0 = 0.3, negative = none
	Burst      int           // pages that may come at once after a rest; 0 = 1
	PerHost    int           // requests under way to one site; 0 = 2
	IPInterval time.Duration // between two requests to one machine that serves many sites; 0 = 100 ms, negative = none
	PerIP      int           // requests under way to one machine; 0 = 8
	Patience   time.Duration // the longest wait for a turn within a call; 0 = 90 s
	Tries      int           // of a GET that fails in passing; 0 = 3
	Timeout    time.Duration // of one request with its body; 0 = 30 s
	MaxBytes   int64         // of a body, unpacked; 0 = 5 MiB
	MaxGate    time.Duration // the longest Retry-After that is believed; 0 = 6 h
	Backoff    time.Duration // the first pause after trouble without a Retry-After; 0 = 5 s

	Gates      Gates      // nil = in memory
	Validators Validators // nil = in memory
	Trail      Trail      // nil = only what WithTrail gives
	Clock      clock.Clock
	Sleep      func(context.Context, time.Duration) error // nil = the machine's
	Logger     *slog.Logger
}

// Fetcher fetches politely. One serves the whole process, so that paces are kept over all sources; safe for concurrent use.
type Fetcher struct {
	o      Options
	agent  string
	limits paceLimits
	lanes  *lanes
	robots *robots
}

// New makes a Fetcher. Faults: Invalid for a contact that is no address and for a product that robots.txt could not name.
func New(o Options) (*Fetcher, error) {
	o.Product = or(o.Product, "WinnowBot")
	if !regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_-]*$`).MatchString(o.Product) {
		return nil, fault.Newf(fault.Invalid, "agent_bad", "%q cannot be a crawler's name: only letters, digits, - and _", o.Product)
	}
	if webclient.CheckURL(o.Contact) != nil && !regexp.MustCompile(`^mailto:[^\s@()<>]+@[^\s@()<>]+$`).MatchString(o.Contact) {
		return nil, fault.Newf(fault.Invalid, "contact_bad", "%q is no contact: give a web address or mailto:you@example.com, so that owners of sites can reach you", o.Contact)
	}
	o.Interval, o.IPInterval = span(o.Interval, time.Second), span(o.IPInterval, 100*time.Millisecond)
	o.Patience, o.Timeout = span(o.Patience, 90*time.Second), span(o.Timeout, 30*time.Second)
	o.MaxGate, o.Backoff = span(o.MaxGate, 6*time.Hour), span(o.Backoff, 5*time.Second)
	o.Burst, o.PerHost, o.PerIP, o.Tries = or(o.Burst, 1), or(o.PerHost, 2), or(o.PerIP, 8), or(o.Tries, 3)
	o.MaxBytes = or(o.MaxBytes, 5<<20)
	if o.Jitter == 0 {
		o.Jitter = 0.3
	}
	o.Jitter = max(o.Jitter, 0)
	memory := &Memory{}
	if o.Gates == nil {
		o.Gates = memory
	}
	if o.Validators == nil {
		o.Validators = memory
	}
	if o.Clock == nil {
		o.Clock = clock.System{}
	}
	if o.Sleep == nil {
		o.Sleep = sleep
	}
	if o.Logger == nil {
		o.Logger = slog.Default()
	}
	f := &Fetcher{o: o, agent: userAgent(o)}
	f.limits = paceLimits{backoff: o.Backoff, gate: o.MaxGate, floor: 2 * time.Second, slowest: time.Minute}
	f.lanes = &lanes{f: f, all: map[string]*lane{}}
	f.robots = &robots{f: f, known: map[string]*permit{}}
	return f, nil
}

// UserAgent is who we say that we are.
func (f *Fetcher) UserAgent() string { return f.agent }

func userAgent(o Options) string {
	name := o.Product
	if o.Version != "" {
		name += "/" + o.Version
	}
	return name + " (+" + o.Contact + ")"
}

func or[T comparable](v, otherwise T) T {
	var zero T
	if v == zero {
		return otherwise
	}
	return v
}

// span reads a setting of which zero means the usual and a negative one none.
func span(v, usual time.Duration) time.Duration {
	if v == 0 {
		return usual
	}
	return max(v, 0)
}

func sleep(ctx context.Context, d time.Duration) error {
	if d <= 0 {
		return nil
	}
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}
