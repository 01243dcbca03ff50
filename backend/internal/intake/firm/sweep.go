package firm

import (
	"context"
	"fmt"
	"time"

	"github.com/riverqueue/river"
	"gorm.io/gorm"

	"winnow/backend/internal/event"
	"winnow/backend/internal/lead"
)

// SweepArgs are the arguments of the job that compares the companies after one, a step at a time: each step leaves the
// next in its own transaction, so that a killed one is done again and nothing twice.
type SweepArgs struct {
	After string `json:"after"`
}

// Kind names the job.
func (SweepArgs) Kind() string { return "firms_sweep" }

// perStep is how many companies are compared in one transaction.
const perStep = 200

// Swept has the companies looked through once the leads were.
func (s *Service) Swept(_ context.Context, tx *gorm.DB, e event.Event) error {
	if e.Data["status"] != "finished" {
		return nil
	}
	return s.Jobs.InsertTx(tx, SweepArgs{}, nil)
}

// Sweep does one step, and says where the next begins; "" when it was the last.
func (s *Service) Sweep(ctx context.Context, after string) (string, error) {
	next := ""
	err := s.DB.Tx(ctx, func(tx *gorm.DB) error {
		q := tx.Model(&lead.Company{}).Where("deleted_at IS NULL").Order("id").Limit(perStep)
		if after != "" {
			q = q.Where("id > ?", after)
		}
		var ids []string
		if err := q.Pluck("id", &ids).Error; err != nil {
			return fmt.Errorf("read companies: %w", err)
		}
		next = ""
		if len(ids) == perStep {
			next = ids[perStep-1]
		}
		if err := s.Look(ctx, tx, ids); err != nil || next == "" || s.Jobs == nil {
			return err
		}
		return s.Jobs.InsertTx(tx, SweepArgs{next}, nil)
	})
	return next, err
}

// SweepWorker is the job: one step.
type SweepWorker struct {
	river.WorkerDefaults[SweepArgs]
	service *Service
}

// NewSweepWorker makes the worker.
func NewSweepWorker(s *Service) *SweepWorker { return &SweepWorker{service: s} }

// Timeout bounds one step.
func (*SweepWorker) Timeout(*river.Job[SweepArgs]) time.Duration { return 5 * time.Minute }

// Work compares.
func (w *SweepWorker) Work(ctx context.Context, job *river.Job[SweepArgs]) error {
	_, err := w.service.Sweep(ctx, job.Args.After)
	return err
}
