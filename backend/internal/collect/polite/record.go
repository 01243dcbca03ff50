package polite

import (
	"context"
	"time"
)

// Outcome says how a fetch ended.
type Outcome string

// The outcomes.
const (
	Fetched       Outcome = "fetched"
	NotModified   Outcome = "not_modified"
	Redirected    Outcome = "redirected"
	RobotsForbids Outcome = "robots_disallowed"
	RobotsUnknown Outcome = "robots_unreachable" // robots.txt could not be read, so nothing may be
	Waiting       Outcome = "host_waits"         // the host asked for a pause that is longer than a call waits
	Limited       Outcome = "limit"              // a bound of the run: pages, depth, length, repetition
	Blocked       Outcome = "blocked"            // an address that may not be asked, or a redirect to one
	TooBig        Outcome = "too_large"
	Failed        Outcome = "failed"
)

// Record is one line of the audit trail: what was asked, when, what robots.txt said and what came.
type Record struct {
	URL     string    `json:"url"`            // without its query where that may hold a key
	From    string    `json:"from,omitempty"` // the address that redirected here
	At      time.Time `json:"at"`
	Outcome Outcome   `json:"outcome"`
	// Robots tells by what right: a line of robots.txt, "no rule", "no robots.txt", "set aside" or "api".
	Robots string        `json:"robots"`
	Rule   Rule          `json:"rule"`
	Status int           `json:"status,omitempty"`
	Bytes  int64         `json:"bytes,omitempty"`  // of the body, unpacked
	Waited time.Duration `json:"waited,omitempty"` // for its turn
	Took   time.Duration `json:"took,omitempty"`
	Error  string        `json:"error,omitempty"`
}

// Trail takes records. It is called once for each request that is made or refused, those for robots.txt too, from many
// goroutines, and must not block.
type Trail interface{ Record(Record) }

// TrailFunc is a function as a Trail.
type TrailFunc func(Record)

// Record calls the function.
func (f TrailFunc) Record(r Record) { f(r) }

// Policy is what one source may do differently.
type Policy struct {
	// IgnoreRobots sets robots.txt aside, for a site whose owner agreed. Each record says so; Crawl-delay still counts.
	IgnoreRobots bool
	// Interval, when longer than the usual pace, is kept instead.
	Interval time.Duration
}

type (
	trailKey  struct{}
	policyKey struct{}
)

// WithTrail makes fetches under ctx write to t as well.
func WithTrail(ctx context.Context, t Trail) context.Context {
	return context.WithValue(ctx, trailKey{}, t)
}

// WithPolicy makes fetches under ctx follow p.
func WithPolicy(ctx context.Context, p Policy) context.Context {
	return context.WithValue(ctx, policyKey{}, p)
}

func policyOf(ctx context.Context) Policy {
	p, _ := ctx.Value(policyKey{}).(Policy)
	return p
}

// note hands a record to the trails and the log.
func (f *Fetcher) note(ctx context.Context, r Record) {
	if f.o.Trail != nil {
		f.o.Trail.Record(r)
	}
	if t, ok := ctx.Value(trailKey{}).(Trail); ok {
		t.Record(r)
	}
	switch r.Outcome {
	case Fetched, NotModified, Redirected:
	default:
		f.o.Logger.InfoContext(ctx, "a page was not fetched", "url", r.URL, "outcome", string(r.Outcome), "robots", r.Robots, "line", r.Rule.Line, "status", r.Status)
	}
}
