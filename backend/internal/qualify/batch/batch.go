// Package batch judges many leads: it holds what was asked, a checkpoint row for every lead, and the runners that work
// through them. A batch survives kill -9 at any moment: what is done stays done, what was begun is begun again.
package batch

import (
	"time"

	"winnow/backend/internal/platform/db"
)

// Status is where a batch stands.
type Status string

// The statuses. Queued and Running are alive; Paused waits for a person; the others are final, but for retries of
// failures, which bring Finished back to Running.
const (
	Queued   Status = "queued"
	Running  Status = "running"
	Paused   Status = "paused"
	Canceled Status = "canceled"
	Finished Status = "finished"
)

// Batch is a set of leads to be judged by one analyzer under one profile version.
type Batch struct {
	ID             string
	Name           string
	Analyzer       string
	Model          string
	Status         Status
	Draft          bool // write a first message for each qualified lead
	ProfileName    string
	ProfileVersion int
	Total          int
	Done           int // judged, cached ones included
	Cached         int
	Failed         int
	Skipped        int // deleted meanwhile, or left over at a cancel
	Qualified      int
	CostMicros     int64
	Currency       string
	BudgetMicros   *int64
	Grades         db.JSON[map[string]int]
	Options        db.JSON[map[string]any]
	Error          string // why a batch paused itself
	CreatedBy      *string
	CreatedAt      time.Time
	StartedAt      *time.Time
	FinishedAt     *time.Time
	Version        int
}

// TableName is batches.
func (Batch) TableName() string { return "batches" }

// Alive reports whether the batch still has work that it may do.
func (b Batch) Alive() bool { return b.Status == Queued || b.Status == Running }

// Left is how many leads are still to be judged.
func (b Batch) Left() int { return max(0, b.Total-b.Done-b.Failed-b.Skipped) }

// Rate is leads per second since the start, 0 when it can't be told.
func (b Batch) Rate(now time.Time) float64 {
	if b.StartedAt == nil {
		return 0
	}
	end := now
	if b.FinishedAt != nil {
		end = *b.FinishedAt
	}
	seconds := end.Sub(*b.StartedAt).Seconds()
	if seconds <= 0 {
		return 0
	}
	return float64(b.Done+b.Failed) / seconds
}

// ETA is the time left at the present rate, false when it can't be told.
func (b Batch) ETA(now time.Time) (time.Duration, bool) {
	rate := b.Rate(now)
	if rate <= 0 || !b.Alive() {
		return 0, false
	}
	return time.Duration(float64(b.Left()) / rate * float64(time.Second)), true
}

// State is where one lead of a batch stands.
type State string

// The states of an item.
const (
	Waiting     State = "waiting"
	Leased      State = "leased"
	ItemDone    State = "done"
	ItemFailed  State = "failed"
	ItemSkipped State = "skipped"
)

// Item is a lead's checkpoint in a batch.
type Item struct {
	BatchID    string `gorm:"primaryKey"`
	LeadID     string `gorm:"primaryKey"`
	Pos        int
	State      State
	Attempts   int
	LeaseBy    string
	LeaseUntil *time.Time
	DueAt      *time.Time // not before; nil = now
	AnalysisID *string
	Cached     bool
	CostMicros int64
	Code       string
	Reason     string
	FinishedAt *time.Time
}

// TableName is batch_items.
func (Item) TableName() string { return "batch_items" }

// RunArgs is the job that works on a batch; it carries the id only.
type RunArgs struct {
	BatchID string `json:"batch_id"`
}

// Kind names the job.
func (RunArgs) Kind() string { return "batch_run" }
