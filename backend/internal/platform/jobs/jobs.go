// Package jobs runs background work on River, in the same database as everything else: a job is inserted in the
// transaction that makes it necessary, so neither can exist without the other. Arguments hold ids only, and workers are
// idempotent: a job may run again after a crash.
package jobs

import (
	"context"
	"database/sql"
	"fmt"
	"log/slog"
	"sync/atomic"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver"
	"github.com/riverqueue/river/riverdriver/riverdatabasesql"
	"github.com/riverqueue/river/riverdriver/riversqlite"
	"github.com/riverqueue/river/rivertype"
	"gorm.io/gorm"

	"winnow/backend/internal/clock"
	"winnow/backend/internal/fault"
	"winnow/backend/internal/platform/db"
)

const (
	defaultWorkers  = 4
	defaultAttempts = 8               // with River's attempt⁴ seconds: given up after about 80 minutes
	defaultTimeout  = 5 * time.Minute // a worker's Timeout method overrides it
	defaultSoftStop = 25 * time.Second
	rescueAfter     = 6 * time.Minute // a running job is taken over when its process is gone; must exceed defaultTimeout
	fetchCooldown   = 10 * time.Millisecond
	fetchPoll       = 500 * time.Millisecond
)

// Options set up Jobs. The zero value inserts jobs and works none.
type Options struct {
	Work    bool           // whether this process works jobs (role worker or scheduler)
	Workers int            // jobs of the default queue at once; 0 = 4
	Queues  map[string]int // further queues and how many of their jobs run at once
	Clock   clock.Clock    // nil = the machine's
	Logger  *slog.Logger   // nil = slog.Default
	// SoftStop is how long Stop lets running jobs finish before it cancels them and puts them back; 0 = 25 s.
	SoftStop time.Duration
	// Context prepares the context of every job, e.g. with the product's own viewer; nil = as it is.
	Context func(context.Context) context.Context
	// Observe is told of each finished run for metrics; outcome is done, retry, snooze, cancel or panic. May be nil.
	Observe func(kind, outcome string, took time.Duration)
}

// Jobs inserts and works jobs. Make one with New.
type Jobs struct {
	db       *db.DB
	client   *river.Client[*sql.Tx]
	workers  *river.Workers // nil when this process works no jobs
	opts     Options
	stopping atomic.Bool
}

// New makes Jobs over d, whose migrations must have run before Start.
func New(d *db.DB, o Options) (*Jobs, error) {
	o = withDefaults(o)
	sdb, err := d.Write.DB()
	if err != nil {
		return nil, fmt.Errorf("jobs: %w", err)
	}
	var driver riverdriver.Driver[*sql.Tx] = riversqlite.New(sdb)
	if d.Dialect == db.Postgres {
		driver = riverdatabasesql.NewWithPgxListener(sdb, d.Pool())
	}
	j := &Jobs{db: d, opts: o}
	if j.client, err = river.NewClient(driver, j.config()); err != nil {
		return nil, fmt.Errorf("jobs: %w", err)
	}
	return j, nil
}

func withDefaults(o Options) Options {
	if o.Workers <= 0 {
		o.Workers = defaultWorkers
	}
	if o.Clock == nil {
		o.Clock = clock.System{}
	}
	if o.Logger == nil {
		o.Logger = slog.Default()
	}
	if o.SoftStop <= 0 {
		o.SoftStop = defaultSoftStop
	}
	return o
}

func (j *Jobs) config() *river.Config {
	c := &river.Config{
		Logger:      j.opts.Logger.With("part", "jobs"),
		MaxAttempts: defaultAttempts,
	}
	if !j.opts.Work {
		return c
	}
	j.workers = river.NewWorkers()
	c.Workers = j.workers
	c.Queues = map[string]river.QueueConfig{river.QueueDefault: {MaxWorkers: j.opts.Workers}}
	for name, n := range j.opts.Queues {
		c.Queues[name] = river.QueueConfig{MaxWorkers: n}
	}
	c.FetchCooldown, c.FetchPollInterval = fetchCooldown, fetchPoll
	c.JobTimeout, c.RescueStuckJobsAfter = defaultTimeout, rescueAfter
	c.SoftStopTimeout = j.opts.SoftStop
	c.Middleware = []rivertype.Middleware{river.WorkerMiddlewareFunc(j.work)}
	c.ErrorHandler = handler{j}
	return c
}

// AddWorker registers the worker of one kind of job; call before Start. It does nothing in a process that works no jobs.
func AddWorker[T river.JobArgs](j *Jobs, w river.Worker[T]) {
	if j.workers != nil {
		river.AddWorker(j.workers, w)
	}
}

// Every has the job that args makes inserted at each interval, and once at start when now is set. Of several processes
// one does it. Call before Start.
func (j *Jobs) Every(interval time.Duration, now bool, args func() river.JobArgs) {
	if j.workers == nil {
		return
	}
	j.client.PeriodicJobs().Add(river.NewPeriodicJob(river.PeriodicInterval(interval),
		func() (river.JobArgs, *river.InsertOpts) { return args(), nil }, &river.PeriodicJobOpts{RunOnStart: now}))
}

// InsertTx inserts a job in tx: it exists if and only if tx commits. o may be nil.
func (j *Jobs) InsertTx(tx *gorm.DB, args river.JobArgs, o *river.InsertOpts) error {
	if _, err := j.client.InsertTx(tx.Statement.Context, db.SQLTx(tx), args, o); err != nil {
		return fmt.Errorf("insert job %s: %w", args.Kind(), err)
	}
	return nil
}

// InsertManyTx inserts many jobs in tx at once.
func (j *Jobs) InsertManyTx(tx *gorm.DB, many []river.InsertManyParams) error {
	if len(many) == 0 {
		return nil
	}
	if _, err := j.client.InsertManyFastTx(tx.Statement.Context, db.SQLTx(tx), many); err != nil {
		return fmt.Errorf("insert %d jobs: %w", len(many), err)
	}
	return nil
}

// Start begins to work jobs; it does nothing in a process that works none. ctx bounds the start alone, Stop ends it.
// Faults: Unavailable when the database does not answer.
func (j *Jobs) Start(ctx context.Context) error {
	if j.workers == nil {
		return nil
	}
	if err := j.recover(ctx); err != nil {
		return err
	}
	if err := j.client.Start(context.WithoutCancel(ctx)); err != nil {
		return fault.Wrap(err, fault.Unavailable, "jobs_not_started", "Background work cannot start; check that the database answers and is migrated (winnow migrate up)")
	}
	return nil
}

// Stop takes no more jobs, lets running ones finish for Options.SoftStop, then cancels them and puts them back into
// the queue. ctx bounds the wait.
func (j *Jobs) Stop(ctx context.Context) error {
	if j.workers == nil {
		return nil
	}
	j.stopping.Store(true)
	if err := j.client.Stop(ctx); err != nil {
		return fmt.Errorf("stop jobs: %w", err)
	}
	return nil
}
