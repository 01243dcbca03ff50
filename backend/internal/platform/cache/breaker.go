package cache

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"winnow/backend/internal/clock"
)

// pause is how long Redis is left alone after a failure, so that not every call waits for it.
const pause = 3 * time.Second

// breaker remembers whether Redis answers; it logs each change once.
type breaker struct {
	clock clock.Clock
	log   *slog.Logger
	what  string // what is done meanwhile, for the log

	mu    sync.Mutex
	down  bool
	until time.Time
}

// open reports whether Redis should be asked now.
func (b *breaker) open() bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	return !b.down || !b.clock.Now().Before(b.until)
}

// note takes the outcome of a call. A call that its own context ended says nothing about Redis.
func (b *breaker) note(ctx context.Context, err error) {
	if err != nil && ctx.Err() != nil {
		return
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if err != nil {
		b.until = b.clock.Now().Add(pause)
	}
	if b.down == (err != nil) {
		return
	}
	b.down = err != nil
	if b.down {
		b.log.WarnContext(ctx, "Redis does not answer: "+b.what, "error", err.Error())
	} else {
		b.log.InfoContext(ctx, "Redis answers again")
	}
}
