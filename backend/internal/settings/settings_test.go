package settings_test

import (
	"testing"

	"winnow/backend/internal/event"
	"winnow/backend/internal/fault"
	"winnow/backend/internal/platform/db"
	"winnow/backend/internal/settings"
	"winnow/backend/internal/testkit"
)

func TestSettingsAreChangedOneVersionAtATime(t *testing.T) {
	t.Parallel()
	testkit.Databases(t, func(t *testing.T, d *db.DB) {
		log := event.New(d, testkit.Clock(), nil)
		s := settings.New(d, testkit.Clock(), log, "EUR")
		w, v, err := s.Get(t.Context())
		if err != nil || v != 0 || w != settings.Defaults("EUR") {
			t.Fatalf("%+v %d %v", w, v, err)
		}
		for i, c := range []struct {
			version *int
			change  settings.Change
			want    int
			fault   fault.Kind
		}{
			{new(0), settings.Change{Name: new(" Acme ")}, 1, ""},
			{new(0), settings.Change{Name: new("Late")}, 0, fault.Stale},
			{new(1), settings.Change{Timezone: new("Europe/Berlin"), Draft: new(false)}, 2, ""},
			{nil, settings.Change{Draft: new(false)}, 2, ""},
			{nil, settings.Change{Timezone: new("../../etc/passwd")}, 0, fault.Invalid},
			{nil, settings.Change{Timezone: new("UTC'; DROP TABLE leads;--")}, 0, fault.Invalid},
			{nil, settings.Change{Currency: new("euro")}, 0, fault.Invalid},
			{nil, settings.Change{Analyzer: new("magic")}, 0, fault.Invalid},
			{nil, settings.Change{Name: new("  ")}, 0, fault.Invalid},
		} {
			_, v, err := s.Update(t.Context(), nil, c.version, c.change)
			if fault.KindOf(err) != c.fault || v != c.want {
				t.Errorf("%d: version %d, %v", i, v, err)
			}
		}
		w, _, err = s.Get(t.Context())
		if err != nil || w.Name != "Acme" || w.Timezone != "Europe/Berlin" || w.Draft || w.Currency != "EUR" {
			t.Errorf("%+v %v", w, err)
		}
		evs, err := log.ForSubjects(t.Context(), "settings", []string{"workspace"}, 10)
		if err != nil || len(evs) != 2 {
			t.Errorf("%v %v", evs, err)
		}
	})
}
