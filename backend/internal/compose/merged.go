package compose

import (
	"fmt"

	"gorm.io/gorm"
)

// Messages are what hangs on leads in this room. One message of a lead stands; those that came with merged leads are set
// aside until they go home.
type Messages struct{}

// Name implements lead.Child.
func (Messages) Name() string { return "messages" }

// Move implements lead.Child.
func (Messages) Move(tx *gorm.DB, from, to string) (int64, error) {
	err := tx.Model(&Message{}).Where("lead_id = ? AND EXISTS (SELECT 1 FROM messages AS theirs WHERE theirs.lead_id = ? AND NOT theirs.aside)", from, to).
		UpdateColumn("aside", true).Error
	if err != nil {
		return 0, fmt.Errorf("set messages aside: %w", err)
	}
	res := tx.Model(&Message{}).Where("lead_id = ?", from).
		UpdateColumns(map[string]any{"first_lead_id": gorm.Expr("COALESCE(first_lead_id, lead_id)"), "lead_id": to})
	if res.Error != nil {
		return 0, fmt.Errorf("move messages: %w", res.Error)
	}
	return res.RowsAffected, nil
}

// Restore implements lead.Child.
func (Messages) Restore(tx *gorm.DB, holder, to string, firsts []string) (int64, error) {
	res := tx.Model(&Message{}).Where("lead_id = ? AND first_lead_id IN ?", holder, firsts).
		UpdateColumns(map[string]any{"lead_id": to, "first_lead_id": gorm.Expr("CASE WHEN first_lead_id = ? THEN NULL ELSE first_lead_id END", to)})
	if res.Error != nil {
		return 0, fmt.Errorf("restore messages: %w", res.Error)
	}
	for _, one := range []string{holder, to} {
		if err := stand(tx, one); err != nil {
			return 0, err
		}
	}
	return res.RowsAffected, nil
}

// stand lets a lead without a standing message have one of those set aside: its own, else the oldest.
func stand(tx *gorm.DB, leadID string) error {
	var all []struct {
		ID    string
		Aside bool
	}
	err := tx.Model(&Message{}).Select("id", "aside").Where("lead_id = ?", leadID).
		Order("CASE WHEN first_lead_id IS NULL THEN 0 ELSE 1 END, created_at, id").Find(&all).Error
	if err != nil {
		return fmt.Errorf("read messages: %w", err)
	}
	for _, m := range all {
		if !m.Aside {
			return nil
		}
	}
	if len(all) == 0 {
		return nil
	}
	if err := tx.Model(&Message{}).Where("id = ?", all[0].ID).UpdateColumn("aside", false).Error; err != nil {
		return fmt.Errorf("let a message stand: %w", err)
	}
	return nil
}
