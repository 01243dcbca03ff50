package ai

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"winnow/backend/internal/clock"
	"winnow/backend/internal/fault"
)

// limiter keeps the calls of this process, and with a SharedLimit those of all, below the provider's limits. What the
// provider's own headers say always wins.
type limiter struct {
	clock  clock.Clock
	shared SharedLimit
	log    *slog.Logger
	slots  chan struct{} // calls at once

	mu          sync.Mutex
	requests    *bucket
	tokens      *bucket
	theirRPM    int // the provider's limits as its headers tell, 0 = not told
	theirTPM    int
	pausedUntil time.Time
}

func newLimiter(c clock.Clock, shared SharedLimit, concurrency int, log *slog.Logger) *limiter {
	return &limiter{
		clock: c, shared: shared, log: log, slots: make(chan struct{}, concurrency),
		requests: &bucket{}, tokens: &bucket{},
	}
}

// bucket is a limit a minute. Its burst is taken off its rate, so that no minute has more than the limit.
type bucket struct {
	limit int
	rate  *rate.Limiter
}

// set changes the limit; 0 = none.
func (b *bucket) set(limit, least int) {
	if limit == b.limit {
		return
	}
	b.limit, b.rate = limit, nil
	if limit == 0 {
		return
	}
	burst := min(max(limit/10, least), max(1, limit/2))
	perMinute := max(limit-burst, 1)
	b.rate = rate.NewLimiter(rate.Limit(float64(perMinute)/60), burst)
}

// reserve takes n and tells how long to wait for them; cancel gives them back.
func (b *bucket) reserve(now time.Time, n int) (wait time.Duration, cancel func()) {
	if b.rate == nil {
		return 0, func() {}
	}
	r := b.rate.ReserveN(now, min(n, b.rate.Burst()))
	return r.DelayFrom(now), func() { r.CancelAt(now) }
}

// enter waits for a call's turn, then for a free slot; leave frees the slot. A call that a pause caught while it waited
// takes its turn again after it, so that the calls do not all go out at once then. Faults: RateLimited when the turn is
// further away than cfg.PatientFor.
func (l *limiter) enter(ctx context.Context, cfg Config, tokens int) (leave func(), err error) {
	for waited := time.Duration(0); ; {
		wait, err := l.turn(cfg, tokens)
		if err != nil {
			return nil, err
		}
		if waited += wait; waited > cfg.PatientFor {
			return nil, later(wait)
		}
		if err := sleep(ctx, wait); err != nil {
			return nil, err
		}
		if err := l.sharedTurn(ctx, cfg, tokens); err != nil {
			return nil, err
		}
		select {
		case l.slots <- struct{}{}:
		case <-ctx.Done():
			return nil, stopped(ctx)
		}
		if l.pauseLeft() <= 0 {
			return func() { <-l.slots }, nil
		}
		<-l.slots
	}
}

func (l *limiter) pauseLeft() time.Duration {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.pausedUntil.Sub(l.clock.Now())
}

func (l *limiter) turn(cfg Config, tokens int) (time.Duration, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	now := l.clock.Now()
	l.requests.set(least(cfg.RPM, l.theirRPM), 1)
	l.tokens.set(least(cfg.TPM, l.theirTPM), 4000)
	pause := l.pausedUntil.Sub(now)
	if pause > cfg.PatientFor {
		return 0, later(pause)
	}
	forRequest, cancelRequest := l.requests.reserve(now, 1)
	forTokens, cancelTokens := l.tokens.reserve(now, tokens)
	wait := max(forRequest, forTokens, pause, 0)
	if wait > cfg.PatientFor {
		cancelRequest()
		cancelTokens()
		return 0, later(wait)
	}
	return wait, nil
}

// sharedTurn asks the limit that all processes share. While it fails, each process's own limit has to do.
func (l *limiter) sharedTurn(ctx context.Context, cfg Config, tokens int) error {
	if l.shared == nil {
		return nil
	}
	l.mu.Lock()
	rpm, tpm := l.requests.limit, l.tokens.limit
	l.mu.Unlock()
	for _, ask := range []struct {
		key      string
		n, limit int
	}{{"ai:requests:" + cfg.Host(), 1, rpm}, {"ai:tokens:" + cfg.Host(), min(tokens, tpm), tpm}} {
		waited := time.Duration(0)
		for ask.limit > 0 {
			wait, err := l.shared.Take(ctx, ask.key, ask.n, ask.limit)
			if err != nil {
				l.log.WarnContext(ctx, "the shared rate limit does not answer; this process keeps to its own", slog.String("error", err.Error()))
				return nil
			}
			if wait <= 0 {
				break
			}
			if waited += wait; waited > cfg.PatientFor {
				return later(wait)
			}
			if err := sleep(ctx, wait); err != nil {
				return err
			}
		}
	}
	return nil
}

// pause stops every call of this process for d.
func (l *limiter) pause(d time.Duration) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if until := l.clock.Now().Add(d); until.After(l.pausedUntil) {
		l.pausedUntil = until
	}
}

// learn reads the provider's limits off a reply.
func (l *limiter) learn(r reply) {
	if r.header == nil {
		return
	}
	if d := usedUp(r.header, l.clock.Now()); d > 0 {
		l.pause(d)
	}
	rpm, tpm := limitsOf(r.header)
	l.mu.Lock()
	defer l.mu.Unlock()
	if rpm > 0 {
		l.theirRPM = rpm
	}
	if tpm > 0 {
		l.theirTPM = tpm
	}
}

// least is the smaller of two limits, where 0 is none.
func least(a, b int) int {
	if a == 0 || (b != 0 && b < a) {
		return b
	}
	return a
}

func later(wait time.Duration) error {
	e := fault.Newf(fault.RateLimited, "ai_rate_limited", "The rate limit of the model is used up; it is tried again in %s", wait.Round(time.Second))
	e.RetryAfter = wait
	return e
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
		return stopped(ctx)
	}
}

func stopped(ctx context.Context) error {
	return fault.Wrap(ctx.Err(), fault.Unavailable, "ai_call_stopped", "The call was stopped before it was made; nothing was spent")
}
