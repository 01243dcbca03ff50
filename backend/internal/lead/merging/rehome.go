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

// rehome lets the provenance and the identity of an edit go with it to the leads that got it.
func (s *Service) rehome(tx *gorm.DB, sp *split, m move) error {
	if m.edit.Field == fieldTags || m.edit.Value == nil {
		return nil
	}
	root := sp.root().row.ID
	value := Readable(m.edit.Field, *m.edit.Value)
	var rows []lead.Provenance
	err := tx.Where("lead_id = ? AND first_lead_id IS NULL AND field = ? AND value = ? AND current", root, m.edit.Field, value).
		Order("at DESC, id DESC").Limit(1).Find(&rows).Error
	if err != nil {
		return fmt.Errorf("read provenance: %w", err)
	}
	if len(rows) == 0 {
		return nil
	}
	stays := slices.Contains(m.to, sp.n.row.ID)
	for i, to := range m.to {
		if to == sp.n.row.ID {
			continue
		}
		if err := retire(tx, to, m.edit.Field); err != nil {
			return err
		}
		row := rows[0]
		row.LeadID = to
		if stays || i > 0 {
			row.ID = id.New()
			err = tx.Create(&row).Error
		} else {
			err = tx.Model(&lead.Provenance{}).Where("id = ?", row.ID).Update("lead_id", to).Error
		}
		if err != nil {
			return fmt.Errorf("move provenance: %w", err)
		}
	}
	if stays {
		return nil
	}
	if err := s.reinstate(tx, root, m.edit.Field, sp.root().img); err != nil {
		return err
	}
	return s.rehomeIdentity(tx, sp, m, root)
}

func retire(tx *gorm.DB, leadID, field string) error {
	err := tx.Model(&lead.Provenance{}).Where("lead_id = ? AND first_lead_id IS NULL AND field = ? AND current", leadID, field).Update("current", false).Error
	if err != nil {
		return fmt.Errorf("retire provenance: %w", err)
	}
	return nil
}

// reinstate marks where the value that stands again came from.
func (s *Service) reinstate(tx *gorm.DB, leadID, field string, img Image) error {
	v, ok := img[field]
	if !ok {
		return nil
	}
	var ids []string
	err := tx.Model(&lead.Provenance{}).Where("lead_id = ? AND first_lead_id IS NULL AND field = ? AND value = ?", leadID, field, Readable(field, v)).
		Order("at DESC, id DESC").Limit(1).Pluck("id", &ids).Error
	if err != nil || len(ids) == 0 {
		return err
	}
	return tx.Model(&lead.Provenance{}).Where("id = ?", ids[0]).Update("current", true).Error
}

// rehomeIdentity gives the identity that came with an edited address to the lead that got the address.
func (s *Service) rehomeIdentity(tx *gorm.DB, sp *split, m move, root string) error {
	kind := map[string]string{"email": lead.IdentityEmail, "phone": lead.IdentityPhone, "linkedin_url": lead.IdentityLinkedin}[m.edit.Field]
	if kind == "" {
		return nil
	}
	err := tx.Model(&lead.Identity{}).
		Where("lead_id = ? AND first_lead_id IS NULL AND kind = ? AND created_at >= ? AND value = ?", root, kind, sp.m.CreatedAt, s.Leads.KeyOf(m.edit.Field, *m.edit.Value)).
		Update("lead_id", m.to[0]).Error
	if err != nil {
		return fmt.Errorf("move identity: %w", err)
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
