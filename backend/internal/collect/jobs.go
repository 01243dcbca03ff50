package collect

import (
	"context"
	"time"

	"github.com/riverqueue/river"
)

// QueueName is the queue of runs: they wait long for other machines, so they have places of their own.
const QueueName = "collect"

// RunArgs are the arguments of the job that does a run.
type RunArgs struct {
	RunID string `json:"run_id"`
}

// Kind names the job.
func (RunArgs) Kind() string { return "source_run" }

// RunWorker is the job: one call.
type RunWorker struct {
	river.WorkerDefaults[RunArgs]
	service *Service
}

// NewRunWorker makes the worker of runs.
func NewRunWorker(s *Service) *RunWorker { return &RunWorker{service: s} }

// Timeout bounds one try; a run that is longer goes on in the next where it stood.
func (*RunWorker) Timeout(*river.Job[RunArgs]) time.Duration { return 30 * time.Minute }

// Work does the run.
func (w *RunWorker) Work(ctx context.Context, job *river.Job[RunArgs]) error {
	return w.service.Do(ctx, job.Args.RunID)
}
