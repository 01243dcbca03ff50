package batch

import (
	"context"
	"fmt"
	"time"

	"gorm.io/gorm"

	"winnow/backend/internal/account"
)

// idlePoll is how often a run looks again when every open lead waits for its time or for another process.
const idlePoll = 100 * time.Millisecond

// dispatch hands leads to the lanes until none is left that could become due soon, the batch stops being alive, or the
// run is told to stop. Leads it has leased but not handed over are given back.
func (u *run) dispatch(ctx context.Context) error {
	for {
		if u.ended(ctx) {
			return nil
		}
		tasks, open, err := u.take(ctx)
		if err != nil {
			return err
		}
		if len(tasks) == 0 {
			if !open || u.idle(ctx) {
				return nil
			}
			continue
		}
		if left := u.hand(ctx, tasks); len(left) > 0 {
			return u.giveBack(ctx, left)
		}
	}
}

func (u *run) ended(ctx context.Context) bool {
	select {
	case <-ctx.Done():
	case <-u.stopping:
	case <-u.halted:
	default:
		return false
	}
	return true
}

// idle waits a moment; true when the run should end instead.
func (u *run) idle(ctx context.Context) bool {
	t := time.NewTimer(idlePoll)
	defer t.Stop()
	select {
	case <-ctx.Done():
	case <-u.stopping:
	case <-u.halted:
	case <-t.C:
		return false
	}
	return true
}

// take leases the next leads and reads them. open tells, when there are none, whether some may become due here.
func (u *run) take(ctx context.Context) (tasks []task, open bool, err error) {
	var items []Item
	system := account.With(ctx, account.System())
	err = u.db.Tx(system, func(tx *gorm.DB) error {
		b, err := u.get(system, tx, u.batch.ID)
		if err != nil || !b.Alive() {
			return err
		}
		items, err = u.lease(tx, b.ID, u.opts.Instance, u.clock.Now().Add(u.opts.Lease), u.window())
		if err != nil || len(items) > 0 {
			return err
		}
		n, err := u.open(tx, b.ID)
		open = n > 0
		return err
	})
	if err != nil || len(items) == 0 {
		return nil, open, err
	}
	found, err := u.leads.ByIDs(ctx, leadIDs(items))
	if err != nil {
		return nil, true, fmt.Errorf("read leads of batch: %w", err)
	}
	byID := make(map[string]int, len(found))
	for i := range found {
		byID[found[i].ID] = i
	}
	for _, it := range items {
		t := task{item: it}
		if i, ok := byID[it.LeadID]; ok {
			t.lead = &found[i]
		}
		tasks = append(tasks, t)
	}
	return tasks, true, nil
}

// hand gives tasks to the lanes and answers those that were not taken before the run had to end.
func (u *run) hand(ctx context.Context, tasks []task) []task {
	for i, t := range tasks {
		select {
		case u.todo <- t:
			continue
		case <-ctx.Done():
		case <-u.stopping:
		case <-u.halted:
		}
		return tasks[i:]
	}
	return nil
}

func (u *run) giveBack(ctx context.Context, tasks []task) error {
	ids := make([]string, len(tasks))
	for i, t := range tasks {
		ids[i] = t.item.LeadID
	}
	ctx = account.With(context.WithoutCancel(ctx), account.System())
	return u.db.Tx(ctx, func(tx *gorm.DB) error {
		b, err := u.lock(tx, u.batch.ID)
		if err != nil {
			return err
		}
		n, err := u.putBack(tx, b, ids)
		if err != nil || n == 0 {
			return err
		}
		return tx.Model(&b).Update("skipped", gorm.Expr("skipped + ?", n)).Error
	})
}

// putBack gives leads back untouched or, when the batch was canceled meanwhile, skips them; it answers how many were
// skipped.
func (u *run) putBack(tx *gorm.DB, b Batch, ids []string) (int, error) {
	if len(ids) == 0 || b.Status != Canceled {
		return 0, u.release(tx, b.ID, u.opts.Instance, ids)
	}
	res := tx.Model(&Item{}).Where("batch_id = ? AND lead_id IN ? AND state = ? AND lease_by = ?", b.ID, ids, Leased, u.opts.Instance).
		Updates(map[string]any{"state": ItemSkipped, "code": "batch_canceled", "lease_by": "", "finished_at": u.clock.Now()})
	return int(res.RowsAffected), res.Error
}
