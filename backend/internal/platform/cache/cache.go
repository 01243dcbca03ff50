// Package cache keeps values that can be made anew for a while: in memory, or in Redis when several processes share
// them. When Redis fails, the memory of this process takes over until it answers again; a cache never fails a request.
package cache

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/maypok86/otter/v2"
	"github.com/redis/go-redis/v9"
	"golang.org/x/sync/singleflight"

	"winnow/backend/internal/clock"
)

const (
	defaultMaxBytes = 32 << 20
	entryCost       = 128  // bytes that an entry takes beside key and value, about
	maxDirty        = 4096 // keys remembered as changed while Redis was away
	maxValue        = 4 << 20
)

// Options set up a Cache. The zero value keeps 32 MiB in memory.
type Options struct {
	Redis    redis.UniversalClient // nil = memory alone
	Prefix   string                // before every key in Redis
	MaxBytes int                   // of memory; 0 = 32 MiB
	Clock    clock.Clock           // nil = the machine's
	Logger   *slog.Logger          // nil = slog.Default
}

// Cache keeps byte values under keys for a time. Make one with New; safe for concurrent use.
type Cache struct {
	o      Options
	memory *otter.Cache[string, entry]
	state  breaker
	flight singleflight.Group

	mu    sync.Mutex
	dirty map[string]struct{} // changed here while Redis was away: its copies are old
}

type entry struct {
	value []byte
	until time.Time
}

// New makes a cache.
func New(o Options) (*Cache, error) {
	if o.MaxBytes <= 0 {
		o.MaxBytes = defaultMaxBytes
	}
	if o.Clock == nil {
		o.Clock = clock.System{}
	}
	if o.Logger == nil {
		o.Logger = slog.Default()
	}
	memory, err := otter.New(&otter.Options[string, entry]{
		MaximumWeight: uint64(o.MaxBytes),                                                                  //nolint:gosec // positive
		Weigher:       func(k string, e entry) uint32 { return uint32(len(k) + len(e.value) + entryCost) }, //nolint:gosec // bounded by maxValue
	})
	if err != nil {
		return nil, fmt.Errorf("make the cache: %w", err)
	}
	return &Cache{
		o: o, memory: memory, dirty: map[string]struct{}{},
		state: breaker{clock: o.Clock, log: o.Logger, what: "the cache is kept in memory"},
	}, nil
}

// Get is the value under key, false when there is none or it is too old.
func (c *Cache) Get(ctx context.Context, key string) ([]byte, bool) {
	if c.shared(ctx) {
		b, err := c.o.Redis.Get(ctx, c.o.Prefix+key).Bytes()
		if missing := errors.Is(err, redis.Nil); err == nil || missing {
			c.state.note(ctx, nil)
			return b, !missing
		}
		c.state.note(ctx, err)
	}
	e, ok := c.memory.GetIfPresent(key)
	if !ok || !c.o.Clock.Now().Before(e.until) {
		return nil, false
	}
	return e.value, true
}

// Set keeps value under key for ttl. Values over 4 MiB and a ttl ≤ 0 are not kept.
func (c *Cache) Set(ctx context.Context, key string, value []byte, ttl time.Duration) {
	if ttl <= 0 || len(value) > maxValue {
		c.Delete(ctx, key)
		return
	}
	if c.shared(ctx) {
		err := c.o.Redis.Set(ctx, c.o.Prefix+key, value, ttl).Err()
		c.state.note(ctx, err)
		if err == nil {
			return
		}
	}
	c.soil(key)
	c.memory.Set(key, entry{value, c.o.Clock.Now().Add(ttl)})
}

// Delete forgets key.
func (c *Cache) Delete(ctx context.Context, key string) {
	c.memory.Invalidate(key)
	if c.shared(ctx) {
		err := c.o.Redis.Del(ctx, c.o.Prefix+key).Err()
		c.state.note(ctx, err)
		if err == nil {
			return
		}
	}
	c.soil(key)
}

// GetOrLoad is Get, or what load makes, which is then kept for ttl. Callers that ask for the same key at once share one
// load. An error of load is answered and not kept.
func (c *Cache) GetOrLoad(ctx context.Context, key string, ttl time.Duration, load func(context.Context) ([]byte, error)) ([]byte, error) {
	if b, ok := c.Get(ctx, key); ok {
		return b, nil
	}
	v, err, shared := c.flight.Do(key, func() (any, error) {
		b, err := load(ctx)
		if err == nil {
			c.Set(ctx, key, b, ttl)
		}
		return b, err
	})
	if err != nil && shared && errors.Is(err, context.Canceled) && ctx.Err() == nil {
		return load(ctx) // the one who loaded for us went away
	}
	if err != nil {
		return nil, err
	}
	return v.([]byte), nil //nolint:forcetypeassert // made above
}

// Load is GetOrLoad for values of any type that is good JSON.
func Load[T any](ctx context.Context, c *Cache, key string, ttl time.Duration, load func(context.Context) (T, error)) (T, error) {
	var v T
	b, err := c.GetOrLoad(ctx, key, ttl, func(ctx context.Context) ([]byte, error) {
		v, err := load(ctx)
		if err != nil {
			return nil, err
		}
		return json.Marshal(v)
	})
	if err != nil {
		return v, err
	}
	if err := json.Unmarshal(b, &v); err != nil {
		c.Delete(ctx, key)
		return load(ctx)
	}
	return v, nil
}

// soil remembers that Redis' copy of key is old. Past maxDirty keys the oldest copies live on until their ttl.
func (c *Cache) soil(key string) {
	if c.o.Redis == nil {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.dirty) < maxDirty {
		c.dirty[key] = struct{}{}
	}
}

// shared reports whether Redis is to be asked. When it was away, what changed here meanwhile is first deleted there.
func (c *Cache) shared(ctx context.Context) bool {
	if c.o.Redis == nil || !c.state.open() {
		return false
	}
	c.mu.Lock()
	keys := make([]string, 0, len(c.dirty))
	for k := range c.dirty {
		keys = append(keys, c.o.Prefix+k)
	}
	c.mu.Unlock()
	if len(keys) == 0 {
		return true
	}
	err := c.o.Redis.Del(ctx, keys...).Err()
	c.state.note(ctx, err)
	if err != nil {
		return false
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, k := range keys {
		delete(c.dirty, k[len(c.o.Prefix):])
	}
	return true
}
