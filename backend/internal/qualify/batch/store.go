package batch

import (
	"context"
	"errors"
	"fmt"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"winnow/backend/internal/account"
	"winnow/backend/internal/clock"
	"winnow/backend/internal/fault"
	"winnow/backend/internal/id"
	"winnow/backend/internal/platform/db"
)

// store keeps batches and their items. Batches belong to the workspace: every signed-in person sees them, but a user
// who does not see all leads sees only the batches that they started.
type store struct {
	db    *db.DB
	clock clock.Clock
}

func notFound() error {
	return fault.New(fault.NotFound, "batch_not_found", "There is no such batch. Go back to the list of batches and reload it.")
}

func visible(ctx context.Context, q *gorm.DB) *gorm.DB {
	all, user := account.Rows(ctx)
	switch {
	case all:
		return q
	case user == "":
		return q.Where("1 = 0")
	}
	return q.Where("created_by = ?", user)
}

func (s store) get(ctx context.Context, q *gorm.DB, batchID string) (Batch, error) {
	var b Batch
	if !id.Valid(batchID) {
		return b, notFound()
	}
	err := visible(ctx, q).Where("id = ?", batchID).Take(&b).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return b, notFound()
	}
	if err != nil {
		return b, fmt.Errorf("read batch: %w", err)
	}
	return b, nil
}

// lock reads a batch inside tx and keeps others from changing it until the end of the transaction.
func (s store) lock(tx *gorm.DB, batchID string) (Batch, error) {
	return s.get(tx.Statement.Context, locking(tx, false), batchID)
}

// locking adds FOR UPDATE where the database has row locks; SQLite's one writer needs none.
func locking(tx *gorm.DB, skip bool) *gorm.DB {
	if tx.Name() != "postgres" {
		return tx
	}
	l := clause.Locking{Strength: clause.LockingStrengthUpdate}
	if skip {
		l.Options = clause.LockingOptionsSkipLocked
	}
	return tx.Clauses(l)
}

func (s store) list(ctx context.Context, limit int) ([]Batch, error) {
	var out []Batch
	err := visible(ctx, s.db.Read.WithContext(ctx)).Order("created_at DESC, id DESC").Limit(limit).Find(&out).Error
	if err != nil {
		return nil, fmt.Errorf("list batches: %w", err)
	}
	return out, nil
}

// newItem is the part of Item that a new batch writes.
type newItem struct {
	BatchID string
	LeadID  string
	Pos     int
	State   State
}

func (newItem) TableName() string { return "batch_items" }

func (s store) insert(tx *gorm.DB, b *Batch, leadIDs []string) error {
	if err := tx.Create(b).Error; err != nil {
		return fmt.Errorf("store batch: %w", err)
	}
	items := make([]newItem, len(leadIDs))
	for i, l := range leadIDs {
		items[i] = newItem{BatchID: b.ID, LeadID: l, Pos: i, State: Waiting}
	}
	if err := tx.CreateInBatches(items, 1000).Error; err != nil {
		return fmt.Errorf("store batch items: %w", err)
	}
	if s.db.Dialect == db.Postgres && len(items) >= manyItems {
		if err := tx.Exec("ANALYZE batch_items").Error; err != nil {
			return fmt.Errorf("count batch items: %w", err)
		}
	}
	return nil
}

// manyItems is from how many items on PostgreSQL is told at once that the table has grown. Until its own statistics
// notice, a minute later, it would read the whole table for every group of leads that is leased or stored.
const manyItems = 1000

// lease takes up to n items that are due, or whose holder let its lease run out, in the order of the batch.
func (s store) lease(tx *gorm.DB, batchID, by string, until time.Time, n int) ([]Item, error) {
	now := s.clock.Now()
	var items []Item
	due := locking(tx, true).Where("batch_id = ? AND state = ? AND (due_at IS NULL OR due_at <= ?)", batchID, Waiting, now)
	if err := due.Order("pos").Limit(n).Find(&items).Error; err != nil {
		return nil, fmt.Errorf("lease items: %w", err)
	}
	if left := n - len(items); left > 0 {
		var lost []Item
		expired := locking(tx, true).Where("batch_id = ? AND state = ? AND lease_until < ?", batchID, Leased, now)
		if err := expired.Order("pos").Limit(left).Find(&lost).Error; err != nil {
			return nil, fmt.Errorf("lease lost items: %w", err)
		}
		items = append(items, lost...)
	}
	if len(items) == 0 {
		return nil, nil
	}
	err := tx.Model(&Item{}).Where("batch_id = ? AND lead_id IN ?", batchID, leadIDs(items)).
		Updates(map[string]any{"state": Leased, "lease_by": by, "lease_until": until}).Error
	if err != nil {
		return nil, fmt.Errorf("mark leases: %w", err)
	}
	return items, nil
}

func leadIDs(items []Item) []string {
	out := make([]string, len(items))
	for i, it := range items {
		out[i] = it.LeadID
	}
	return out
}

// held answers which of the items are still leased by us, and locks them: whoever lost a lease may not write.
func (s store) held(tx *gorm.DB, batchID, by string, ids []string) (map[string]bool, error) {
	var mine []string
	q := locking(tx, false).Model(&Item{}).Where("batch_id = ? AND lead_id IN ? AND state = ? AND lease_by = ?", batchID, ids, Leased, by)
	if err := q.Pluck("lead_id", &mine).Error; err != nil {
		return nil, fmt.Errorf("check leases: %w", err)
	}
	out := make(map[string]bool, len(mine))
	for _, m := range mine {
		out[m] = true
	}
	return out, nil
}

// extend keeps this instance's leases of a batch alive. Items that a transaction holds are left out: they are being stored,
// and who waited for them while holding others would stand in a ring with the one who stores.
func (s store) extend(tx *gorm.DB, batchID, by string, until time.Time) error {
	idle := locking(tx, true).Model(&Item{}).Select("lead_id").Where("batch_id = ? AND state = ? AND lease_by = ?", batchID, Leased, by)
	return tx.Model(&Item{}).Where("batch_id = ? AND lead_id IN (?)", batchID, idle).Update("lease_until", until).Error
}

// release gives items back untouched: no try is counted.
func (s store) release(tx *gorm.DB, batchID, by string, ids []string) error {
	if len(ids) == 0 {
		return nil
	}
	return tx.Model(&Item{}).Where("batch_id = ? AND lead_id IN ? AND state = ? AND lease_by = ?", batchID, ids, Leased, by).
		Updates(map[string]any{"state": Waiting, "lease_by": "", "lease_until": nil}).Error
}

// releaseDead gives back every lease of other instances; only for the sole owner of a database.
func (s store) releaseDead(tx *gorm.DB, instance string) error {
	return tx.Model(&Item{}).Where("state = ? AND lease_by <> ?", Leased, instance).
		Updates(map[string]any{"state": Waiting, "lease_by": "", "lease_until": nil}).Error
}

// open counts the items of a batch that are not final.
func (s store) open(q *gorm.DB, batchID string) (int64, error) {
	var n int64
	err := q.Model(&Item{}).Where("batch_id = ? AND state IN ?", batchID, []State{Waiting, Leased}).Count(&n).Error
	return n, err
}

// alive lists the batches that may go on.
func (s store) alive(ctx context.Context) ([]Batch, error) {
	var out []Batch
	err := s.db.Read.WithContext(ctx).Where("status IN ?", []Status{Queued, Running}).Order("created_at").Limit(100).Find(&out).Error
	if err != nil {
		return nil, fmt.Errorf("list running batches: %w", err)
	}
	return out, nil
}

// claimable reports whether a batch has an item that could be leased now.
func (s store) claimable(ctx context.Context, batchID string) (bool, error) {
	now := s.clock.Now()
	var n []string
	err := s.db.Read.WithContext(ctx).Model(&Item{}).
		Where("batch_id = ? AND ((state = ? AND (due_at IS NULL OR due_at <= ?)) OR (state = ? AND lease_until < ?))", batchID, Waiting, now, Leased, now).
		Limit(1).Pluck("lead_id", &n).Error
	return len(n) > 0, err
}
