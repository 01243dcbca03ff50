package resolution

import (
	"context"
	"errors"
	"fmt"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"winnow/backend/internal/account"
	"winnow/backend/internal/fault"
	"winnow/backend/internal/id"
	"winnow/backend/internal/platform/db"
)

// Status is where a sweep stands.
type Status string

// The statuses.
const (
	Queued   Status = "queued"
	Running  Status = "running"
	Finished Status = "finished"
	Failed   Status = "failed"
)

// Phase is what a sweep does now.
type Phase string

// The phases, in order.
const (
	Learning  Phase = "learning"  // how to weigh what agrees and what differs, from the leads themselves
	Indexing  Phase = "indexing"  // the keys of all leads
	Comparing Phase = "comparing" // all that share a key
)

// Sweep is a look through all leads.
type Sweep struct {
	ID         string `gorm:"primaryKey"`
	Status     Status
	Phase      Phase
	At         string // how far this phase is: the last lead, or the last key that is written
	Done       int
	Total      int
	Found      int // pairs in the review queue because of it
	Error      string
	CreatedBy  *string
	CreatedAt  time.Time `gorm:"autoCreateTime:false"`
	StartedAt  *time.Time
	FinishedAt *time.Time
	LeaseUntil *time.Time
	Version    int

	toldPhase Phase // that the log was told of last, and how far it was
	told      int
}

// TableName names the table.
func (Sweep) TableName() string { return "sweeps" }

// EventSwept tells how far a sweep is. Data: status, phase, done, total, found.
const EventSwept = "sweep.progressed"

const (
	lease   = 15 * time.Second
	perStep = 500 // leads that are read at a time
	// toldEvery is after how many leads the log is told of progress.
	toldEvery = 20 * perStep
	learnMax  = 25_000 // leads that a model is learned from: more take memory and tell no more
)

// Start queues a sweep; while one waits or runs, that one is answered. Fault: Forbidden.
func (s *Service) Start(ctx context.Context) (*Sweep, error) { return s.start(ctx, s.jobs) }

// Prepare is Start for a caller that runs the sweep itself (command line).
func (s *Service) Prepare(ctx context.Context) (*Sweep, error) { return s.start(ctx, nil) }

func (s *Service) start(ctx context.Context, jobs Jobs) (*Sweep, error) {
	if !account.CanWrite(ctx) {
		return nil, fault.New(fault.Forbidden, "sweep_forbidden", "Your role can look at leads but not start a look for duplicates. Ask an administrator for the role “user”.")
	}
	v, _ := account.From(ctx)
	var out Sweep
	err := s.db.Tx(ctx, func(tx *gorm.DB) error {
		var open []Sweep
		if err := tx.Where("status IN ?", []Status{Queued, Running}).Order("created_at").Limit(1).Find(&open).Error; err != nil {
			return fmt.Errorf("look for a sweep: %w", err)
		}
		if len(open) == 1 {
			if out = open[0]; jobs == nil || out.LeaseUntil != nil && out.LeaseUntil.After(s.clock.Now()) {
				return nil
			}
			// Nobody is at it: its job may have been given up after too many tries. A second job of it does no harm.
			return jobs.InsertTx(tx, SweepArgs{SweepID: out.ID}, nil)
		}
		out = Sweep{ID: id.New(), Status: Queued, Phase: Learning, CreatedAt: s.clock.Now(), Version: 1}
		if v.UserID != "" {
			out.CreatedBy = &v.UserID
		}
		if err := tx.Create(&out).Error; err != nil {
			return fmt.Errorf("store the sweep: %w", err)
		}
		if jobs == nil {
			return nil
		}
		return jobs.InsertTx(tx, SweepArgs{SweepID: out.ID}, nil)
	})
	if err != nil {
		return nil, err
	}
	return &out, nil
}

// Latest is the sweep that was started last, nil when there was none.
func (s *Service) Latest(ctx context.Context) (*Sweep, error) {
	var rows []Sweep
	if err := s.db.Read.WithContext(ctx).Order("created_at DESC, id DESC").Limit(1).Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("read the last sweep: %w", err)
	}
	if len(rows) == 0 {
		return nil, nil //nolint:nilnil // there is none, and that is no fault
	}
	return &rows[0], nil
}

// Run does a sweep from where it stands, a step of leads in each transaction, so that a killed one goes on. Fault:
// Unavailable while another process works on it.
func (s *Service) Run(ctx context.Context, sweepID string) (*Sweep, error) {
	sw, err := s.claim(ctx, sweepID)
	if err != nil || sw.Status != Running {
		return sw, err
	}
	for _, phase := range []struct {
		is Phase
		do func(context.Context, *Sweep) error
	}{{Learning, s.learn}, {Indexing, s.index}, {Comparing, s.compareAll}} {
		if sw.Phase != phase.is {
			continue
		}
		if err := phase.do(ctx, sw); err != nil {
			return sw, errors.Join(err, s.letGo(context.WithoutCancel(ctx), sw))
		}
	}
	return sw, nil
}

func (s *Service) claim(ctx context.Context, sweepID string) (*Sweep, error) {
	var sw Sweep
	err := s.db.Tx(ctx, func(tx *gorm.DB) error {
		q := tx
		if s.db.Dialect == db.Postgres {
			q = q.Clauses(clause.Locking{Strength: clause.LockingStrengthUpdate})
		}
		if err := q.First(&sw, "id = ?", sweepID).Error; err != nil {
			return fmt.Errorf("read the sweep: %w", err)
		}
		now := s.clock.Now()
		if sw.Status == Finished || sw.Status == Failed {
			return nil
		}
		if sw.LeaseUntil != nil && sw.LeaseUntil.After(now) {
			e := fault.New(fault.Unavailable, "sweep_busy", "Another process looks for duplicates.")
			e.RetryAfter = sw.LeaseUntil.Sub(now) + time.Second
			return e
		}
		if sw.StartedAt == nil {
			sw.StartedAt = &now
		}
		sw.Status = Running
		return s.save(tx, &sw)
	})
	if err != nil {
		return nil, err
	}
	return &sw, nil
}
