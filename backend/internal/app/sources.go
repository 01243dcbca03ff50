package app

import (
	"context"
	"log/slog"
	"time"

	"winnow/backend/internal/collect"
	"winnow/backend/internal/collect/indiamart"
	"winnow/backend/internal/platform/jobs"
	"winnow/backend/internal/platform/secret"
	"winnow/backend/internal/platform/webclient"
)

// maxRunsAtOnce bounds how many sources one process looks at side by side: they mostly wait for other machines.
const maxRunsAtOnce = 8

// sourceTimeout bounds one answer of a place.
const sourceTimeout = time.Minute

// buildSources makes the places that leads come from. A new kind of place is one package below collect and one line here.
func (a *App) buildSources(root []byte) error {
	box, err := secret.New(root)
	if err != nil {
		return err
	}
	client := a.parts.Places
	if client == nil {
		if client, err = webclient.New(webclient.Options{AllowHosts: a.Config.Server.AllowHosts, Timeout: sourceTimeout, Logger: a.Log}); err != nil {
			return err
		}
	}
	a.Sources, err = collect.New(collect.Deps{
		DB: a.DB, Clock: a.Clock, Events: a.Events, Door: a.Intake, Jobs: a.Jobs, Seal: box, Zone: a.zone,
		Connectors: []collect.Connector{
			indiamart.NewPull(client, indiamart.PullAddress),
		},
	})
	if err != nil {
		return err
	}
	if a.worksJobs() {
		jobs.AddWorker(a.Jobs, collect.NewRunWorker(a.Sources))
	}
	return nil
}

// zone is the workspace's time zone.
func (a *App) zone(ctx context.Context) *time.Location {
	w, _, err := a.Settings.Get(ctx)
	if err != nil {
		return time.UTC
	}
	z, err := time.LoadLocation(w.Timezone)
	if err != nil {
		return time.UTC
	}
	return z
}

// sourcePace is how often the clock is looked at for sources that are due.
const sourcePace = 15 * time.Second

func (a *App) watchSources(ctx context.Context) {
	t := time.NewTicker(sourcePace)
	defer t.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-t.C:
		}
		if err := a.Sources.Tick(ctx); err != nil && ctx.Err() == nil {
			a.Log.WarnContext(ctx, "sources not looked through", slog.Any("error", err))
		}
	}
}
