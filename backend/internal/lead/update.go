package lead

import (
	"context"
	"fmt"
	"time"

	"gorm.io/gorm"

	"winnow/backend/internal/fault"
	"winnow/backend/internal/id"
	"winnow/backend/internal/platform/db"
)

// Update applies an edit to a lead the viewer may change. version, when given, must be the lead's. An edit that changes
// nothing leaves the version as it is. Faults: NotFound, Forbidden, Stale, Invalid, Conflict (an address or number that
// another lead has).
func (s *Service) Update(ctx context.Context, leadID string, version *int, c Change) (*Lead, error) {
	if err := mayWrite(ctx); err != nil {
		return nil, err
	}
	c, keys, err := c.clean(s.norm)
	if err != nil {
		return nil, err
	}
	var l *Lead
	err = s.db.TxAgain(ctx, func(tx *gorm.DB) error {
		if l, err = s.takeToChange(ctx, tx, leadID, version); err != nil {
			return err
		}
		if err := s.mayAssign(ctx, tx, l, c.Owner); err != nil {
			return err
		}
		before := *l
		e := c.apply(l, s.clock.Now())
		if len(l.Custom.V) > maxCustomCount {
			return fault.InvalidFields("lead_invalid", "Nothing was changed.", fault.Field{Name: "custom", Code: "too_many", Message: "A lead can have at most 100 custom fields."})
		}
		return s.write(ctx, tx, &before, l, e, keys)
	})
	if err != nil {
		return nil, err
	}
	return l, nil
}

// mayAssign lets administrators give a lead to any enabled user, and everybody keep the owner as it is.
func (s *Service) mayAssign(ctx context.Context, tx *gorm.DB, l *Lead, owner Optional[string]) error {
	if !owner.Set || same(owner.V, l.OwnerID) {
		return nil
	}
	if !boss(ctx) {
		return fault.New(fault.Forbidden, "lead_assign_forbidden", "Only administrators give leads to others. You can claim a lead that nobody owns.")
	}
	return s.userExists(tx, owner.V)
}

func (s *Service) userExists(tx *gorm.DB, userID *string) error {
	if userID == nil {
		return nil
	}
	var n int64
	if err := tx.Table("users").Where("id = ? AND disabled_at IS NULL", *userID).Count(&n).Error; err != nil {
		return fmt.Errorf("look for user: %w", err)
	}
	if n == 0 {
		return fault.InvalidFields("lead_invalid", "Nothing was changed.", fault.Field{Name: "owner_id", Code: "value_wrong", Message: "There is no such user, or the account is switched off."})
	}
	return nil
}

// write stores an edit: the lead, its identities, its provenance and the event.
func (s *Service) write(ctx context.Context, tx *gorm.DB, before, l *Lead, e edit, keys map[string]*Key) error {
	if len(e.values) == 0 {
		return nil
	}
	now := s.clock.Now()
	l.Version, l.UpdatedAt, l.LastActivityAt = before.Version+1, now, now
	e.set["version"], e.set["updated_at"], e.set["last_activity_at"] = l.Version, now, now
	res := tx.Model(&Lead{}).Where("id = ? AND version = ?", l.ID, before.Version).Updates(e.set)
	if res.Error != nil {
		return fmt.Errorf("update lead: %w", res.Error)
	}
	if res.RowsAffected != 1 {
		return fault.New(fault.Stale, "lead_stale", "Somebody or something changed this lead at the same moment. Reload it and make your change again.")
	}
	if err := s.reidentify(tx, before, l, e, keys, now); err != nil {
		return err
	}
	if err := trace(tx, l.ID, e.values, actor(ctx), now); err != nil {
		return err
	}
	return s.events.Append(tx, note(EventUpdated, l, e.fields()))
}

// identifying are the fields that give a lead an identity.
func identifying() map[string]string {
	return map[string]string{"email": IdentityEmail, "phone": IdentityPhone, "linkedin_url": IdentityLinkedin}
}

// reidentify takes away the identity that an edited field gave and puts the new one in its place. Identities of merged
// leads stay: they are theirs when the merge is undone.
func (s *Service) reidentify(tx *gorm.DB, before, l *Lead, e edit, keys map[string]*Key, now time.Time) error {
	for field, kind := range identifying() {
		if _, changed := e.values[field]; !changed {
			continue
		}
		if old := s.keyOf(field, *before.text(field)); old != nil {
			if err := tx.Where("lead_id = ? AND first_lead_id IS NULL AND kind = ? AND value = ?", l.ID, kind, old.Value).Delete(&Identity{}).Error; err != nil {
				return fmt.Errorf("drop identity: %w", err)
			}
		}
	}
	for _, field := range sortedKeys(keys) {
		k := keys[field]
		if _, changed := e.values[field]; !changed || k == nil {
			continue
		}
		if err := s.identify(tx, l.ID, *k, field, now); err != nil {
			return err
		}
	}
	return nil
}

func (s *Service) keyOf(field, value string) *Key {
	if value == "" || s.norm == nil {
		return nil
	}
	_, k, _ := s.norm.Normalise(field, value)
	return k
}

// identify gives a lead an identity, unless it has it already. Fault: Conflict when another live lead has it.
func (s *Service) identify(tx *gorm.DB, leadID string, k Key, field string, now time.Time) error {
	var have Identity
	err := tx.Where("kind = ? AND value = ? AND live", k.Kind, k.Value).Limit(1).Find(&have).Error
	if err != nil {
		return fmt.Errorf("look up identity: %w", err)
	}
	if have.LeadID == leadID {
		return nil
	}
	taken := fault.InvalidFields("lead_duplicate", "Another lead already has this, so nothing was changed. Search for it and work with that lead.",
		fault.Field{Name: field, Code: "taken", Message: "Another lead has this."})
	taken.Kind = fault.Conflict
	if have.ID != "" {
		return taken
	}
	err = tx.Create(&Identity{ID: id.New(), LeadID: leadID, Kind: k.Kind, Value: k.Value, Live: true, CreatedAt: now}).Error
	if db.IsUnique(err) {
		return taken
	}
	return err
}

// trace records who gave the fields their new values; earlier values stay as history. What merged leads say of the fields
// stays as it was, for when the merge is undone.
func trace(tx *gorm.DB, leadID string, values map[string]string, by *string, now time.Time) error {
	var rows []Provenance
	var fields []string
	for field, v := range values {
		fields = append(fields, field)
		rows = append(rows, Provenance{ID: id.New(), LeadID: leadID, Field: field, Value: v, Source: SourceUser, ActorID: by, Current: true, At: now})
	}
	err := tx.Model(&Provenance{}).Where("lead_id = ? AND first_lead_id IS NULL AND field IN ? AND current", leadID, fields).Update("current", false).Error
	if err != nil {
		return fmt.Errorf("retire provenance: %w", err)
	}
	if err := tx.Create(&rows).Error; err != nil {
		return fmt.Errorf("record provenance: %w", err)
	}
	return nil
}
