package batch

import (
	"context"
	"log/slog"
	"math/rand/v2"
	"runtime"
	"sync"
	"time"

	"gorm.io/gorm"

	"winnow/backend/internal/account"
	"winnow/backend/internal/fault"
	"winnow/backend/internal/id"
	"winnow/backend/internal/lead"
	"winnow/backend/internal/profile"
	"winnow/backend/internal/qualify"
)

// Actors tells who a user is now, so that work queued by somebody who has since lost the right stops. Fault:
// Unauthenticated for users that are gone or disabled.
type Actors interface {
	ViewerOf(ctx context.Context, userID string) (account.Viewer, error)
}

// Runner works on batches in this process. Make one, give Work to the jobs room, and run Watch beside it.
type Runner struct {
	*Service
	opts   Options
	actors Actors
	log    *slog.Logger
	calls  chan struct{} // one token per model call in flight, over all batches of this process

	mu       sync.Mutex
	active   map[string]bool
	enqueued map[string]time.Time
	stopping chan struct{}
	stopOnce sync.Once
}

// NewRunner makes the runner of a process.
func NewRunner(s *Service, actors Actors, o Options, log *slog.Logger) *Runner {
	o = o.withDefaults()
	if o.Instance == "" {
		o.Instance = id.New()
	}
	if o.Jitter == nil {
		o.Jitter = rand.Float64
	}
	return &Runner{
		Service: s, opts: o, actors: actors, log: log, calls: make(chan struct{}, o.Concurrency),
		active: map[string]bool{}, enqueued: map[string]time.Time{}, stopping: make(chan struct{}),
	}
}

// Drain makes every Work return soon: no further lead is begun, those in flight are finished. Call it before the jobs
// room stops.
func (r *Runner) Drain() { r.stopOnce.Do(func() { close(r.stopping) }) }

// Work runs a batch until nothing of it can be done now. A second Work on the same batch in this process returns at once.
func (r *Runner) Work(ctx context.Context, batchID string) error {
	if !r.enter(batchID) {
		return nil
	}
	defer r.leave(batchID)
	ctx = account.With(ctx, account.System())
	b, err := r.start(ctx, batchID)
	if err != nil || !b.Alive() {
		return err
	}
	an, err := r.judge.Analyzer(b.Analyzer)
	if err != nil {
		return r.halt(ctx, batchID, err)
	}
	set, err := r.judge.Profile(ctx)
	if err != nil {
		return err
	}
	if ctx, err = r.actAs(ctx, b); fault.Is(err, fault.Forbidden) {
		return r.halt(ctx, batchID, err)
	} else if err != nil {
		return err
	}
	return newRun(r, b, an, set).work(ctx)
}

func (r *Runner) enter(batchID string) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.active[batchID] {
		return false
	}
	r.active[batchID] = true
	return true
}

func (r *Runner) leave(batchID string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.active, batchID)
	delete(r.enqueued, batchID)
}

// start marks a queued batch as running.
func (r *Runner) start(ctx context.Context, batchID string) (b Batch, err error) {
	err = r.db.Tx(ctx, func(tx *gorm.DB) error {
		if b, err = r.lock(tx, batchID); err != nil {
			return err
		}
		if b.Status != Queued {
			return nil
		}
		now := r.clock.Now()
		b.Status, b.StartedAt = Running, &now
		b.Version++
		if err := tx.Save(&b).Error; err != nil {
			return err
		}
		return r.note(tx, b, "batch.progressed")
	})
	if fault.Is(err, fault.NotFound) {
		return Batch{}, nil // deleted: nothing to do
	}
	return b, err
}

// actAs gives the context the rights that the batch's creator has now.
func (r *Runner) actAs(ctx context.Context, b Batch) (context.Context, error) {
	if b.CreatedBy == nil || r.actors == nil {
		return ctx, nil
	}
	v, err := r.actors.ViewerOf(ctx, *b.CreatedBy)
	if err != nil && !fault.Is(err, fault.Unauthenticated) {
		return ctx, err
	}
	if err != nil || v.Role == account.RoleViewer {
		return ctx, fault.New(fault.Forbidden, "batch_owner_gone", "Whoever started this batch may no longer run batches. Somebody who may can start a new one.")
	}
	return account.With(ctx, v), nil
}

// halt pauses a batch because of something that would hit every lead, and keeps the reason for people.
func (r *Runner) halt(ctx context.Context, batchID string, cause error) error {
	ctx = account.With(ctx, account.System())
	return r.db.Tx(ctx, func(tx *gorm.DB) error {
		b, err := r.lock(tx, batchID)
		if err != nil || !b.Alive() {
			return err
		}
		b.Status, b.Error = Paused, reasonOf(cause)
		b.Version++
		if err := tx.Save(&b).Error; err != nil {
			return err
		}
		return r.note(tx, b, "batch.paused")
	})
}

// Watch looks for batches that should go on and are worked on by nobody here, until ctx ends: after a crash, when a
// lead's next try is due, or to join in with other processes.
func (r *Runner) Watch(ctx context.Context) {
	if r.opts.SoleOwner {
		err := r.db.Tx(ctx, func(tx *gorm.DB) error { return r.releaseDead(tx, r.opts.Instance) })
		if err != nil {
			r.log.ErrorContext(ctx, "release leases of a dead process", slog.Any("error", err))
		}
	}
	tick := time.NewTicker(r.opts.Watch)
	defer tick.Stop()
	for {
		if err := r.wake(ctx); err != nil && ctx.Err() == nil {
			r.log.ErrorContext(ctx, "look for batches to go on with", slog.Any("error", err))
		}
		select {
		case <-ctx.Done():
			return
		case <-r.stopping:
			return
		case <-tick.C:
		}
	}
}

func (r *Runner) wake(ctx context.Context) error {
	bs, err := r.alive(ctx)
	if err != nil {
		return err
	}
	for _, b := range bs {
		if r.busy(b.ID) {
			continue
		}
		yes, err := r.claimable(ctx, b.ID)
		if err != nil {
			return err
		}
		if !yes {
			if err := r.finishIfEmpty(ctx, b.ID); err != nil {
				return err
			}
			continue
		}
		if err := r.db.Tx(ctx, func(tx *gorm.DB) error { return r.queue.InsertTx(tx, RunArgs{BatchID: b.ID}, nil) }); err != nil {
			return err
		}
		r.asked(b.ID)
	}
	return nil
}

// busy reports whether this process works on the batch or has just asked for it.
func (r *Runner) busy(batchID string) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.active[batchID] {
		return true
	}
	at, ok := r.enqueued[batchID]
	return ok && r.clock.Now().Sub(at) < 10*r.opts.Watch
}

func (r *Runner) asked(batchID string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.enqueued[batchID] = r.clock.Now()
}

// finishIfEmpty ends a batch that has no item left to judge.
func (r *Runner) finishIfEmpty(ctx context.Context, batchID string) error {
	ctx = account.With(ctx, account.System())
	judged := 0
	err := r.db.Tx(ctx, func(tx *gorm.DB) error {
		b, err := r.lock(tx, batchID)
		if err != nil || !b.Alive() {
			return err
		}
		n, err := r.open(tx, batchID)
		if err != nil || n > 0 {
			return err
		}
		now := r.clock.Now()
		b.Status, b.FinishedAt = Finished, &now
		b.Version++
		if err := tx.Save(&b).Error; err != nil {
			return err
		}
		judged = b.Done
		return r.note(tx, b, "batch.finished")
	})
	if err != nil || judged < manyLeads {
		return err
	}
	return r.db.Analyze(ctx, "leads") // their grades and scores are others now
}

// manyLeads is from how many judged leads on the database's planner is told of it.
const manyLeads = 5000

// run is one Work: a dispatcher leases leads, lanes judge them, a saver stores them in groups.
type run struct {
	*Runner
	batch   Batch
	an      qualify.Analyzer
	set     *profile.Set
	costs   bool // each answer is a call outside: few at a time, each saved at once
	todo    chan task
	results chan result
	halted  chan struct{}
	haltOne sync.Once
	cause   error
}

type task struct {
	item Item
	lead *lead.Lead
}

func newRun(r *Runner, b Batch, an qualify.Analyzer, set *profile.Set) *run {
	_, costs := an.(Quoter)
	return &run{
		Runner: r, batch: b, an: an, set: set, costs: costs,
		// unbuffered: what is leased ahead is bounded by window, not by what a channel holds
		todo: make(chan task), results: make(chan result, 2*r.opts.Chunk), halted: make(chan struct{}),
	}
}

func (u *run) lanes() int {
	if u.costs {
		return u.opts.Concurrency
	}
	return max(2, runtime.GOMAXPROCS(0))
}

// window is how many leads are leased ahead of the lanes.
func (u *run) window() int {
	if u.costs {
		return min(u.opts.Chunk, max(4, u.opts.Concurrency))
	}
	return u.opts.Chunk
}

func (u *run) work(ctx context.Context) error {
	var lanes, saver sync.WaitGroup
	for range u.lanes() {
		lanes.Go(func() { u.lane(ctx) })
	}
	saver.Go(func() { u.saver(context.WithoutCancel(ctx)) })
	beat, stopBeat := context.WithCancel(ctx)
	var heart sync.WaitGroup
	heart.Go(func() { u.heartbeat(beat) })

	err := u.dispatch(ctx)
	close(u.todo)
	lanes.Wait()
	close(u.results)
	saver.Wait()
	stopBeat()
	heart.Wait()

	if u.cause != nil {
		return u.halt(context.WithoutCancel(ctx), u.batch.ID, u.cause)
	}
	if err != nil || ctx.Err() != nil {
		return err
	}
	return u.finishIfEmpty(ctx, u.batch.ID)
}

// stop ends the run for a reason that would hit every lead; the first reason counts.
func (u *run) stop(cause error) {
	u.haltOne.Do(func() { u.cause = cause; close(u.halted) })
}

// heartbeat keeps the leases of this run alive while its leads wait for their turn or their answer.
func (u *run) heartbeat(ctx context.Context) {
	tick := time.NewTicker(u.opts.Lease / 3)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			err := u.db.Tx(ctx, func(tx *gorm.DB) error {
				return u.extend(tx, u.batch.ID, u.opts.Instance, u.clock.Now().Add(u.opts.Lease))
			})
			if err != nil && ctx.Err() == nil {
				u.log.ErrorContext(ctx, "keep leases alive", slog.String("batch", u.batch.ID), slog.Any("error", err))
			}
		}
	}
}
