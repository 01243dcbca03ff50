package polite

import (
	"context"
	"math/rand/v2"
	"sync"
	"time"
)

// Gate is what a host has asked of us, worth keeping when the process ends.
type Gate struct {
	Until    time.Time     // nothing is asked before
	Interval time.Duration // the slowed pace; 0: the usual one
}

// lane is the way to one host: when the next request may go and how many may be under way.
type lane struct {
	key    string
	single chan struct{} // one for each request under way

	mu      sync.Mutex
	base    time.Duration // the pace without trouble
	slowed  time.Duration // the pace after trouble; 0 or longer than base
	burst   int
	next    time.Time // the theoretical time of the next request
	until   time.Time
	strikes int
	ip      string
	users   int
	used    time.Time
}

func newLane(key string, base time.Duration, burst, width int) *lane {
	return &lane{key: key, base: base, burst: max(burst, 1), single: make(chan struct{}, max(width, 1))}
}

// interval is the pace now, given the least that robots.txt and the source ask for.
func (l *lane) interval(least time.Duration) time.Duration { return max(l.base, l.slowed, least) }

// turn tells how long to wait for the next turn and takes it, unless that is longer than patience; a turn lies jitter
// longer than the interval behind the one before, never shorter.
func (l *lane) turn(now time.Time, least, patience time.Duration, jitter float64) (wait time.Duration, taken bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	step := l.interval(least)
	burst := l.burst
	if least > l.base || l.slowed > l.base {
		burst = 1
	}
	at := l.next.Add(-time.Duration(burst-1) * step)
	if at.Before(now) {
		at = now
	}
	if at.Before(l.until) {
		at = l.until
	}
	if wait = at.Sub(now); wait > patience {
		return wait, false
	}
	if l.next.Before(at) {
		l.next = at
	}
	l.next = l.next.Add(step + time.Duration(jitter*rand.Float64()*float64(step))) //nolint:gosec // jitter needs no secrecy
	return wait, true
}

// closed tells how long the gate stays shut.
func (l *lane) closed(now time.Time) time.Duration {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.until.Sub(now)
}

// trouble shuts the gate and doubles the pace. asked is what the host said, or negative when it said nothing.
func (l *lane) trouble(now time.Time, asked time.Duration, limits paceLimits) Gate {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.strikes = min(l.strikes+1, 16)
	if asked < 0 {
		asked = min(limits.backoff<<(l.strikes-1), limits.gate)
		asked += time.Duration(0.5 * rand.Float64() * float64(asked)) //nolint:gosec // as above
	}
	if until := now.Add(min(asked, limits.gate)); until.After(l.until) {
		l.until = until
	}
	l.slowed = min(max(2*max(l.base, l.slowed), limits.floor), max(limits.slowest, l.base))
	return Gate{Until: l.until, Interval: l.slowed}
}

// well lets the pace recover, a tenth of the way with each good answer. It tells whether the host has just recovered.
func (l *lane) well() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.strikes = 0
	if l.slowed == 0 {
		return false
	}
	l.slowed -= (l.slowed - l.base) / 10
	if l.slowed-l.base < max(l.base/20, time.Millisecond) {
		l.slowed = 0
	}
	return l.slowed == 0
}

func (l *lane) restore(g Gate) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if g.Until.After(l.until) {
		l.until = g.Until
	}
	l.slowed = max(l.slowed, g.Interval)
}

func (l *lane) setIP(ip string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.ip = ip
}

func (l *lane) address() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.ip
}

// enter takes one of the lane's places, leave gives it back.
func (l *lane) enter(ctx context.Context) error {
	select {
	case l.single <- struct{}{}:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

func (l *lane) leave() { <-l.single }

type paceLimits struct {
	backoff time.Duration // the first pause after trouble without a Retry-After
	gate    time.Duration // the longest pause that is believed
	floor   time.Duration // the least slowed pace
	slowest time.Duration // the longest slowed pace
}
