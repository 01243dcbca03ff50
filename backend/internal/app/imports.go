package app

import (
	"context"
	"log/slog"
	"time"

	"winnow/backend/internal/event"
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
		if err := a.Finder.Recover(ctx); err != nil && ctx.Err() == nil {
			a.Log.WarnContext(ctx, "sweeps not looked through", slog.Any("error", err))
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

// followPace is how soon what is derived from events catches up with them; during imports and batches it may take up to followWait.
const (
	followPace = 2 * time.Second
	followWait = 5 * time.Minute
)

func (a *App) followEvents(ctx context.Context) {
	followers := []event.Follower{a.speller.Follower(), a.Finder.Follower(), a.Firms.Follower()}
	if a.Config.Data.CheckMailDomains {
		followers = append(followers, a.domains.Follower())
	}
	a.Events.Keep(ctx, event.Keeping{
		Pace: followPace, Busy: a.busy, MaxWait: followWait, Watched: a.watched,
		OnError: func(err error) { a.Log.WarnContext(ctx, "events not followed", slog.Any("error", err)) },
	}, followers...)
}

// domainPace is how often some domains of leads' addresses are asked about, and domainRound how many.
const (
	domainPace  = 10 * time.Second
	domainRound = 40
)

func (a *App) watchDomains(ctx context.Context) {
	t := time.NewTicker(domainPace)
	defer t.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-t.C:
		}
		if a.busy(ctx) {
			continue
		}
		if _, err := a.domains.Round(ctx, domainRound); err != nil && ctx.Err() == nil {
			a.Log.WarnContext(ctx, "domains not asked about", slog.Any("error", err))
		}
	}
}

// busy reports whether people wait for something that what follows events would slow down.
func (a *App) busy(ctx context.Context) bool { return a.Intake.Busy(ctx) || a.Batches.Busy(ctx) }

// watchedFor is how long after a request people are taken to be still there.
const watchedFor = 5 * time.Second

// watched reports whether somebody uses this process right now.
func (a *App) watched() bool {
	last := a.Server.LastAsked()
	return !last.IsZero() && a.Clock.Now().Sub(last) < watchedFor
}

// phoneRegion is the country of the profile in force, for phone numbers that name none.
func (a *App) phoneRegion(ctx context.Context) string {
	set, err := a.Profiles.Current(ctx)
	if err != nil {
		return "" // numbers then need their country code; the import says so row by row
	}
	return set.Company.DefaultRegion
}
