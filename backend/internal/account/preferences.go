package account

import (
	"context"
	"fmt"
	"time"
	_ "time/tzdata" // zone names work on machines without a zone database

	"golang.org/x/text/language"
	"gorm.io/gorm"

	"winnow/backend/internal/fault"
	"winnow/backend/internal/platform/db"
)

// Preferences are how somebody likes the app to look. They are their own alone and have no effect on data.
type Preferences struct {
	Theme    string `json:"theme,omitempty"`    // system | light | dark; "" = system
	Density  string `json:"density,omitempty"`  // comfortable | compact; "" = comfortable
	Locale   string `json:"locale,omitempty"`   // BCP 47; "" = the browser's
	Timezone string `json:"timezone,omitempty"` // IANA; "" = the browser's
}

// PreferencesChange is an edit; nil leaves a preference as it is, "" brings its default back.
type PreferencesChange struct {
	Theme, Density, Locale, Timezone *string
}

// Themes and densities there are; the first is the default.
const (
	ThemeSystem        = "system"
	DensityComfortable = "comfortable"
)

// maxTag bounds locale and time zone names.
const maxTag = 64

// Seen is p with defaults filled in.
func (p Preferences) Seen() Preferences {
	if p.Theme == "" {
		p.Theme = ThemeSystem
	}
	if p.Density == "" {
		p.Density = DensityComfortable
	}
	return p
}

// SetPreferences changes the preferences of the signed-in user. Faults: Unauthenticated, Invalid.
func (s *Service) SetPreferences(ctx context.Context, c PreferencesChange) (Preferences, error) {
	if err := c.check(); err != nil {
		return Preferences{}, err
	}
	v, _, err := s.me(ctx)
	if err != nil {
		return Preferences{}, err
	}
	var out Preferences
	err = s.db.Tx(ctx, func(tx *gorm.DB) error {
		u, err := s.userByID(tx, v.UserID)
		if err != nil {
			return err
		}
		out = c.over(u.Preferences.V)
		if out == u.Preferences.V {
			return nil
		}
		// the version stays: an admin who edits the user's role is not in anybody's way
		if err := tx.Model(&User{}).Where("id = ?", v.UserID).UpdateColumn("preferences", db.NewJSON(out)).Error; err != nil {
			return fmt.Errorf("store preferences: %w", err)
		}
		return nil
	})
	return out, err
}

func (c PreferencesChange) over(p Preferences) Preferences {
	for _, one := range []struct{ to, by *string }{{&p.Theme, c.Theme}, {&p.Density, c.Density}, {&p.Locale, c.Locale}, {&p.Timezone, c.Timezone}} {
		if one.by != nil {
			*one.to = *one.by
		}
	}
	return p
}

func (c PreferencesChange) check() error {
	var bad []fault.Field
	wrong := func(name string, value *string, ok func(string) bool, msg string) {
		if value != nil && *value != "" && !ok(*value) {
			bad = append(bad, fault.Field{Name: name, Code: "value_wrong", Message: msg})
		}
	}
	wrong("theme", c.Theme, func(s string) bool { return s == ThemeSystem || s == "light" || s == "dark" }, "Use system, light or dark.")
	wrong("density", c.Density, func(s string) bool { return s == DensityComfortable || s == "compact" }, "Use comfortable or compact.")
	wrong("locale", c.Locale, isLocale, "Use a language tag such as en or de-AT.")
	wrong("timezone", c.Timezone, isZone, "Use a time zone name such as Europe/Berlin or UTC.")
	if len(bad) > 0 {
		return fault.InvalidFields("preferences_invalid", "Some preferences are not right; nothing was changed.", bad...)
	}
	return nil
}

func isLocale(s string) bool {
	if len(s) > maxTag {
		return false
	}
	_, err := language.Parse(s)
	return err == nil
}

func isZone(s string) bool {
	if len(s) > maxTag || s == "Local" {
		return false
	}
	_, err := time.LoadLocation(s)
	return err == nil
}
