package app

import (
	"context"
	"log/slog"
	"time"
)

// importPace is how often imports are looked for whose process died; they are then taken up within some seconds.
const importPace = 3 * time.Second

func (a *App) watchImports(ctx context.Context) {
	t := time.NewTicker(importPace)
	defer t.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-t.C:
		}
		n, err := a.Intake.Recover(ctx)
		switch {
		case err != nil && ctx.Err() == nil:
			a.Log.WarnContext(ctx, "imports not looked through", slog.Any("error", err))
		case n > 0:
			a.Log.InfoContext(ctx, "imports taken up again", slog.Int("imports", n))
		}
	}
}

// phoneRegion is the country of the profile in force, for phone numbers that name none.
func (a *App) phoneRegion(ctx context.Context) string {
	set, err := a.Profiles.Current(ctx)
	if err != nil {
		return "" // numbers then need their country code; the import says so row by row
	}
	return set.Company.DefaultRegion
}
