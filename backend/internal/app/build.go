package app

import (
	"context"
	"log/slog"
	"path/filepath"

	"winnow/backend/internal/account"
	"winnow/backend/internal/ai"
	"winnow/backend/internal/compose"
	"winnow/backend/internal/event"
	"winnow/backend/internal/httpapi"
	"winnow/backend/internal/intake"
	"winnow/backend/internal/lead"
	"winnow/backend/internal/platform/jobs"
	"winnow/backend/internal/profile"
	"winnow/backend/internal/qualify"
	"winnow/backend/internal/qualify/batch"
	"winnow/backend/internal/qualify/judge"
)

func actorOf(ctx context.Context) *string {
	if v, ok := account.From(ctx); ok && v.UserID != "" {
		return &v.UserID
	}
	return nil
}

func (a *App) buildPlatform(p Parts) error {
	a.Events = event.New(a.DB, a.Clock, actorOf)
	var err error
	a.Jobs, err = jobs.New(a.DB, jobs.Options{
		Work: a.worksJobs(), Workers: a.Config.Process.Workers, Clock: a.Clock, Logger: a.Log,
		Queues:  map[string]int{batch.QueueName: maxBatchesAtOnce},
		Context: func(ctx context.Context) context.Context { return account.With(ctx, account.System()) },
	})
	return err
}

// maxBatchesAtOnce bounds how many batches one process works on side by side; the others wait their turn.
const maxBatchesAtOnce = 4

func (a *App) buildRooms(p Parts) error {
	c := a.Config
	var err error
	a.Accounts, err = account.New(a.DB, a.Clock, a.Events, account.Options{
		SecretKey: []byte(c.Security.SecretKey.Reveal()), BaseURL: c.Server.BaseURL, Mailed: c.Mail.Configured(), Log: a.Log,
	})
	if err != nil {
		return err
	}
	a.Profiles = profile.NewService(a.DB, a.Events, a.Clock)
	a.AI = ai.New(ai.Deps{Config: ai.ConfigOf(c), DB: a.DB, Clock: a.Clock, HTTP: p.HTTP, Events: a.Events, Log: a.Log})
	a.Leads = lead.NewStore(a.DB, a.Clock)
	a.Intake = intake.New(intake.Config{
		DB: a.DB, Log: a.Events, Clock: a.Clock, Jobs: a.Jobs, Dir: filepath.Join(c.Data.Dir, "uploads"), MaxBytes: c.Server.MaxUploadBytes(),
		Region: p.Region,
	})
	a.Judge = judge.New(a.DB, a.Clock, a.Events, a.Leads, a.Profiles, a.analyzers()...)
	a.Batches = batch.New(a.DB, a.Clock, a.Events, a.Judge, a.Leads, a.Jobs, money{a.AI.Ledger()})
	o := p.Batch
	if o.Concurrency == 0 {
		o.Concurrency = c.AI.Concurrency
	}
	o.SoleOwner = c.Data.SQLite()
	a.Runner = batch.NewRunner(a.Batches, a.Accounts, o, a.Log)
	a.Compose = compose.New(a.DB, a.Clock, a.Events, a.Leads, a.Judge, senders{a.Accounts}, nil)
	if a.worksJobs() {
		jobs.AddWorker(a.Jobs, &batch.Worker{Runner: a.Runner})
		jobs.AddWorker(a.Jobs, intake.NewRunWorker(a.Intake))
		jobs.AddWorker(a.Jobs, &compose.Worker{Service: a.Compose, Actors: a.Accounts, Log: a.Log})
	}
	return nil
}

func (a *App) analyzers() []qualify.Analyzer {
	return nil
}

func (a *App) buildServer(p Parts) error {
	c := a.Config.Server
	deps := p.Server
	deps.Auth, deps.Idempotency, deps.Ready, deps.Clock = a.Accounts, a.Accounts, a.ready, a.Clock
	if deps.Log == nil {
		deps.Log = a.Log
	}
	hc := httpapi.Config{
		BaseURL: c.BaseURL, TrustedProxies: c.TrustedProxies, AllowedOrigins: c.AllowedOrigins, MetricsToken: c.MetricsToken.Reveal(),
	}
	var err error
	a.Server, err = httpapi.New(hc, deps, a.resources(hc)...)
	return err
}

func (a *App) resources(c httpapi.Config) []httpapi.Resource {
	return []httpapi.Resource{
		httpapi.NewSetup(a.Accounts, c),
		httpapi.NewAuth(a.Accounts, c),
		httpapi.NewMe(a.Accounts),
		httpapi.NewUsers(a.Accounts),
		httpapi.NewSessions(a.Accounts),
		httpapi.NewAPIKeys(a.Accounts),
		httpapi.NewAnalyses(a.Judge),
		httpapi.NewBatches(a.Batches, a.Clock),
		httpapi.NewMessages(a.Compose),
		httpapi.NewTemplates(a.Compose),
	}
}

func (a *App) ready(ctx context.Context) error {
	steps, err := a.DB.Status(ctx)
	if err != nil {
		return err
	}
	for _, s := range steps {
		if !s.Applied {
			return errNotMigrated(s.ID)
		}
	}
	return nil
}

// startBackground runs what is neither a request nor a job, until ctx ends.
func (a *App) startBackground(ctx context.Context) {
	a.background.Go(func() { a.Accounts.Run(ctx) })
	a.background.Go(func() { a.watchProfile(ctx) })
}

func (a *App) reportProfile(ctx context.Context) func(*profile.Set, error) {
	return func(set *profile.Set, err error) {
		if err != nil {
			a.Log.ErrorContext(ctx, "profile files not taken over", slog.Any("error", err))
			return
		}
		a.Log.InfoContext(ctx, "profile files taken over", slog.Int("version", set.Version))
	}
}
