package resolution

import (
	"context"
	"time"

	"github.com/riverqueue/river"
)

// SweepArgs are the arguments of the job that sweeps.
type SweepArgs struct {
	SweepID string `json:"sweep_id"`
}

// Kind names the job.
func (SweepArgs) Kind() string { return "sweep_run" }

// SweepWorker is the job: one call.
type SweepWorker struct {
	river.WorkerDefaults[SweepArgs]
	service *Service
}

// NewSweepWorker makes the worker of sweeps.
func NewSweepWorker(s *Service) *SweepWorker { return &SweepWorker{service: s} }

// Timeout bounds one try; the next goes on where it stood.
func (*SweepWorker) Timeout(*river.Job[SweepArgs]) time.Duration { return 30 * time.Minute }

// Work sweeps.
func (w *SweepWorker) Work(ctx context.Context, job *river.Job[SweepArgs]) error {
	_, err := w.service.Run(ctx, job.Args.SweepID)
	return err
}
