package batch

import "time"

// Options are the settings of the runners; zero values take the defaults in brackets.
type Options struct {
	Concurrency int           // model calls in flight in this process [8]
	Chunk       int           // leads per transaction of an analyzer that is not a model [250]
	MaxAttempts int           // tries per lead before it lands in the failure list [3]
	Lease       time.Duration // how long a begun lead is nobody else's unless its holder renews it, which it does thrice in that time [20 s]
	BackoffBase time.Duration // wait after the first failure, doubled each time, with jitter [2 s]
	BackoffMax  time.Duration // [5 min]
	Watch       time.Duration // how often orphaned batches are looked for [3 s]
	Instance    string        // this process, unlike any other that ever ran; "" = a fresh id
	// SoleOwner says that no other process works on this database (embedded SQLite): leases of other instances are
	// those of the dead and are taken back at once.
	SoleOwner bool
	// Jitter answers a number in [0,1); nil = math/rand.
	Jitter func() float64
}

func (o Options) withDefaults() Options {
	if o.Concurrency <= 0 {
		o.Concurrency = 8
	}
	if o.Chunk <= 0 {
		o.Chunk = 250
	}
	if o.MaxAttempts <= 0 {
		o.MaxAttempts = 3
	}
	if o.Lease <= 0 {
		o.Lease = 20 * time.Second
	}
	if o.BackoffBase <= 0 {
		o.BackoffBase = 2 * time.Second
	}
	if o.BackoffMax <= 0 {
		o.BackoffMax = 5 * time.Minute
	}
	if o.Watch <= 0 {
		o.Watch = 3 * time.Second
	}
	return o
}

// backoff is the wait before try number attempts+1, when the fault itself names none.
func (o Options) backoff(attempts int, retryAfter time.Duration) time.Duration {
	d := o.BackoffBase << min(max(attempts-1, 0), 20)
	d = min(d, o.BackoffMax)
	d = time.Duration(float64(d) * (0.5 + o.Jitter()))
	return max(d, retryAfter)
}
