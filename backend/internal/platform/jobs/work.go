package jobs

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"

	"winnow/backend/internal/fault"
	"winnow/backend/internal/platform/db"
)

const (
	busySnooze    = time.Second
	fullSnooze    = 15 * time.Second
	limitedSnooze = 30 * time.Second
	// snoozeLimit ends the patience with a cause that was to go away by itself: a job older than this fails in earnest.
	snoozeLimit = 24 * time.Hour
)

// Outcomes of a run, as Options.Observe and the log name them.
const (
	outcomeDone   = "done"
	outcomeRetry  = "retry"
	outcomeSnooze = "snooze"
	outcomeCancel = "cancel"
	outcomePanic  = "panic"
)

// work runs around every worker: it prepares the context, maps the fault and logs.
func (j *Jobs) work(ctx context.Context, job *rivertype.JobRow, inner func(context.Context) error) error {
	began := j.opts.Clock.Now()
	if j.opts.Context != nil {
		ctx = j.opts.Context(ctx)
	}
	err := j.mapped(ctx, job, inner(ctx))
	took := j.opts.Clock.Now().Sub(began)
	outcome := outcomeOf(err)
	j.log(ctx, job, outcome, err, took)
	j.observe(job.Kind, outcome, took)
	return err
}

// mapped is the one table from faults to what becomes of a job:
//
//	already a River answer         as it is
//	our own stop                   back into the queue, without counting the attempt
//	busy database, full disk,
//	RateLimited, Unavailable with
//	RetryAfter                     later, without counting the attempt
//	Unavailable, Stale, Internal   retry with growing waits, up to the job's attempts
//	everything else                cancel: running it again would give the same
func (j *Jobs) mapped(ctx context.Context, job *rivertype.JobRow, err error) error {
	if err == nil || isRiver(err) {
		return err
	}
	if j.stopping.Load() && errors.Is(ctx.Err(), context.Canceled) {
		return river.JobSnooze(0)
	}
	young := j.opts.Clock.Now().Sub(job.CreatedAt) < snoozeLimit
	kind := fault.KindOf(err)
	switch {
	case db.IsBusy(err) && young:
		return j.snooze(ctx, job, err, busySnooze)
	case db.IsFull(err) && young:
		return j.snooze(ctx, job, err, fullSnooze)
	case kind == fault.RateLimited && young:
		return j.snooze(ctx, job, err, orDefault(retryAfter(err), limitedSnooze))
	case kind == fault.Unavailable && retryAfter(err) > 0 && young:
		return j.snooze(ctx, job, err, retryAfter(err))
	case kind == fault.Unavailable, kind == fault.RateLimited, kind == fault.Stale, kind == fault.Internal:
		return err
	}
	return river.JobCancel(err)
}

func (j *Jobs) snooze(ctx context.Context, job *rivertype.JobRow, err error, wait time.Duration) error {
	j.opts.Logger.InfoContext(ctx, "job waits", "job_id", job.ID, "job_kind", job.Kind, "wait", wait, "error", err.Error())
	return river.JobSnooze(wait)
}

func orDefault(d, otherwise time.Duration) time.Duration {
	if d <= 0 {
		return otherwise
	}
	return d
}

func retryAfter(err error) time.Duration {
	if e, ok := errors.AsType[*fault.Error](err); ok {
		return e.RetryAfter
	}
	return 0
}

func isRiver(err error) bool {
	_, cancel := errors.AsType[*river.JobCancelError](err)
	_, snooze := errors.AsType[*river.JobSnoozeError](err)
	return cancel || snooze
}

func outcomeOf(err error) string {
	if err == nil {
		return outcomeDone
	}
	if _, ok := errors.AsType[*river.JobCancelError](err); ok {
		return outcomeCancel
	}
	if _, ok := errors.AsType[*river.JobSnoozeError](err); ok {
		return outcomeSnooze
	}
	return outcomeRetry
}

func (j *Jobs) log(ctx context.Context, job *rivertype.JobRow, outcome string, err error, took time.Duration) {
	level, msg := slog.LevelDebug, "job "+outcome
	attrs := []any{"job_id", job.ID, "job_kind", job.Kind, "attempt", job.Attempt, "took", took}
	switch {
	case outcome == outcomeCancel, outcome == outcomeRetry && job.Attempt >= job.MaxAttempts:
		level, msg = slog.LevelError, "job given up"
	case outcome == outcomeRetry:
		level = slog.LevelWarn
	}
	if err != nil && outcome != outcomeSnooze {
		attrs = append(attrs, "error", err.Error(), "code", fault.CodeOf(err))
	}
	j.opts.Logger.Log(ctx, level, msg, attrs...)
}

func (j *Jobs) observe(kind, outcome string, took time.Duration) {
	if j.opts.Observe != nil {
		j.opts.Observe(kind, outcome, took)
	}
}

// handler is told by River of errors (logged by work already) and of panics. A panic fails its own attempt alone; the
// job retries and is discarded after its last attempt.
type handler struct{ j *Jobs }

// HandleError leaves River's answer as it is.
func (handler) HandleError(context.Context, *rivertype.JobRow, error) *river.ErrorHandlerResult {
	return nil
}

// HandlePanic logs the panic with its stack.
func (h handler) HandlePanic(ctx context.Context, job *rivertype.JobRow, value any, trace string) *river.ErrorHandlerResult {
	h.j.opts.Logger.ErrorContext(ctx, "job panicked", "job_id", job.ID, "job_kind", job.Kind, "attempt", job.Attempt,
		"max_attempts", job.MaxAttempts, "panic", fmt.Sprint(value), "stack", trace)
	h.j.observe(job.Kind, outcomePanic, 0)
	return nil
}
