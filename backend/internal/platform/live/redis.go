package live

import (
	"context"
	"log/slog"
	"sync/atomic"
	"time"

	"github.com/redis/go-redis/v9"
)

// Redis nudges other processes over Redis pub/sub. A lost nudge costs latency alone, since every hub polls too.
type Redis struct {
	client  redis.UniversalClient
	channel string
	log     *slog.Logger
	news    chan struct{}
	down    atomic.Bool
}

// NewRedis nudges over the channel prefix + "live".
func NewRedis(client redis.UniversalClient, prefix string, log *slog.Logger) *Redis {
	return &Redis{client: client, channel: prefix + "live", log: log, news: make(chan struct{}, 1)}
}

// Nudge tells the other processes, soon and without blocking.
func (r *Redis) Nudge() {
	select {
	case r.news <- struct{}{}:
	default: // one is on its way already
	}
}

// Run publishes and receives until ctx ends.
func (r *Redis) Run(ctx context.Context, nudged func()) {
	sub := r.client.Subscribe(ctx, r.channel)
	defer func() { _ = sub.Close() }()
	incoming := sub.Channel() // reconnects by itself
	for {
		select {
		case <-ctx.Done():
			return
		case _, ok := <-incoming:
			if !ok {
				return
			}
			nudged()
		case <-r.news:
			r.publish(ctx)
		}
	}
}

func (r *Redis) publish(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	err := r.client.Publish(ctx, r.channel, "").Err()
	if failed := err != nil; r.down.Swap(failed) != failed {
		if failed {
			r.log.WarnContext(ctx, "Redis does not answer: live updates of other processes come by polling", "error", err.Error())
		} else {
			r.log.InfoContext(ctx, "Redis answers again")
		}
	}
}
