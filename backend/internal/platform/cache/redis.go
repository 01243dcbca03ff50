package cache

import (
	"context"
	"sync"
	"time"

	"github.com/redis/go-redis/v9"

	"winnow/backend/internal/fault"
)

// silent drops what the Redis library would print to standard error: the breaker logs what matters, once.
type silent struct{}

// Printf drops a line.
func (silent) Printf(context.Context, string, ...any) {}

var silence = sync.OnceFunc(func() { redis.SetLogger(silent{}) }) //nolint:gochecknoglobals // the library's own switch is global

// OpenRedis makes a client for redis://[user:password@]host:port[/db] (or rediss://). It does not connect yet: Redis may
// come and go at any time. Its waits are short, since everything works without it. Faults: Invalid.
func OpenRedis(url string) (*redis.Client, error) {
	silence()
	o, err := redis.ParseURL(url)
	if err != nil {
		return nil, fault.New(fault.Invalid, "redis_url_bad", "WINNOW_REDIS_URL is not a Redis URL; it should look like redis://host:6379")
	}
	o.DialTimeout, o.ReadTimeout, o.WriteTimeout = 500*time.Millisecond, 500*time.Millisecond, 500*time.Millisecond
	o.PoolTimeout = time.Second
	o.MaxRetries = 1
	o.DialerRetries = 1
	o.ContextTimeoutEnabled = true
	return redis.NewClient(o), nil
}
