package batch

import (
	"context"
	"time"

	"github.com/riverqueue/river"
)

// Worker is the River worker of RunArgs. Its job lasts as long as the batch; the checkpoints are in batch_items, so a
// job that dies loses nothing and Watch asks for another.
type Worker struct {
	river.WorkerDefaults[RunArgs]
	Runner *Runner
}

// Work runs the batch.
func (w *Worker) Work(ctx context.Context, job *river.Job[RunArgs]) error {
	return w.Runner.Work(ctx, job.Args.BatchID)
}

// Timeout is none.
func (w *Worker) Timeout(*river.Job[RunArgs]) time.Duration { return -1 }

// QueueName is the queue of RunArgs: apart from short jobs, since a batch holds its place for as long as it lasts.
const QueueName = "batches"

// InsertOpts puts the job into its own queue.
func (RunArgs) InsertOpts() river.InsertOpts { return river.InsertOpts{Queue: QueueName} }
