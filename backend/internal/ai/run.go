package ai

import (
	"context"
	"log/slog"
	"time"
)

// tidyPace is how often lost calls are given up and expired answers deleted.
const tidyPace = time.Minute

// Run gives up lost calls and deletes expired answers, at once and then every minute, until ctx ends. Every process
// may run it.
func (c *Client) Run(ctx context.Context) {
	tick := time.NewTicker(tidyPace)
	defer tick.Stop()
	for {
		c.tidy(ctx)
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

func (c *Client) tidy(ctx context.Context) {
	lost, err := c.Recover(ctx)
	if err != nil && ctx.Err() == nil {
		c.log.ErrorContext(ctx, "give up lost model calls", slog.String("error", err.Error()))
	}
	if lost > 0 {
		c.log.WarnContext(ctx, "model calls were lost with their process; they are counted at their worst case", slog.Int("calls", lost))
	}
	if _, err := c.Sweep(ctx); err != nil && ctx.Err() == nil {
		c.log.ErrorContext(ctx, "delete expired answers", slog.String("error", err.Error()))
	}
}
