package cache

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"github.com/redis/go-redis/v9"

	"winnow/backend/internal/clock"
)

const (
	window     = time.Minute
	maxBuckets = 10_000
)

// bucketScript is a token bucket in Redis, by Redis' own clock: KEYS[1] the bucket, ARGV the units wanted, the units per
// minute. It answers the milliseconds to wait, 0 when granted.
var bucketScript = redis.NewScript(`
local n, limit = tonumber(ARGV[1]), tonumber(ARGV[2])
local t = redis.call('TIME')
local now = tonumber(t[1]) * 1000 + math.floor(tonumber(t[2]) / 1000)
local b = redis.call('HMGET', KEYS[1], 'left', 'at')
local left, at = tonumber(b[1]) or limit, tonumber(b[2]) or now
left = math.min(limit, left + math.max(0, now - at) * limit / 60000)
local wait = 0
if left >= n then left = left - n else wait = math.max(1, math.ceil((n - left) * 60000 / limit)) end
redis.call('HSET', KEYS[1], 'left', string.format('%.6f', left), 'at', string.format('%.0f', now))
redis.call('PEXPIRE', KEYS[1], 120000)
return wait`) //nolint:gochecknoglobals // a constant in all but name

// Limiter holds rates per minute, over all processes when there is Redis. While Redis is away each process holds the
// rate by itself, going on from what it spent, so that a limit is overshot by at most one bucket per process.
type Limiter struct {
	redis  redis.UniversalClient
	prefix string
	clock  clock.Clock
	state  breaker

	mu      sync.Mutex
	buckets map[string]*bucket
}

type bucket struct {
	left float64
	at   time.Time
}

// NewLimiter makes a limiter of the same options as a cache.
func NewLimiter(o Options) *Limiter {
	if o.Clock == nil {
		o.Clock = clock.System{}
	}
	if o.Logger == nil {
		o.Logger = slog.Default()
	}
	return &Limiter{
		redis: o.Redis, prefix: o.Prefix + "limit:", clock: o.Clock, buckets: map[string]*bucket{},
		state: breaker{clock: o.Clock, log: o.Logger, what: "rates are held by each process alone"},
	}
}

// Take asks for n of the limit units that key may spend in a minute. It answers 0 when they were granted, else how long
// to wait before asking again. n over limit counts as limit; limit ≤ 0 grants all. The error is ctx's alone.
func (l *Limiter) Take(ctx context.Context, key string, n, limit int) (time.Duration, error) {
	if err := ctx.Err(); err != nil {
		return 0, err
	}
	if limit <= 0 || n <= 0 {
		return 0, nil
	}
	n = min(n, limit)
	if l.redis == nil || !l.state.open() {
		return l.local(key, float64(n), float64(limit), false), nil
	}
	ms, err := bucketScript.Run(ctx, l.redis, []string{l.prefix + key}, n, limit).Int64()
	l.state.note(ctx, err)
	if err != nil {
		return l.local(key, float64(n), float64(limit), false), ctx.Err()
	}
	if ms == 0 {
		l.local(key, float64(n), float64(limit), true)
	}
	return time.Duration(ms) * time.Millisecond, nil
}

// local is the bucket of this process. forced takes the units in any case: Redis granted them already.
func (l *Limiter) local(key string, n, limit float64, forced bool) time.Duration {
	l.mu.Lock()
	defer l.mu.Unlock()
	now := l.clock.Now()
	b, ok := l.buckets[key]
	if !ok {
		l.sweep(now)
		b = &bucket{left: limit, at: now}
		l.buckets[key] = b
	}
	b.left = min(limit, b.left+max(0, now.Sub(b.at).Seconds())*limit/window.Seconds())
	b.at = now
	if b.left < n && !forced {
		return max(time.Millisecond, time.Duration((n-b.left)/limit*float64(window)).Round(time.Millisecond))
	}
	b.left = max(0, b.left-n)
	return 0
}

// sweep keeps the number of buckets bounded: it forgets those that are full again, and if none is, any one.
func (l *Limiter) sweep(now time.Time) {
	if len(l.buckets) < maxBuckets {
		return
	}
	for k, b := range l.buckets {
		if now.Sub(b.at) >= window {
			delete(l.buckets, k)
		}
	}
	for k := range l.buckets {
		if len(l.buckets) < maxBuckets {
			return
		}
		delete(l.buckets, k)
	}
}
