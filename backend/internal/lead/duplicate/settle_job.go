package duplicate

import (
	"context"
	"time"

	"github.com/riverqueue/river"
)

// SettleArgs are the arguments of the job that merges what is beyond doubt: the turn (Unix seconds) that it is for.
type SettleArgs struct {
	Turn int64 `json:"turn"`
}

// Kind names the job.
func (SettleArgs) Kind() string { return "duplicates_settle" }

// SettleWorker is the job: one call.
type SettleWorker struct {
	river.WorkerDefaults[SettleArgs]
	service *Service
}

// NewSettleWorker makes the worker.
func NewSettleWorker(s *Service) *SettleWorker { return &SettleWorker{service: s} }

// Timeout bounds one try; the next goes on with the pairs that are left.
func (*SettleWorker) Timeout(*river.Job[SettleArgs]) time.Duration { return 30 * time.Minute }

// Work merges.
func (w *SettleWorker) Work(ctx context.Context, _ *river.Job[SettleArgs]) error {
	_, err := w.service.Settle(ctx)
	return err
}
