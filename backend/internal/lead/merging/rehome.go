package merging

import (
	"fmt"
	"slices"
	"strings"

	"gorm.io/gorm"

	"winnow/backend/internal/id"
	"winnow/backend/internal/lead"
)

// containsAll reports whether a list of tags, as provenance writes it, has all of tags.
func containsAll(list string, tags []string) bool {
	have := strings.Split(list, ", ")
	return !slices.ContainsFunc(tags, func(t string) bool { return !slices.Contains(have, t) })
}

// home narrows a query to what hangs on a lead of its own: rows that it holds, or that the root holds for it.
func (sp *split) home(q *gorm.DB, n *node) *gorm.DB {
	root := sp.root().row.ID
	if n.row.ID == root {
		return q.Where("lead_id = ? AND first_lead_id IS NULL", root)
	}
	return q.Where("lead_id = ? AND first_lead_id = ?", root, n.row.ID)
}

// rehome lets the provenance and the identity of an edit go with it to the leads that got it.
func (s *Service) rehome(tx *gorm.DB, sp *split, m move) error {
	if m.edit.Field == fieldTags || m.edit.Value == nil {
		return nil
	}
	if err := s.rehomeProvenance(tx, sp, m); err != nil {
		return err
	}
	if slices.Contains(m.to, sp.n.row.ID) {
		return nil
	}
	if err := s.reinstate(tx, sp, m.at, m.edit.Field); err != nil {
		return err
	}
	return s.rehomeIdentity(tx, sp, m)
}

func (s *Service) rehomeProvenance(tx *gorm.DB, sp *split, m move) error {
	var rows []lead.Provenance
	err := sp.home(tx, m.at).Where("field = ? AND value = ? AND current", m.edit.Field, Readable(m.edit.Field, *m.edit.Value)).
		Order("at DESC, id DESC").Limit(1).Find(&rows).Error
	if err != nil {
		return fmt.Errorf("read provenance: %w", err)
	}
	if len(rows) == 0 {
		return nil
	}
	gone := slices.Contains(m.to, sp.n.row.ID) // the row itself stays where it is; others get copies
	for _, to := range m.to {
		if to == sp.n.row.ID {
			continue
		}
		err := tx.Model(&lead.Provenance{}).Where("lead_id = ? AND first_lead_id IS NULL AND field = ? AND current", to, m.edit.Field).Update("current", false).Error
		if err != nil {
			return fmt.Errorf("retire provenance: %w", err)
		}
		row := rows[0]
		row.LeadID, row.FirstLeadID = to, nil
		if gone {
			row.ID = id.New()
			err = tx.Create(&row).Error
		} else {
			err = tx.Model(&lead.Provenance{}).Where("id = ?", row.ID).UpdateColumns(map[string]any{"lead_id": to, "first_lead_id": nil}).Error
		}
		if err != nil {
			return fmt.Errorf("move provenance: %w", err)
		}
		gone = true
	}
	return nil
}

// reinstate marks where the value that a lead shows again came from.
func (s *Service) reinstate(tx *gorm.DB, sp *split, n *node, field string) error {
	v, ok := n.img[field]
	if !ok {
		return nil
	}
	var ids []string
	err := sp.home(tx.Model(&lead.Provenance{}), n).Where("field = ? AND value = ?", field, Readable(field, v)).
		Order("at DESC, id DESC").Limit(1).Pluck("id", &ids).Error
	if err != nil || len(ids) == 0 {
		return err
	}
	return tx.Model(&lead.Provenance{}).Where("id = ?", ids[0]).Update("current", true).Error
}

// rehomeIdentity gives the identity that came with an edited address to the lead that got the address.
func (s *Service) rehomeIdentity(tx *gorm.DB, sp *split, m move) error {
	kind := map[string]string{"email": lead.IdentityEmail, "phone": lead.IdentityPhone, "linkedin_url": lead.IdentityLinkedin}[m.edit.Field]
	if kind == "" {
		return nil
	}
	err := sp.home(tx.Model(&lead.Identity{}), m.at).Where("kind = ? AND value = ?", kind, s.Leads.KeyOf(m.edit.Field, *m.edit.Value)).
		UpdateColumns(map[string]any{"lead_id": m.to[0], "first_lead_id": nil}).Error
	if err != nil {
		return fmt.Errorf("move identity: %w", err)
	}
	back := []string{m.at.img[m.edit.Field]}
	if m.edit.Base != nil { // may be hidden just now by what another merge shows, and come back with that one's undoing
		back = append(back, *m.edit.Base)
	}
	for _, v := range back {
		if err := s.identify(tx, sp, m.at, m.edit.Field, kind, v); err != nil {
			return err
		}
	}
	return nil
}

// identify gives a lead the identity of an address that it has again, when nobody has it: the edit dropped it.
func (s *Service) identify(tx *gorm.DB, sp *split, n *node, field, kind, v string) error {
	key := s.Leads.KeyOf(field, v)
	if key == "" {
		return nil
	}
	var taken int64
	if err := tx.Model(&lead.Identity{}).Where("kind = ? AND value = ? AND live", kind, key).Count(&taken).Error; err != nil {
		return fmt.Errorf("look for identity: %w", err)
	}
	if taken > 0 {
		return nil
	}
	row := lead.Identity{ID: id.New(), LeadID: sp.root().row.ID, Kind: kind, Value: key, Live: true, CreatedAt: s.Clock.Now()}
	if n.row.ID != row.LeadID {
		row.FirstLeadID = &n.row.ID
	}
	if err := tx.Create(&row).Error; err != nil {
		return fmt.Errorf("give identity back: %w", err)
	}
	return nil
}

// traceTyped writes down who typed the values that a merge took by hand.
func (s *Service) traceTyped(tx *gorm.DB, m *Merge) error {
	typed := false
	for _, f := range sortedKeys(m.Choices.V) {
		c := m.Choices.V[f]
		if c.Value == nil {
			continue
		}
		typed = true
		c.Row = id.New()
		m.Choices.V[f] = c
		row := lead.Provenance{ID: c.Row, LeadID: m.SurvivorID, Field: f, Value: *c.Value, Source: lead.SourceUser, ActorID: m.ActorID, Current: true, At: m.CreatedAt}
		if err := tx.Create(&row).Error; err != nil {
			return fmt.Errorf("record provenance: %w", err)
		}
	}
	if !typed {
		return nil
	}
	return tx.Model(m).UpdateColumn("choices", m.Choices).Error
}

// untraceTyped takes that back.
func (s *Service) untraceTyped(tx *gorm.DB, m *Merge) error {
	for _, c := range m.Choices.V {
		if c.Row == "" {
			continue
		}
		if err := tx.Where("id = ?", c.Row).Delete(&lead.Provenance{}).Error; err != nil {
			return fmt.Errorf("take provenance back: %w", err)
		}
	}
	return nil
}
