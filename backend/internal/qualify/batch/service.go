package batch

import (
	"context"
	"fmt"
	"strings"

	"github.com/riverqueue/river"
	"gorm.io/gorm"

	"winnow/backend/internal/account"
	"winnow/backend/internal/clock"
	"winnow/backend/internal/event"
	"winnow/backend/internal/fault"
	"winnow/backend/internal/id"
	"winnow/backend/internal/lead"
	"winnow/backend/internal/platform/db"
	"winnow/backend/internal/qualify/judge"
)

// MaxLeads bounds one batch.
const MaxLeads = 1_000_000

// Selection names leads: by id, or by a filter and search of the list; all of them when both are empty.
type Selection struct {
	IDs    []string
	Filter string
	Q      string
}

// Leads is what batches need of the lead room. Both follow the row rules of the context's viewer.
type Leads interface {
	// SelectIDs answers the ids that a selection names, at most limit, in the list's default order.
	SelectIDs(ctx context.Context, ids []string, filter, q string, limit int) ([]string, error)
	// ByIDs reads live leads; those that are gone are left out.
	ByIDs(ctx context.Context, ids []string) ([]lead.Lead, error)
}

// Queue puts a job into the database within the caller's transaction.
type Queue interface {
	InsertTx(tx *gorm.DB, args river.JobArgs, opts *river.InsertOpts) error
}

// Money opens a batch's own budget and tells what there is to spend.
type Money interface {
	// OpenBatch sets the ceiling of a batch (nil: none of its own) within tx.
	OpenBatch(tx *gorm.DB, batchID string, limit *int64) error
	// Left is the tightest of the day's and month's budgets.
	Left(ctx context.Context) (Budget, error)
	// Currency is the currency of every amount.
	Currency() string
}

// Budget is a ceiling and how much of it is gone, in micro-units. A nil Limit is no ceiling.
type Budget struct {
	Limit    *int64
	Spent    int64
	Reserved int64
}

// Left is what may still be reserved; ok is false when there is no ceiling.
func (b Budget) Left() (left int64, ok bool) {
	if b.Limit == nil {
		return 0, false
	}
	return max(0, *b.Limit-b.Spent-b.Reserved), true
}

// Request asks for a batch.
type Request struct {
	Selection
	Name         string
	Analyzer     string
	Draft        bool
	BudgetMicros *int64
}

// Service makes and steers batches.
type Service struct {
	store
	events *event.Log
	judge  *judge.Service
	leads  Leads
	queue  Queue
	money  Money
}

// New makes the service.
func New(d *db.DB, c clock.Clock, events *event.Log, j *judge.Service, leads Leads, queue Queue, money Money) *Service {
	return &Service{store: store{db: d, clock: c}, events: events, judge: j, leads: leads, queue: queue, money: money}
}

func mayRun(ctx context.Context) error {
	if account.CanWrite(ctx) {
		return nil
	}
	return fault.New(fault.Forbidden, "batch_read_only", "Your role can look at batches but not run them. Ask an administrator for the role “user”.")
}

// Create stores a batch over the selected leads and enqueues its job in the same transaction. Faults: Forbidden,
// Invalid (nothing selected, unknown analyzer or filter).
func (s *Service) Create(ctx context.Context, r Request) (Batch, error) {
	if err := mayRun(ctx); err != nil {
		return Batch{}, err
	}
	an, err := s.analyzer(ctx, r.Analyzer)
	if err != nil {
		return Batch{}, err
	}
	set, err := s.judge.Profile(ctx)
	if err != nil {
		return Batch{}, err
	}
	ids, err := s.selected(ctx, r.Selection)
	if err != nil {
		return Batch{}, err
	}
	now := s.clock.Now()
	b := Batch{
		ID: id.New(), Name: strings.TrimSpace(r.Name), Analyzer: an.Name(), Status: Queued, Draft: r.Draft, ProfileName: set.Name,
		ProfileVersion: set.Version, Total: len(ids), Currency: s.money.Currency(), BudgetMicros: r.BudgetMicros,
		Grades: db.NewJSON(map[string]int{}), Options: db.NewJSON(map[string]any{"filter": r.Filter, "q": r.Q}), CreatedAt: now, Version: 1,
	}
	if b.Name == "" {
		b.Name = fmt.Sprintf("%d leads by %s", len(ids), an.Name())
	}
	if v, ok := account.From(ctx); ok && v.UserID != "" {
		b.CreatedBy = &v.UserID
	}
	err = s.db.Tx(ctx, func(tx *gorm.DB) error {
		if err := s.insert(tx, &b, ids); err != nil {
			return err
		}
		if err := s.money.OpenBatch(tx, b.ID, b.BudgetMicros); err != nil {
			return err
		}
		if err := s.queue.InsertTx(tx, RunArgs{BatchID: b.ID}, nil); err != nil {
			return err
		}
		return s.note(tx, b, "batch.created")
	})
	return b, err
}

func (s *Service) selected(ctx context.Context, sel Selection) ([]string, error) {
	ids, err := s.leads.SelectIDs(ctx, sel.IDs, sel.Filter, sel.Q, MaxLeads)
	if err != nil {
		return nil, err
	}
	if len(ids) == 0 {
		return nil, fault.New(fault.Invalid, "batch_empty", "No lead matches, so there is nothing to analyse. Change the filter, or import leads first.")
	}
	return ids, nil
}

// note appends a batch event with its counts.
func (s *Service) note(tx *gorm.DB, b Batch, typ string) error {
	return s.events.Append(tx, event.Event{
		Type: typ, SubjectKind: "batch", SubjectID: b.ID, OwnerID: b.CreatedBy,
		Data: map[string]any{
			"status": b.Status, "total": b.Total, "done": b.Done, "cached": b.Cached, "failed": b.Failed, "skipped": b.Skipped,
			"qualified": b.Qualified, "cost_micros": b.CostMicros,
		},
	})
}

// Get is one batch. Fault: NotFound.
func (s *Service) Get(ctx context.Context, batchID string) (Batch, error) {
	return s.get(ctx, s.db.Read.WithContext(ctx), batchID)
}

// Log is what was done with a batch and by whom, newest first. Fault: NotFound.
func (s *Service) Log(ctx context.Context, batchID string, limit int) ([]event.Event, error) {
	if _, err := s.Get(ctx, batchID); err != nil {
		return nil, err
	}
	return s.events.ForSubjectExcept(ctx, "batch", batchID, "batch.progressed", limit)
}

// List is the newest batches first.
func (s *Service) List(ctx context.Context, limit int) ([]Batch, error) { return s.list(ctx, limit) }

// Busy reports whether a batch is at work now. When that cannot be told it is not.
func (s *Service) Busy(ctx context.Context) bool {
	var n int64
	err := s.db.Read.WithContext(ctx).Model(&Batch{}).Where("status = ?", Running).Limit(1).Count(&n).Error
	return err == nil && n > 0
}

// Pause stops handing out leads; those in flight are finished. Faults: NotFound, Conflict when the batch is over.
func (s *Service) Pause(ctx context.Context, batchID string) (Batch, error) {
	return s.steer(ctx, batchID, "batch.paused", func(_ *gorm.DB, b *Batch) error {
		if !b.Alive() && b.Status != Paused {
			return over(*b)
		}
		b.Status, b.Error = Paused, ""
		return nil
	})
}

// Resume goes on with a paused batch. Faults: NotFound, Conflict when the batch is over.
func (s *Service) Resume(ctx context.Context, batchID string) (Batch, error) {
	return s.steer(ctx, batchID, "batch.resumed", func(tx *gorm.DB, b *Batch) error {
		if !b.Alive() && b.Status != Paused {
			return over(*b)
		}
		b.Status, b.Error = Running, ""
		return s.queue.InsertTx(tx, RunArgs{BatchID: b.ID}, nil)
	})
}

// Cancel ends a batch: leads not judged yet are skipped, those in flight are finished. Faults: NotFound, Conflict.
func (s *Service) Cancel(ctx context.Context, batchID string) (Batch, error) {
	return s.steer(ctx, batchID, "batch.canceled", func(tx *gorm.DB, b *Batch) error {
		if !b.Alive() && b.Status != Paused {
			return over(*b)
		}
		now := s.clock.Now()
		res := tx.Model(&Item{}).Where("batch_id = ? AND state = ?", b.ID, Waiting).
			Updates(map[string]any{"state": ItemSkipped, "code": "batch_canceled", "finished_at": now})
		if res.Error != nil {
			return fmt.Errorf("skip items: %w", res.Error)
		}
		b.Status, b.FinishedAt, b.Skipped = Canceled, &now, b.Skipped+int(res.RowsAffected)
		return nil
	})
}

// Retry brings failures back: all of them, or the one of leadID. Faults: NotFound, Conflict when nothing failed.
func (s *Service) Retry(ctx context.Context, batchID, leadID string) (Batch, error) {
	return s.steer(ctx, batchID, "batch.resumed", func(tx *gorm.DB, b *Batch) error {
		q := tx.Model(&Item{}).Where("batch_id = ? AND state = ?", b.ID, ItemFailed)
		if leadID != "" {
			if !id.Valid(leadID) {
				return notFound()
			}
			q = q.Where("lead_id = ?", leadID)
		}
		res := q.Updates(map[string]any{"state": Waiting, "attempts": 0, "due_at": nil, "code": "", "reason": "", "finished_at": nil, "lease_by": ""})
		if res.Error != nil {
			return fmt.Errorf("retry items: %w", res.Error)
		}
		if res.RowsAffected == 0 {
			return fault.New(fault.Conflict, "batch_nothing_failed", "Nothing in this batch has failed, so there is nothing to try again.")
		}
		b.Status, b.Error, b.FinishedAt, b.Failed = Running, "", nil, b.Failed-int(res.RowsAffected)
		return s.queue.InsertTx(tx, RunArgs{BatchID: b.ID}, nil)
	})
}

func over(b Batch) error {
	return fault.Newf(fault.Conflict, "batch_over", "This batch is %s already; start a new one for leads that are left.", b.Status)
}

// steer changes a batch under its lock and notes the change.
func (s *Service) steer(ctx context.Context, batchID, typ string, change func(*gorm.DB, *Batch) error) (Batch, error) {
	if err := mayRun(ctx); err != nil {
		return Batch{}, err
	}
	var b Batch
	err := s.db.Tx(ctx, func(tx *gorm.DB) error {
		var err error
		if b, err = s.lock(tx, batchID); err != nil {
			return err
		}
		if err := change(tx, &b); err != nil {
			return err
		}
		b.Version++
		if err := tx.Save(&b).Error; err != nil {
			return fmt.Errorf("store batch: %w", err)
		}
		return s.note(tx, b, typ)
	})
	return b, err
}

// Failure is a lead that a batch could not judge.
type Failure struct {
	Item
	LeadName string
}

// Failures lists a batch's failures in its order, at most limit. Leads that the viewer may not see keep their name hidden.
func (s *Service) Failures(ctx context.Context, batchID string, limit int) ([]Failure, error) {
	if _, err := s.Get(ctx, batchID); err != nil {
		return nil, err
	}
	var items []Item
	err := s.db.Read.WithContext(ctx).Where("batch_id = ? AND state = ?", batchID, ItemFailed).Order("pos").Limit(limit).Find(&items).Error
	if err != nil {
		return nil, fmt.Errorf("list failures: %w", err)
	}
	return s.named(ctx, items)
}

// Results lists the leads judged last, newest first, at most limit.
func (s *Service) Results(ctx context.Context, batchID string, limit int) ([]lead.Lead, error) {
	if _, err := s.Get(ctx, batchID); err != nil {
		return nil, err
	}
	var items []Item
	err := s.db.Read.WithContext(ctx).Where("batch_id = ? AND state = ?", batchID, ItemDone).Order("finished_at DESC, pos DESC").Limit(limit).Find(&items).Error
	if err != nil {
		return nil, fmt.Errorf("list results: %w", err)
	}
	found, err := s.leads.ByIDs(ctx, leadIDs(items))
	if err != nil {
		return nil, err
	}
	byID := map[string]lead.Lead{}
	for _, l := range found {
		byID[l.ID] = l
	}
	out := make([]lead.Lead, 0, len(items))
	for _, it := range items {
		if l, ok := byID[it.LeadID]; ok {
			out = append(out, l)
		}
	}
	return out, nil
}

func (s *Service) named(ctx context.Context, items []Item) ([]Failure, error) {
	found, err := s.leads.ByIDs(ctx, leadIDs(items))
	if err != nil {
		return nil, err
	}
	names := map[string]string{}
	for _, l := range found {
		names[l.ID] = l.Name
	}
	out := make([]Failure, len(items))
	for i, it := range items {
		out[i] = Failure{Item: it, LeadName: names[it.LeadID]}
	}
	return out, nil
}
