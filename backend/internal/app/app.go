// Package app composes the product: it makes every service, ties ports to the rooms that fill them, and starts and
// stops the process in order. Nothing imports it but the command line and whole-product tests.
package app

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"sync"
	"time"

	"github.com/redis/go-redis/v9"

	"winnow/backend/internal/account"
	"winnow/backend/internal/ai"
	"winnow/backend/internal/app/doctor"
	"winnow/backend/internal/clock"
	"winnow/backend/internal/collect"
	"winnow/backend/internal/compose"
	"winnow/backend/internal/config"
	"winnow/backend/internal/event"
	"winnow/backend/internal/httpapi"
	"winnow/backend/internal/insight"
	"winnow/backend/internal/intake"
	"winnow/backend/internal/intake/firm"
	"winnow/backend/internal/intake/resolution"
	"winnow/backend/internal/lead"
	"winnow/backend/internal/lead/company"
	"winnow/backend/internal/lead/duplicate"
	"winnow/backend/internal/lead/maildomain"
	"winnow/backend/internal/lead/merging"
	"winnow/backend/internal/lead/spelling"
	"winnow/backend/internal/platform/db"
	"winnow/backend/internal/platform/jobs"
	"winnow/backend/internal/platform/live"
	"winnow/backend/internal/platform/mailhost"
	"winnow/backend/internal/platform/telemetry"
	"winnow/backend/internal/profile"
	"winnow/backend/internal/qualify"
	"winnow/backend/internal/qualify/batch"
	"winnow/backend/internal/qualify/judge"
	"winnow/backend/internal/settings"
)

// App is the whole product in one process.
type App struct {
	Config    config.Config
	DB        *db.DB
	Clock     clock.Clock
	Log       *slog.Logger
	Events    *event.Log
	Jobs      *jobs.Jobs
	Accounts  *account.Service
	Profiles  *profile.Service
	AI        *ai.Client
	Leads     *lead.Service
	Merges    *merging.Service
	Twins     *duplicate.Service
	Companies *company.Service
	Finder    *resolution.Service
	Firms     *firm.Service
	Settings  *settings.Service
	Sources   *collect.Service
	Insight   *insight.Service
	Intake    *intake.Service
	Judge     *judge.Service
	Batches   *batch.Service
	Runner    *batch.Runner
	Compose   *compose.Service
	Server    *httpapi.Server
	Hub       *live.Hub
	Metrics   *telemetry.Metrics

	redis      *redis.Client // nil without Redis
	speller    *spelling.Speller
	domains    *maildomain.Service
	rules      qualify.Analyzer
	parts      Parts
	startedAt  time.Time
	background sync.WaitGroup
}

// Doer sends a request.
type Doer interface {
	Do(req *http.Request) (*http.Response, error)
}

// Parts are what only the binary can give: the built web app and the contract.
type Parts struct {
	Server httpapi.Deps // UI and OpenAPI; the rest is filled here
	HTTP   *http.Client // for models; nil = the guarded client
	// Places sends what connectors of sources ask; nil = the guarded client.
	Places Doer
	Names  mailhost.Names // the name service, for domains of mail; nil = the machine's
	Clock  clock.Clock    // nil = the machine's
	Log    *slog.Logger   // nil = slog.Default
	// Work overrides whether this process works jobs; nil = by the settings' roles.
	Work *bool
	// Region is the default country of phone numbers (ISO 3166); "" = the profile's.
	Region string
	// Batch tunes the runners; zero values take the settings' or their own defaults.
	Batch batch.Options
}

// New opens the database, brings its schema up to date and composes the product. It starts nothing.
func New(ctx context.Context, cfg config.Config, p Parts) (*App, error) {
	if p.Clock == nil {
		p.Clock = clock.System{}
	}
	if p.Log == nil {
		p.Log = slog.Default()
	}
	d, err := db.Open(ctx, db.Options{URL: cfg.Data.DatabaseURL.Reveal(), DataDir: cfg.Data.Dir, Now: p.Clock.Now})
	if err != nil {
		return nil, err
	}
	a := &App{Config: cfg, DB: d, Clock: p.Clock, Log: p.Log, parts: p, startedAt: p.Clock.Now().UTC()}
	if err := a.build(ctx, p); err != nil {
		return nil, errors.Join(err, d.Close())
	}
	return a, nil
}

func (a *App) build(ctx context.Context, p Parts) error {
	if err := a.DB.Migrate(ctx); err != nil {
		return err
	}
	if err := a.buildPlatform(); err != nil {
		return err
	}
	if err := a.buildRooms(p); err != nil {
		return err
	}
	if err := a.seed(ctx); err != nil {
		return err
	}
	a.wire()
	return a.buildServer(p) //nolint:contextcheck // a handler's context is its request's
}

// seed makes sure that a fresh workspace has a profile and templates; what people changed stays.
func (a *App) seed(ctx context.Context) error {
	ctx = account.With(ctx, account.System())
	if err := a.Profiles.Open(ctx, profile.DefaultName, a.profileDir(), a.reportProfile(ctx)); err != nil {
		return err
	}
	return a.Compose.EnsureBuiltins(ctx)
}

// profileDir is where profile files may lie as seeds.
func (a *App) profileDir() string { return doctor.ProfileDir(a.Config) }

// Run serves on ln (nil: no web server) and works in the background until ctx ends; then it stops in order.
func (a *App) Run(ctx context.Context, ln net.Listener) error {
	work := a.worksJobs()
	back, stop := context.WithCancel(account.With(context.WithoutCancel(ctx), account.System()))
	defer stop()
	if work {
		if err := a.startWork(back); err != nil {
			return err
		}
	}
	a.startBackground(back)
	var err error
	if ln != nil {
		err = a.Server.Serve(ctx, ln)
	} else {
		<-ctx.Done()
	}
	if work {
		err = errors.Join(err, a.stopWork(context.WithoutCancel(ctx)))
	}
	stop()
	a.background.Wait()
	return err
}

func (a *App) startWork(ctx context.Context) error {
	n, err := a.AI.Recover(ctx)
	if err != nil {
		return fmt.Errorf("recover money ledger: %w", err)
	}
	if n > 0 {
		a.Log.WarnContext(ctx, "calls of a process that died are counted as paid", slog.Int("calls", n))
	}
	if err := a.Jobs.Start(ctx); err != nil {
		return err
	}
	if _, err := a.Intake.Recover(ctx); err != nil {
		return fmt.Errorf("recover imports: %w", err)
	}
	a.background.Go(func() { a.Runner.Watch(ctx) })
	a.background.Go(func() { a.followEvents(ctx) })
	a.background.Go(func() { a.watchSources(ctx) })
	if a.Config.Data.CheckMailDomains {
		a.background.Go(func() { a.watchDomains(ctx) })
	}
	return nil
}

// stopGrace is how long running jobs may take to come to a checkpoint.
const stopGrace = 28 * time.Second

func (a *App) stopWork(ctx context.Context) error {
	a.Runner.Drain()
	ctx, cancel := context.WithTimeout(ctx, stopGrace)
	defer cancel()
	return a.Jobs.Stop(ctx)
}

// Close releases the database; call it after Run.
func (a *App) Close() error {
	var err error
	if a.redis != nil {
		err = a.redis.Close()
	}
	return errors.Join(err, a.DB.Close())
}

func (a *App) worksJobs() bool {
	return a.Config.Process.Has(config.RoleWorker) || a.Config.Process.Has(config.RoleScheduler)
}
