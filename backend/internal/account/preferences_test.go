package account_test

import (
	"testing"

	"gorm.io/gorm"

	"winnow/backend/internal/account"
	"winnow/backend/internal/fault"
	"winnow/backend/internal/platform/db"
	"winnow/backend/internal/testkit"
)

func TestPreferencesAreKept(t *testing.T) {
	t.Parallel()
	testkit.Databases(t, func(t *testing.T, d *db.DB) {
		t.Helper()
		h := newHouse(t, d)
		u, err := h.Me(h.asAdmin())
		if err != nil || u.Preferences.V.Seen() != (account.Preferences{Theme: "system", Density: "comfortable"}) {
			t.Fatalf("%+v %v", u.Preferences.V, err)
		}
		for _, c := range []account.PreferencesChange{{Theme: new("dark"), Timezone: new("Asia/Kolkata")}, {Locale: new("ar"), Theme: new("light")}, {Timezone: new("")}} {
			if _, err := h.SetPreferences(h.asAdmin(), c); err != nil {
				t.Fatal(err)
			}
		}
		after, err := h.Me(h.asAdmin())
		if err != nil || after.Preferences.V != (account.Preferences{Theme: "light", Locale: "ar"}) || after.Version != u.Version {
			t.Errorf("%+v version %d, was %d: %v", after.Preferences.V, after.Version, u.Version, err)
		}
		_, err = h.SetPreferences(h.asAdmin(), account.PreferencesChange{Theme: new("dark"), Timezone: new("Local")})
		wantKind(t, err, fault.Invalid)
		if after, _ := h.Me(h.asAdmin()); after.Preferences.V.Theme != "light" {
			t.Error("half a wrong change was stored")
		}
		_, err = h.SetPreferences(t.Context(), account.PreferencesChange{})
		wantKind(t, err, fault.Unauthenticated)
	})
}

// estate is what users own, in memory.
type estate struct {
	owned map[string]int64
	fails error
}

func (e *estate) CountOwned(_ *gorm.DB, userID string) (int64, error) { return e.owned[userID], nil }

func (e *estate) Handover(_ *gorm.DB, from string, to *string) error {
	if e.fails != nil {
		return e.fails
	}
	if to != nil {
		e.owned[*to] += e.owned[from]
	}
	delete(e.owned, from)
	return nil
}

func TestAUserGoesOnlyTogetherWithTheHandover(t *testing.T) {
	t.Parallel()
	testkit.Databases(t, func(t *testing.T, d *db.DB) {
		t.Helper()
		h := newHouse(t, d)
		bob, eve := h.add("bob@example.com", account.RoleUser), h.add("eve@example.com", account.RoleUser)
		e := &estate{owned: map[string]int64{bob.ID: 3}, fails: fault.New(fault.Unavailable, "down", "down")}
		h.Bind(e)
		wantKind(t, h.DeleteUser(h.asAdmin(), bob.ID, ""), fault.Conflict)
		wantKind(t, h.DeleteUser(h.asAdmin(), bob.ID, eve.ID), fault.Unavailable)
		if _, err := h.UserByID(h.asAdmin(), bob.ID); err != nil {
			t.Fatalf("the user went although the leads stayed: %v", err)
		}
		e.fails = nil
		if err := h.DeleteUser(h.asAdmin(), bob.ID, eve.ID); err != nil || e.owned[eve.ID] != 3 {
			t.Errorf("%v %v", err, e.owned)
		}
	})
}
