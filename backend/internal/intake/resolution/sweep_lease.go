package resolution

import (
	"context"
	"fmt"
	"time"

	"gorm.io/gorm"

	"winnow/backend/internal/event"
	"winnow/backend/internal/fault"
)

// save stores the sweep with a fresh lease, unless another process took it over.
func (s *Service) save(tx *gorm.DB, sw *Sweep) error {
	before := sw.Version
	sw.Version++
	until := s.clock.Now().Add(lease)
	if sw.LeaseUntil = &until; sw.Status != Running {
		sw.LeaseUntil = nil
	}
	res := tx.Model(&Sweep{}).Where("id = ? AND version = ?", sw.ID, before).Select("*").Omit("id", "created_at", "created_by").Updates(sw)
	if res.Error != nil {
		return fmt.Errorf("save the sweep: %w", res.Error)
	}
	if res.RowsAffected == 0 {
		return fault.New(fault.Unavailable, "sweep_busy", "Another process has taken over the look for duplicates.")
	}
	if sw.Status == Running && sw.toldPhase == sw.Phase && sw.Done < sw.told+s.tell {
		return nil
	}
	sw.toldPhase, sw.told = sw.Phase, sw.Done
	return s.log.Append(tx, event.Event{Type: EventSwept, SubjectKind: "sweep", SubjectID: sw.ID, Data: map[string]any{
		"status": string(sw.Status), "phase": string(sw.Phase), "done": sw.Done, "total": sw.Total, "found": sw.Found,
	}})
}

// letGo ends the lease, so that the next try need not wait for it.
func (s *Service) letGo(ctx context.Context, sw *Sweep) error {
	return s.db.Tx(ctx, func(tx *gorm.DB) error {
		return tx.Model(&Sweep{}).Where("id = ? AND status = ?", sw.ID, Running).Update("lease_until", nil).Error
	})
}

// beat renews the lease while leads are read.
func (s *Service) beat(ctx context.Context, sw *Sweep) error {
	if sw.LeaseUntil != nil && sw.LeaseUntil.Sub(s.clock.Now()) > lease/2 {
		return nil
	}
	return s.within(ctx, sw, func(tx *gorm.DB) error { return s.save(tx, sw) })
}

// within runs f in a transaction; when that fails the sweep is in memory as it was, as it is in the database.
func (s *Service) within(ctx context.Context, sw *Sweep, f func(tx *gorm.DB) error) error {
	was := *sw
	err := s.db.Tx(ctx, f)
	if err != nil {
		*sw = was
	}
	return err
}

// keepLease renews the lease while something long is computed; call what it answers when that is done.
func (s *Service) keepLease(ctx context.Context, sw *Sweep) (stop func()) {
	ctx, cancel := context.WithCancel(ctx)
	done := make(chan struct{})
	go func() {
		defer close(done)
		t := time.NewTicker(lease / 3)
		defer t.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-t.C:
				_ = s.within(ctx, sw, func(tx *gorm.DB) error { return s.save(tx, sw) }) // a missed beat is made good by the next
			}
		}
	}()
	return func() { cancel(); <-done }
}

// Recover queues sweeps again whose process died. It is called at start and now and then.
func (s *Service) Recover(ctx context.Context) error {
	if s.jobs == nil {
		return nil
	}
	now := s.clock.Now()
	lost := func(q *gorm.DB) *gorm.DB { return q.Where("status = ? AND lease_until < ?", Running, now) }
	var n int64
	if err := lost(s.db.Read.WithContext(ctx).Model(&Sweep{})).Count(&n).Error; err != nil || n == 0 {
		return err
	}
	return s.db.Tx(ctx, func(tx *gorm.DB) error {
		var rows []Sweep
		if err := lost(tx).Find(&rows).Error; err != nil {
			return fmt.Errorf("look for sweeps without a process: %w", err)
		}
		for i := range rows {
			// Without a lease the next look does not find it again.
			if err := tx.Model(&Sweep{}).Where("id = ?", rows[i].ID).Update("lease_until", nil).Error; err != nil {
				return fmt.Errorf("let a sweep go: %w", err)
			}
			if err := s.jobs.InsertTx(tx, SweepArgs{SweepID: rows[i].ID}, nil); err != nil {
				return err
			}
		}
		return nil
	})
}
