package lead

import (
	"fmt"

	"gorm.io/gorm"

	"winnow/backend/internal/event"
)

// CountOwned is how many live leads a user owns.
func (s *Service) CountOwned(tx *gorm.DB, userID string) (int64, error) {
	var n int64
	if err := tx.Model(&Lead{}).Where("owner_id = ?", userID).Count(&n).Error; err != nil {
		return 0, fmt.Errorf("count owned leads: %w", err)
	}
	return n, nil
}

// Handover gives every lead of a user, deleted ones too, to another (nil: nobody) within tx, and tells the timeline of
// each live one. Who may do that is for the caller to know.
func (s *Service) Handover(tx *gorm.DB, from string, to *string) error {
	var ids []string
	if err := tx.Model(&Lead{}).Where("owner_id = ?", from).Order("id").Pluck("id", &ids).Error; err != nil {
		return fmt.Errorf("list owned leads: %w", err)
	}
	err := tx.Unscoped().Model(&Lead{}).Where("owner_id = ?", from).
		UpdateColumns(map[string]any{"owner_id": to, "updated_at": s.clock.Now(), "version": gorm.Expr("version + 1")}).Error
	if err != nil {
		return fmt.Errorf("hand leads over: %w", err)
	}
	return inChunks(ids, func(chunk []string) error {
		evs := make([]event.Event, len(chunk))
		for i, one := range chunk {
			evs[i] = note(EventUpdated, &Lead{ID: one, OwnerID: to}, []string{"owner_id"})
		}
		return s.events.Append(tx, evs...)
	})
}
