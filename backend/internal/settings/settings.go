// Package settings holds what a workspace decides for all its people: its name, money, time zone and how leads are
// judged by default. It does not know who may change them; the permission table does.
package settings

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"
	_ "time/tzdata" // zone names work on machines without a zone database
	"unicode/utf8"

	"gorm.io/gorm"

	"winnow/backend/internal/clock"
	"winnow/backend/internal/event"
	"winnow/backend/internal/fault"
	"winnow/backend/internal/platform/db"
)

// Workspace is the workspace's settings.
type Workspace struct {
	Name        string `json:"name"`
	Currency    string `json:"currency"`     // ISO 4217, of every amount that people enter
	Timezone    string `json:"timezone"`     // IANA, for days in reports
	Analyzer    string `json:"analyzer"`     // rules | llm: what a new batch starts with
	Draft       bool   `json:"draft"`        // a new batch also drafts messages
	AutoAnalyze bool   `json:"auto_analyze"` // judge imported leads by the built-in rules, which cost nothing
	AIOff       bool   `json:"ai_off"`       // no language model may be called by anybody; stored so that its absence means allowed
}

// Defaults are the settings of a workspace that has changed none.
func Defaults(currency string) Workspace {
	return Workspace{Name: "Winnow", Currency: currency, Timezone: "UTC", Analyzer: "rules", Draft: true, AutoAnalyze: false}
}

// Change is an edit; nil leaves a setting as it is.
type Change struct {
	Name        *string
	Currency    *string
	Timezone    *string
	Analyzer    *string
	Draft       *bool
	AutoAnalyze *bool
	AIAllowed   *bool
}

// Events is what this room needs of the event log.
type Events interface {
	Append(tx *gorm.DB, evs ...event.Event) error
}

// EventChanged is the event of a change; its data names the fields.
const EventChanged = "settings.changed"

const key = "workspace"

type row struct {
	Key       string `gorm:"primaryKey"`
	Value     db.JSON[Workspace]
	UpdatedBy *string
	UpdatedAt time.Time `gorm:"autoUpdateTime:false"`
	Version   int
}

// TableName names the table.
func (row) TableName() string { return "settings" }

// Service reads and changes the settings.
type Service struct {
	db       *db.DB
	clock    clock.Clock
	events   Events
	currency string
}

// New makes the service; currency is the default one.
func New(d *db.DB, c clock.Clock, events Events, currency string) *Service {
	return &Service{db: d, clock: c, events: events, currency: currency}
}

// Get answers the settings and their version, 0 while nothing was changed.
func (s *Service) Get(ctx context.Context) (Workspace, int, error) {
	return s.get(s.db.Read.WithContext(ctx))
}

func (s *Service) get(q *gorm.DB) (Workspace, int, error) {
	w := row{Value: db.NewJSON(Defaults(s.currency))}
	err := q.Where("key = ?", key).Take(&w).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return Defaults(s.currency), 0, nil
	}
	if err != nil {
		return Workspace{}, 0, fmt.Errorf("read settings: %w", err)
	}
	return w.Value.V, w.Version, nil
}

// Update changes settings on behalf of a user (nil: the product). version, when given, must be the current one.
// Faults: Invalid, Stale.
func (s *Service) Update(ctx context.Context, by *string, version *int, c Change) (Workspace, int, error) {
	if err := c.check(); err != nil {
		return Workspace{}, 0, err
	}
	var out Workspace
	var now int
	err := s.db.Tx(ctx, func(tx *gorm.DB) error {
		have, v, err := s.get(tx)
		if err != nil {
			return err
		}
		if version != nil && *version != v {
			return stale()
		}
		fields := c.apply(&have)
		if out, now = have, v; len(fields) == 0 {
			return nil
		}
		now++
		if err := s.put(tx, by, have, v); err != nil {
			return err
		}
		return s.events.Append(tx, event.Event{Type: EventChanged, SubjectKind: "settings", SubjectID: key, Data: map[string]any{"fields": fields}})
	})
	if err != nil {
		return Workspace{}, 0, err
	}
	return out, now, nil
}

func (s *Service) put(tx *gorm.DB, by *string, w Workspace, was int) error {
	r := row{Key: key, Value: db.NewJSON(w), UpdatedBy: by, UpdatedAt: s.clock.Now(), Version: was + 1}
	if was == 0 {
		err := tx.Create(&r).Error
		if db.IsUnique(err) {
			return stale()
		}
		return err
	}
	res := tx.Model(&row{}).Where("key = ? AND version = ?", key, was).
		Select("value", "updated_by", "updated_at", "version").Updates(&r)
	if res.Error != nil {
		return fmt.Errorf("write settings: %w", res.Error)
	}
	if res.RowsAffected == 0 {
		return stale()
	}
	return nil
}

func stale() error {
	return fault.New(fault.Stale, "settings_stale", "Somebody changed the settings since you read them. Reload them and make your change again.")
}

func (c Change) apply(w *Workspace) (fields []string) {
	set := func(name string, differs bool, do func()) {
		if differs {
			do()
			fields = append(fields, name)
		}
	}
	set("name", c.Name != nil && strings.TrimSpace(*c.Name) != w.Name, func() { w.Name = strings.TrimSpace(*c.Name) })
	set("currency", c.Currency != nil && *c.Currency != w.Currency, func() { w.Currency = *c.Currency })
	set("timezone", c.Timezone != nil && *c.Timezone != w.Timezone, func() { w.Timezone = *c.Timezone })
	set("analyzer", c.Analyzer != nil && *c.Analyzer != w.Analyzer, func() { w.Analyzer = *c.Analyzer })
	set("draft", c.Draft != nil && *c.Draft != w.Draft, func() { w.Draft = *c.Draft })
	set("auto_analyze", c.AutoAnalyze != nil && *c.AutoAnalyze != w.AutoAnalyze, func() { w.AutoAnalyze = *c.AutoAnalyze })
	set("ai_allowed", c.AIAllowed != nil && *c.AIAllowed == w.AIOff, func() { w.AIOff = !*c.AIAllowed })
	return fields
}

func (c Change) check() error {
	var bad []fault.Field
	wrong := func(name, msg string) { bad = append(bad, fault.Field{Name: name, Code: "value_wrong", Message: msg}) }
	if c.Name != nil && (strings.TrimSpace(*c.Name) == "" || utf8.RuneCountInString(*c.Name) > 100 || !utf8.ValidString(*c.Name) || strings.ContainsAny(*c.Name, "\x00\n\r")) {
		wrong("name", "The workspace needs a name of at most 100 characters on one line.")
	}
	if c.Currency != nil && !isCurrency(*c.Currency) {
		wrong("currency", "Use a currency code of three capital letters, such as EUR or USD.")
	}
	if c.Timezone != nil && !isZone(*c.Timezone) {
		wrong("timezone", "Use a time zone name such as Europe/Berlin or UTC.")
	}
	if c.Analyzer != nil && *c.Analyzer != "rules" && *c.Analyzer != "llm" {
		wrong("analyzer", "Use rules or llm.")
	}
	if len(bad) > 0 {
		return fault.InvalidFields("settings_invalid", "Some settings are not right; nothing was changed.", bad...)
	}
	return nil
}

func isCurrency(s string) bool {
	return len(s) == 3 && strings.Trim(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == ""
}

func isZone(s string) bool {
	if s == "" || s == "Local" {
		return false
	}
	_, err := time.LoadLocation(s)
	return err == nil
}
