package lead

import (
	"context"
	"errors"
	"fmt"

	"gorm.io/gorm"

	"winnow/backend/internal/event"
	"winnow/backend/internal/fault"
	"winnow/backend/internal/id"
	"winnow/backend/internal/platform/db"
)

// Delete takes a lead out of every list; Restore brings it back. Faults: NotFound, Forbidden, Stale.
func (s *Service) Delete(ctx context.Context, leadID string, version *int) error {
	if err := mayWrite(ctx); err != nil {
		return err
	}
	return s.db.TxAgain(ctx, func(tx *gorm.DB) error {
		l, err := s.takeToChange(ctx, tx, leadID, version)
		if err != nil {
			return err
		}
		return s.remove(tx, []Lead{*l})
	})
}

// remove marks leads as deleted and frees their identities for others.
func (s *Service) remove(tx *gorm.DB, leads []Lead) error {
	now := s.clock.Now()
	err := tx.Model(&Lead{}).Where("id IN ?", idsOf(leads)).
		Updates(map[string]any{"deleted_at": now, "updated_at": now, "version": gorm.Expr("version + 1")}).Error
	if err != nil {
		return fmt.Errorf("delete leads: %w", err)
	}
	err = tx.Model(&Identity{}).Where("lead_id IN ?", idsOf(leads)).Update("live", false).Error
	if err != nil {
		return fmt.Errorf("retire identities: %w", err)
	}
	return s.tell(tx, EventDeleted, leads, nil)
}

func idsOf(leads []Lead) []string {
	out := make([]string, len(leads))
	for i := range leads {
		out[i] = leads[i].ID
	}
	return out
}

// Restore undoes a deletion. A lead that is not deleted stays as it is. Faults: NotFound, Forbidden, Conflict when a
// newer lead has one of its addresses or numbers.
func (s *Service) Restore(ctx context.Context, leadID string) (*Lead, error) {
	if err := mayWrite(ctx); err != nil {
		return nil, err
	}
	if !id.Valid(leadID) {
		return nil, notFound()
	}
	var l Lead
	err := s.db.TxAgain(ctx, func(tx *gorm.DB) error {
		l = Lead{}
		q := tx.Session(&gorm.Session{QueryFields: true}).Unscoped()
		err := visible(ctx, q).Where("leads.id = ?", leadID).Take(&l).Error
		if errors.Is(err, gorm.ErrRecordNotFound) {
			return notFound()
		}
		if err != nil {
			return fmt.Errorf("read lead: %w", err)
		}
		if err := mayChange(ctx, &l); err != nil || !l.DeletedAt.Valid {
			return err
		}
		if l.MergedInto != nil {
			return merged(ctx, tx, leadID)
		}
		return s.revive(tx, []Lead{l})
	})
	if err != nil {
		return nil, err
	}
	return s.fresh(ctx, leadID)
}

// fresh reads a lead right after it was written.
func (s *Service) fresh(ctx context.Context, leadID string) (*Lead, error) {
	return get(ctx, s.db.Write.WithContext(ctx), leadID)
}

// revive undoes remove.
func (s *Service) revive(tx *gorm.DB, leads []Lead) error {
	err := tx.Model(&Identity{}).Where("lead_id IN ?", idsOf(leads)).Update("live", true).Error
	if db.IsUnique(err) {
		return fault.New(fault.Conflict, "lead_duplicate", "A newer lead has the same address or number, so this one cannot come back. Nothing was changed.")
	}
	if err != nil {
		return fmt.Errorf("revive identities: %w", err)
	}
	err = tx.Unscoped().Model(&Lead{}).Where("id IN ?", idsOf(leads)).
		Updates(map[string]any{"deleted_at": nil, "updated_at": s.clock.Now(), "version": gorm.Expr("version + 1")}).Error
	if err != nil {
		return fmt.Errorf("restore leads: %w", err)
	}
	return s.tell(tx, EventRestored, leads, nil)
}

func (s *Service) tell(tx *gorm.DB, typ string, leads []Lead, fields []string) error {
	const perInsert = 500
	for start := 0; start < len(leads); start += perInsert {
		chunk := leads[start:min(start+perInsert, len(leads))]
		evs := make([]event.Event, 0, len(chunk))
		for i := range chunk {
			evs = append(evs, note(typ, &chunk[i], fields))
		}
		if err := s.events.Append(tx, evs...); err != nil {
			return err
		}
	}
	return nil
}

// Claim makes the viewer the owner of a lead that nobody owns (administrators: of any lead). Faults: NotFound, Forbidden.
func (s *Service) Claim(ctx context.Context, leadID string) (*Lead, error) {
	if err := mayWrite(ctx); err != nil {
		return nil, err
	}
	me := actor(ctx)
	if me == nil {
		return nil, fault.New(fault.Forbidden, "lead_claim_forbidden", "Only a user can own a lead.")
	}
	var l *Lead
	err := s.db.TxAgain(ctx, func(tx *gorm.DB) (err error) {
		if l, err = s.take(ctx, tx, leadID); err != nil {
			return err
		}
		before := *l
		e := Change{Owner: Optional[string]{Set: true, V: me}}.apply(l, s.clock.Now())
		return s.write(ctx, tx, &before, l, e, nil)
	})
	if err != nil {
		return nil, err
	}
	return l, nil
}
