package ai

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"winnow/backend/internal/clock"
	"winnow/backend/internal/config"
	"winnow/backend/internal/fault"
	"winnow/backend/internal/platform/db"
)

// Overrides are the settings of the model that an admin may change in the app; nil keeps the operator's. Address and
// key are the operator's alone: nothing typed into the app sends the key elsewhere.
type Overrides struct {
	Model    *string        `json:"model,omitempty"`
	PriceIn  *config.Micros `json:"price_in,omitempty"`
	PriceOut *config.Micros `json:"price_out,omitempty"`
	RPM      *int           `json:"rpm,omitempty"`
	TPM      *int           `json:"tpm,omitempty"`
}

const (
	settingsKey = "ai"
	// settingsFor is how long other processes may go on with settings that were changed.
	settingsFor = 2 * time.Second
)

type settingRow struct {
	Key       string `gorm:"primaryKey"`
	Value     db.JSON[Overrides]
	UpdatedBy *string
	UpdatedAt time.Time
	Version   int
}

// TableName is the table of workspace settings.
func (settingRow) TableName() string { return "settings" }

// settings lays the overrides over the operator's configuration.
type settings struct {
	base  Config
	db    *db.DB
	clock clock.Clock

	mu   sync.Mutex
	now  Config
	read time.Time
}

func (s *settings) current(ctx context.Context) (Config, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	at := s.clock.Now()
	if !s.read.IsZero() && at.Sub(s.read) < settingsFor && !at.Before(s.read) {
		return s.now, nil
	}
	var row settingRow
	err := s.db.Read.WithContext(ctx).Where("key = ?", settingsKey).Take(&row).Error
	if err != nil && !errors.Is(err, gorm.ErrRecordNotFound) {
		return Config{}, fault.Wrap(err, fault.Unavailable, "settings_unavailable", "The model's settings cannot be read; try again in a moment")
	}
	s.now, s.read = row.Value.V.over(s.base), at
	return s.now, nil
}

func (o Overrides) over(c Config) Config {
	if o.Model != nil && *o.Model != "" {
		c.Model = *o.Model
	}
	if o.PriceIn != nil {
		c.PriceIn = *o.PriceIn
	}
	if o.PriceOut != nil {
		c.PriceOut = *o.PriceOut
	}
	c.PriceStated = c.PriceStated || (o.PriceIn != nil && o.PriceOut != nil)
	if o.RPM != nil {
		c.RPM = *o.RPM
	}
	if o.TPM != nil {
		c.TPM = *o.TPM
	}
	return c
}

// maxPrice keeps costs far from overflow: a million units for a million tokens.
const maxPrice = config.Micros(1_000_000) * million

func (o Overrides) check() error {
	var bad []fault.Field
	add := func(name, message string) {
		bad = append(bad, fault.Field{Name: name, Code: "out_of_range", Message: message})
	}
	if o.Model != nil && len(*o.Model) > 200 {
		add("model", "at most 200 characters")
	}
	for name, p := range map[string]*config.Micros{"price_in": o.PriceIn, "price_out": o.PriceOut} {
		if p != nil && (*p < 0 || *p > maxPrice) {
			add(name, "a price for a million tokens, from 0 to a million")
		}
	}
	for name, n := range map[string]*int{"rpm": o.RPM, "tpm": o.TPM} {
		if n != nil && (*n < 0 || *n > 1_000_000_000) {
			add(name, "a number a minute from 0 (no bound of ours) to 1000000000")
		}
	}
	if len(bad) > 0 {
		return fault.InvalidFields("ai_settings_invalid", "The model's settings were not changed.", bad...)
	}
	return nil
}

// change stores o instead of what was overridden before; fields that are nil are the operator's again.
func (s *settings) change(ctx context.Context, o Overrides, userID string) error {
	if err := o.check(); err != nil {
		return err
	}
	err := s.db.Tx(ctx, func(tx *gorm.DB) error {
		row := settingRow{Key: settingsKey}
		if err := tx.Where("key = ?", settingsKey).Take(&row).Error; err != nil && !errors.Is(err, gorm.ErrRecordNotFound) {
			return fmt.Errorf("read the model's settings: %w", err)
		}
		row.Value.V = o
		row.UpdatedBy, row.UpdatedAt, row.Version = optional(userID), s.clock.Now(), row.Version+1
		if err := tx.Clauses(clause.OnConflict{UpdateAll: true}).Create(&row).Error; err != nil {
			return fmt.Errorf("store the model's settings: %w", err)
		}
		return nil
	})
	if err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.read = time.Time{}
	return nil
}
