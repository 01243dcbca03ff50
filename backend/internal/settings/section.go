package settings

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"gorm.io/gorm"

	"winnow/backend/internal/event"
	"winnow/backend/internal/platform/db"
)

// section is settings that another room decides about; it says what they mean.
type section struct {
	Key       string `gorm:"primaryKey"`
	Value     db.JSON[json.RawMessage]
	UpdatedBy *string
	UpdatedAt time.Time `gorm:"autoUpdateTime:false"`
	Version   int
}

// TableName names the table.
func (section) TableName() string { return "settings" }

// Section reads the settings of a name into v, which stays as it is while nothing was changed, and answers their version.
func (s *Service) Section(ctx context.Context, name string, v any) (int, error) {
	var row section
	err := s.db.Read.WithContext(ctx).Where("key = ?", name).Take(&row).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return 0, nil
	}
	if err != nil {
		return 0, fmt.Errorf("read settings: %w", err)
	}
	if err := json.Unmarshal(row.Value.V, v); err != nil {
		return 0, fmt.Errorf("read settings %s: %w", name, err)
	}
	return row.Version, nil
}

// SetSection writes the settings of a name in tx, in place of those of version was. Fault: Stale.
func (s *Service) SetSection(tx *gorm.DB, by *string, name string, was int, v any, fields []string) error {
	b, err := json.Marshal(v)
	if err != nil {
		return fmt.Errorf("encode settings: %w", err)
	}
	row := section{Key: name, Value: db.NewJSON(json.RawMessage(b)), UpdatedBy: by, UpdatedAt: s.clock.Now(), Version: was + 1}
	if was == 0 {
		err = tx.Create(&row).Error
		if db.IsUnique(err) {
			return stale()
		}
	} else {
		res := tx.Model(&section{}).Where("key = ? AND version = ?", name, was).Select("value", "updated_by", "updated_at", "version").Updates(&row)
		if err = res.Error; err == nil && res.RowsAffected == 0 {
			return stale()
		}
	}
	if err != nil {
		return fmt.Errorf("write settings: %w", err)
	}
	return s.events.Append(tx, event.Event{Type: EventChanged, SubjectKind: "settings", SubjectID: name, Data: map[string]any{"fields": fields}})
}

// StaleSection is the fault of a change whose maker read another version.
func StaleSection() error { return stale() }
