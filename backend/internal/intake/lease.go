package intake

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"gorm.io/gorm"

	"winnow/backend/internal/event"
	"winnow/backend/internal/fault"
)

// claim takes the import for this worker, so that no two work on it.
func (s *Service) claim(ctx context.Context, importID, worker string) (*Import, error) {
	return s.claimFor(ctx, importID, worker, Running, Queued, Running)
}

// claimFor is claim of an import that stands at one of the statuses from, and has the status as from now on; at another
// status it is answered as it is.
func (s *Service) claimFor(ctx context.Context, importID, worker string, as Status, from ...Status) (*Import, error) {
	var imp Import
	err := s.db.Tx(ctx, func(tx *gorm.DB) error {
		if err := tx.First(&imp, "id = ?", importID).Error; err != nil {
			if errors.Is(err, gorm.ErrRecordNotFound) {
				return fault.New(fault.NotFound, "import_not_found", "There is no such import.")
			}
			return fmt.Errorf("read the import: %w", err)
		}
		if !slices.Contains(from, imp.Status) {
			return nil
		}
		now := s.clock.Now()
		if imp.LeaseUntil != nil && imp.LeaseUntil.After(now) {
			e := fault.New(fault.Unavailable, "import_busy", "Another process is working on this import.")
			e.RetryAfter = imp.LeaseUntil.Sub(now) + time.Second
			return e
		}
		before := imp
		until := now.Add(s.lease)
		imp.LeaseUntil, imp.LeaseBy, imp.Status = &until, worker, as
		if imp.StartedAt == nil {
			imp.StartedAt = &now
		}
		return s.save(tx, &before, &imp)
	})
	if err != nil {
		return nil, err
	}
	return &imp, nil
}

// holding renews the lease while f works, however long one step of it takes.
func (s *Service) holding(ctx context.Context, imp *Import, f func() error) error {
	id, worker := imp.ID, imp.LeaseBy
	ctx, stop := context.WithCancel(ctx)
	var renewed sync.WaitGroup
	renewed.Go(func() {
		t := time.NewTicker(s.lease / 3)
		defer t.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-t.C:
				_ = s.db.Tx(ctx, func(tx *gorm.DB) error { // a missed beat is made good by the next, or by the next chunk
					return tx.Model(&Import{}).Where("id = ? AND lease_by = ?", id, worker).Update("lease_until", s.clock.Now().Add(s.lease)).Error
				})
			}
		}
	})
	err := f()
	stop()
	renewed.Wait()
	return err
}

// save writes after over before, unless somebody else changed the row since: then this worker lost its lease.
func (s *Service) save(tx *gorm.DB, before, after *Import) error {
	after.Version = before.Version + 1
	res := tx.Model(&Import{}).Where("id = ? AND version = ?", before.ID, before.Version).Select("*").Omit("id").Updates(after)
	if res.Error != nil {
		return fmt.Errorf("save the import: %w", res.Error)
	}
	if res.RowsAffected == 0 {
		e := fault.New(fault.Unavailable, "import_busy", "Another process has taken over this import.")
		e.RetryAfter = s.lease
		return e
	}
	return nil
}

// checkpoint saves the state after a chunk and tells the log.
func (s *Service) checkpoint(tx *gorm.DB, before, after *Import) error {
	if err := s.save(tx, before, after); err != nil {
		return err
	}
	return s.log.Append(tx, event.Event{Type: "import.progressed", SubjectKind: "import", SubjectID: after.ID, Data: counts(after)})
}

func counts(i *Import) map[string]any {
	return map[string]any{
		"rows_total": i.RowsTotal, "done": i.Done(), "created": i.Created, "updated": i.Updated,
		"unchanged": i.Unchanged, "duplicate": i.Duplicate, "rejected": i.Rejected, "status": string(i.Status),
	}
}

// begin records what the file turned out to be, once.
func (s *Service) begin(ctx context.Context, imp *Import, in *inspection) error {
	if imp.NextRow > 0 {
		return nil
	}
	after := *imp
	after.RowsTotal = in.rows
	after.Format, after.Encoding, after.Delimiter = string(in.table.Format), in.table.Encoding, in.table.Delimiter
	after.Mapping.V = map[string]string{}
	for _, c := range in.mapping.Columns {
		after.Mapping.V[c.Header] = string(c.Field)
	}
	after.Warnings.V = []Warning{}
	for _, p := range in.table.Problems {
		after.warn(Warning{Code: p.Code, Column: p.Column, Message: p.Message})
	}
	until := s.clock.Now().Add(s.lease)
	after.LeaseUntil = &until
	err := s.db.Tx(ctx, func(tx *gorm.DB) error {
		if err := s.save(tx, imp, &after); err != nil {
			return err
		}
		return s.log.Append(tx, event.Event{Type: "import.started", SubjectKind: "import", SubjectID: imp.ID, Data: counts(&after)})
	})
	if err != nil {
		return err
	}
	*imp = after
	return nil
}

// release gives the import back so that the next try need not wait for the lease.
func (s *Service) release(ctx context.Context, imp *Import) error {
	if imp.LeaseBy == "" {
		return nil
	}
	return s.db.Tx(ctx, func(tx *gorm.DB) error {
		return tx.Model(&Import{}).Where("id = ? AND lease_by = ?", imp.ID, imp.LeaseBy).Updates(map[string]any{"lease_until": nil, "lease_by": ""}).Error
	})
}

// fail ends the import with a reason for people.
func (s *Service) fail(ctx context.Context, imp *Import, cause error) error {
	after := *imp
	after.Status, after.LeaseUntil, after.LeaseBy = Failed, nil, ""
	after.Error = cause.Error()
	if e, ok := errors.AsType[*fault.Error](cause); ok {
		after.Error = e.Msg
	}
	now := s.clock.Now()
	after.FinishedAt = &now
	err := s.db.Tx(ctx, func(tx *gorm.DB) error {
		if err := s.save(tx, imp, &after); err != nil {
			return err
		}
		return s.log.Append(tx, event.Event{Type: "import.finished", SubjectKind: "import", SubjectID: imp.ID, Data: counts(&after)})
	})
	if err == nil {
		*imp = after
	}
	return err
}
