package intake

import (
	"fmt"
	"maps"
	"slices"
	"time"

	"gorm.io/gorm"

	"winnow/backend/internal/event"
	"winnow/backend/internal/lead"
)

// writeUndo stores what was decided about some rows.
func (s *Service) writeUndo(tx *gorm.DB, u *undoing, rows []UndoRow) error {
	now := s.clock.Now()
	p := &plan{changed: map[string]*lead.Lead{}, restored: map[string]bool{}}
	for id, l := range u.changed {
		if u.removed[id] != nil {
			l.DeletedAt = gorm.DeletedAt{Time: now, Valid: true}
		}
		l.UpdatedAt = now
		l.Version++
		p.changed[id] = l
	}
	if err := s.companies(tx, p); err != nil {
		return fmt.Errorf("companies: %w", err)
	}
	if err := s.update(tx, p); err != nil {
		return err
	}
	if err := u.dropKeys(tx); err != nil {
		return err
	}
	if err := u.bin(tx, now); err != nil {
		return err
	}
	if err := u.forget(tx, rows); err != nil {
		return err
	}
	for _, r := range rows {
		err := tx.Model(&ImportRow{}).Where("import_id = ? AND row_no = ?", u.importID, r.Row).
			Updates(map[string]any{"undone": r.Does, "undone_why": r.Why}).Error
		if err != nil {
			return fmt.Errorf("mark rows as undone: %w", err)
		}
	}
	return s.log.Append(tx, u.events(rows)...)
}

// bin takes leads out of every list and frees what they are known by.
func (u *undoing) bin(tx *gorm.DB, now time.Time) error {
	if len(u.removed) == 0 {
		return nil
	}
	ids := slices.Sorted(maps.Keys(u.removed))
	err := tx.Model(&lead.Lead{}).Where("id IN ?", ids).
		Updates(map[string]any{"deleted_at": now, "updated_at": now, "version": gorm.Expr("version + 1")}).Error
	if err != nil {
		return fmt.Errorf("take leads out again: %w", err)
	}
	if err := tx.Model(&lead.Identity{}).Where("lead_id IN ?", ids).Update("live", false).Error; err != nil {
		return fmt.Errorf("retire identities: %w", err)
	}
	return nil
}

// leadsToWrite are the leads that change, in the one order in which everybody writes them.
func (u *undoing) leadsToWrite() []*lead.Lead {
	all := maps.Clone(u.changed)
	maps.Copy(all, u.removed)
	out := make([]*lead.Lead, 0, len(all))
	for _, id := range slices.Sorted(maps.Keys(all)) {
		out = append(out, all[id])
	}
	return out
}

// dropKeys takes away the identities that the import gave, but those that a field of the lead still has.
func (u *undoing) dropKeys(tx *gorm.DB) error {
	for _, leadID := range slices.Sorted(maps.Keys(u.keys)) {
		l := u.changed[leadID]
		if l == nil {
			continue
		}
		for _, k := range u.keys[leadID] {
			if k.Value == l.Email || k.Value == l.Phone || k.Value == l.LinkedinURL {
				continue
			}
			if err := tx.Where("lead_id = ? AND kind = ? AND value = ?", leadID, k.Kind, k.Value).Delete(&lead.Identity{}).Error; err != nil {
				return fmt.Errorf("take identities back: %w", err)
			}
		}
	}
	return nil
}

// forget takes the import out of the history of the fields that went back: what stood there before is current again.
func (u *undoing) forget(tx *gorm.DB, rows []UndoRow) error {
	for _, r := range rows {
		if r.Does != UndoPutBack && r.Does != UndoPartly {
			continue
		}
		var here []string
		for _, m := range u.met[r.LeadID] {
			if m.ImportID != nil && *m.ImportID == u.importID && m.RowNo != nil && *m.RowNo == r.Row {
				here = append(here, m.ID)
			}
		}
		if len(here) > 0 && len(r.Fields) > 0 {
			err := tx.Where("lead_id = ? AND sighting_id IN ? AND field IN ?", r.LeadID, here, r.Fields).Delete(&lead.Provenance{}).Error
			if err != nil {
				return fmt.Errorf("take provenance back: %w", err)
			}
		}
		for _, f := range u.changes[r.Row].Fields {
			if f.Before == "" || !slices.Contains(r.Fields, f.Field) {
				continue
			}
			if err := restand(tx, r.LeadID, f); err != nil {
				return err
			}
		}
		if len(here) == 0 || r.Does != UndoPutBack {
			continue
		}
		if err := tx.Where("lead_id = ? AND sighting_id IN ?", r.LeadID, here).Delete(&lead.Provenance{}).Error; err != nil {
			return fmt.Errorf("take provenance back: %w", err)
		}
		if err := tx.Where("id IN ?", here).Delete(&lead.Sighting{}).Error; err != nil {
			return fmt.Errorf("take sightings back: %w", err)
		}
	}
	return nil
}

// restand marks the newest origin of a field's old value as the current one.
func restand(tx *gorm.DB, leadID string, f fieldChange) error {
	var origins []lead.Provenance
	err := tx.Where("lead_id = ? AND field = ? AND value = ?", leadID, f.Field, clip(f.Before, maxCustom)).Order("at DESC, id DESC").Limit(1).Find(&origins).Error
	if err != nil || len(origins) == 0 {
		return err
	}
	if err := tx.Model(&lead.Provenance{}).Where("id = ?", origins[0].ID).Update("current", true).Error; err != nil {
		return fmt.Errorf("restore provenance: %w", err)
	}
	return nil
}

// events tell what happened to each lead, once.
func (u *undoing) events(rows []UndoRow) []event.Event {
	fields := map[string][]string{}
	for _, r := range rows {
		fields[r.LeadID] = append(fields[r.LeadID], r.Fields...)
	}
	var out []event.Event
	for _, l := range u.leadsToWrite() {
		e := event.Event{
			Type: lead.EventUpdated, SubjectKind: lead.EventKind, SubjectID: l.ID, OwnerID: l.OwnerID,
			Data: map[string]any{"import_id": u.importID, "undone": true, "fields": fields[l.ID]},
		}
		if u.removed[l.ID] != nil {
			e.Type = lead.EventDeleted
		}
		out = append(out, e)
	}
	return out
}
