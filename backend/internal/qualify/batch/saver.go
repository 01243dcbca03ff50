package batch

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"gorm.io/gorm"

	"winnow/backend/internal/fault"
	"winnow/backend/internal/platform/db"
	"winnow/backend/internal/qualify/judge"
)

// progressEvery bounds how often a batch tells the world where it stands.
const progressEvery = 400 * time.Millisecond

// saveTries is how often a group is stored when only another transaction stood in the way.
const saveTries = 4

// saver stores results in groups: whatever has come in while the last group was written makes the next. So a slow disk
// means larger groups, not slower lanes.
func (u *run) saver(ctx context.Context) {
	var told time.Time
	for first := range u.results {
		group := u.gather(first)
		tell := u.clock.Now().Sub(told) >= progressEvery
		err := u.save(ctx, group, tell)
		for try := 1; db.IsBusy(err) && try < saveTries; try++ {
			err = u.save(ctx, group, tell)
		}
		if err != nil {
			u.log.ErrorContext(ctx, "store results of a batch", slog.String("batch", u.batch.ID), slog.Int("leads", len(group)), slog.Any("error", err))
			u.stop(storeFault(err))
			continue
		}
		if tell {
			told = u.clock.Now()
		}
	}
}

func storeFault(err error) error {
	if db.IsFull(err) {
		return fault.Wrap(err, fault.Unavailable, "disk_full", "The disk is full. Make room, then resume; what was judged and stored so far is safe.")
	}
	return fault.Wrap(err, fault.Unavailable, "results_unstored", "Results could not be stored. See the log, then resume; what was stored so far is safe.")
}

func (u *run) gather(first result) []result {
	group := []result{first}
	for len(group) < u.opts.Chunk {
		select {
		case r, ok := <-u.results:
			if !ok {
				return group
			}
			group = append(group, r)
		default:
			return group
		}
	}
	return group
}

// tally is what a group adds to its batch.
type tally struct {
	done, cached, failed, skipped, qualified int
	cost                                     int64
	grades                                   map[string]int
}

// save stores a group in one transaction: analyses, leads, items, events and the batch's counts. Items whose lease was
// lost meanwhile are left to their new holder.
func (u *run) save(ctx context.Context, group []result, tell bool) error {
	return u.db.Tx(ctx, func(tx *gorm.DB) error {
		b, err := u.lock(tx, u.batch.ID)
		if err != nil {
			return err
		}
		ids := make([]string, len(group))
		for i, r := range group {
			ids[i] = r.item.LeadID
		}
		mine, err := u.held(tx, b.ID, u.opts.Instance, ids)
		if err != nil {
			return err
		}
		t, err := u.saveGroup(tx, &b, group, mine)
		if err != nil {
			return err
		}
		t.addTo(&b)
		b.Version++
		if err := tx.Save(&b).Error; err != nil {
			return fmt.Errorf("store batch counts: %w", err)
		}
		if tell {
			return u.note(tx, b, "batch.progressed")
		}
		return nil
	})
}

func (u *run) saveGroup(tx *gorm.DB, b *Batch, group []result, mine map[string]bool) (tally, error) {
	t := tally{grades: map[string]int{}}
	var verdicts []judge.Verdict
	var back, gone []string
	for _, r := range group {
		if !mine[r.item.LeadID] {
			continue
		}
		switch {
		case r.release:
			back = append(back, r.item.LeadID)
		case r.skip:
			gone = append(gone, r.item.LeadID)
		case r.err != nil:
			failed, err := u.saveFailure(tx, r)
			if err != nil {
				return t, err
			}
			t.failed += failed
		default:
			verdicts = append(verdicts, r.verdict)
		}
	}
	canceled, err := u.putBack(tx, *b, back)
	if err != nil {
		return t, err
	}
	if err := u.saveGone(tx, b.ID, gone); err != nil {
		return t, err
	}
	t.skipped += len(gone) + canceled
	return t, u.saveVerdicts(tx, b, verdicts, &t)
}

func (u *run) saveGone(tx *gorm.DB, batchID string, ids []string) error {
	if len(ids) == 0 {
		return nil
	}
	return tx.Model(&Item{}).Where("batch_id = ? AND lead_id IN ?", batchID, ids).
		Updates(map[string]any{"state": ItemSkipped, "code": "lead_gone", "reason": "The lead was deleted or merged into another, or its owner changed.", "lease_by": "", "finished_at": u.clock.Now()}).Error
}

// saveFailure counts a try; it answers 1 when it was the last.
func (u *run) saveFailure(tx *gorm.DB, r result) (int, error) {
	attempts := r.item.Attempts + 1
	now := u.clock.Now()
	set := map[string]any{"attempts": attempts, "code": fault.CodeOf(r.err), "reason": reasonOf(r.err), "lease_by": "", "lease_until": nil}
	last := attempts >= u.opts.MaxAttempts || !worthRetrying(r.err)
	if last {
		set["state"], set["finished_at"] = ItemFailed, now
	} else {
		set["state"], set["due_at"] = Waiting, now.Add(u.opts.backoff(attempts, retryAfter(r.err)))
	}
	u.log.WarnContext(tx.Statement.Context, "lead of a batch failed", slog.String("batch", r.item.BatchID), slog.String("lead", r.item.LeadID),
		slog.Int("attempt", attempts), slog.Bool("last", last), slog.Any("error", r.err))
	err := tx.Model(&Item{}).Where("batch_id = ? AND lead_id = ?", r.item.BatchID, r.item.LeadID).Updates(set).Error
	if last {
		return 1, err
	}
	return 0, err
}

func (u *run) saveVerdicts(tx *gorm.DB, b *Batch, vs []judge.Verdict, t *tally) error {
	if len(vs) == 0 {
		return nil
	}
	saved, err := u.judge.Save(tx, u.an, u.set, &b.ID, b.Draft, vs...)
	if err != nil {
		return err
	}
	free := make([]string, 0, len(saved))
	for _, a := range saved {
		t.done++
		t.grades[a.Grade]++
		t.cost += a.CostMicros
		if a.Qualified(u.set) {
			t.qualified++
		}
		if a.Model != "" {
			b.Model = a.Model
		}
		if a.Cached {
			t.cached++
		}
		if !a.Cached && a.CostMicros == 0 {
			free = append(free, a.First())
			continue
		}
		err := tx.Model(&Item{}).Where("batch_id = ? AND lead_id = ?", b.ID, a.First()).Updates(map[string]any{
			"state": ItemDone, "analysis_id": a.ID, "cached": a.Cached, "cost_micros": a.CostMicros, "lease_by": "", "finished_at": a.AnalyzedAt,
		}).Error
		if err != nil {
			return fmt.Errorf("mark item done: %w", err)
		}
	}
	if len(free) == 0 {
		return nil
	}
	// the analysis id is left out here: analyses (batch_id, lead_id) is unique and says it
	err = tx.Model(&Item{}).Where("batch_id = ? AND lead_id IN ?", b.ID, free).
		Updates(map[string]any{"state": ItemDone, "lease_by": "", "finished_at": u.clock.Now()}).Error
	if err != nil {
		return fmt.Errorf("mark items done: %w", err)
	}
	return nil
}

func (t tally) addTo(b *Batch) {
	b.Done += t.done
	b.Cached += t.cached
	b.Failed += t.failed
	b.Skipped += t.skipped
	b.Qualified += t.qualified
	b.CostMicros += t.cost
	if b.Grades.V == nil {
		b.Grades.V = map[string]int{}
	}
	for g, n := range t.grades {
		b.Grades.V[g] += n
	}
}
