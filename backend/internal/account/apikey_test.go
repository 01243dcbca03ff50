package account_test

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"winnow/backend/internal/account"
	"winnow/backend/internal/fault"
	"winnow/backend/internal/platform/db"
	"winnow/backend/internal/testkit"
)

func TestA28_AKeyIsShownOnceStoredHashedAndEndsByTimeOrWill(t *testing.T) {
	t.Parallel()
	testkit.Databases(t, func(t *testing.T, d *db.DB) {
		t.Helper()
		h := newHouse(t, d)
		ctx := h.ctxOf(h.login("ann@example.com"))
		end := h.clock.Now().Add(time.Hour)
		key, row, err := h.CreateKey(ctx, account.NewKey{Name: "  Form ", Scopes: []string{"leads:write", "leads:read", "leads:read"}, ExpiresAt: &end})
		if err != nil {
			t.Fatal(err)
		}
		if !strings.HasPrefix(key, "wnw_") || len(key) < 4+43 || !strings.HasPrefix(key, row.Prefix) || row.Name != "Form" {
			t.Errorf("key %d characters, row %+v", len(key), row)
		}
		v, err := h.APIKey(t.Context(), key)
		if err != nil || v.UserID != h.admin.ID || !slices.Equal(v.Scopes, []string{"leads:read", "leads:write"}) || v.Kind != account.KindAPIKey {
			t.Errorf("%+v, %v", v, err)
		}
		list, err := h.Keys(ctx)
		if err != nil || len(list) != 1 || list[0].LastUsedAt == nil || strings.Contains(list[0].KeyHash, key) {
			t.Errorf("%+v, %v", list, err)
		}
		h.clock.Advance(time.Hour)
		_, err = h.APIKey(t.Context(), key)
		wantKind(t, err, fault.Unauthenticated)

		key, row, err = h.CreateKey(ctx, account.NewKey{Name: "Two", Scopes: []string{"leads:read"}})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := h.APIKey(t.Context(), key); err != nil {
			t.Fatal(err)
		}
		bob := h.add("bob@example.com", account.RoleUser)
		foreign := account.With(t.Context(), account.Viewer{UserID: bob.ID, Role: account.RoleUser, Kind: account.KindSession})
		wantKind(t, h.RevokeKey(foreign, row.ID), fault.NotFound)
		if err := h.RevokeKey(ctx, row.ID); err != nil {
			t.Fatal(err)
		}
		_, err = h.APIKey(t.Context(), key)
		wantKind(t, err, fault.Unauthenticated)
	})
}

func TestA28_AKeyCannotWidenItself(t *testing.T) {
	t.Parallel()
	h := newHouse(t, testkit.SQLite(t))
	bob := h.add("bob@example.com", account.RoleUser)
	asUser := account.With(t.Context(), account.Viewer{UserID: bob.ID, Role: account.RoleUser, Kind: account.KindSession})
	_, _, err := h.CreateKey(asUser, account.NewKey{Name: "x", Scopes: []string{"admin"}})
	wantKind(t, err, fault.Forbidden)
	byKey := account.With(t.Context(), account.Viewer{UserID: h.admin.ID, Role: account.RoleAdmin, Kind: account.KindAPIKey, Scopes: []string{"admin"}})
	_, _, err = h.CreateKey(byKey, account.NewKey{Name: "x", Scopes: []string{"leads:read"}})
	wantKind(t, err, fault.Forbidden)
	past := h.clock.Now()
	_, _, err = h.CreateKey(h.asAdmin(), account.NewKey{Name: "", Scopes: []string{"leads:read", "all"}, ExpiresAt: &past})
	f, _ := errors.AsType[*fault.Error](err)
	if f == nil || len(f.Fields) != 3 {
		t.Errorf("bad input: %v", err)
	}
}

// A39: nothing that opens a door stands in the database in a form that opens it.
func TestA39_TheDatabaseHoldsNoSecretInPlainText(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	d, err := db.Open(t.Context(), db.Options{DataDir: dir})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Close() })
	if err := d.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	h := newHouse(t, d)
	in := h.login("ann@example.com")
	renewed, err := h.Refresh(t.Context(), in.Refresh, browser())
	if err != nil {
		t.Fatal(err)
	}
	key, _, err := h.CreateKey(h.ctxOf(renewed), account.NewKey{Name: "k", Scopes: []string{"leads:read"}})
	if err != nil {
		t.Fatal(err)
	}
	_, link, err := h.Invite(h.asAdmin(), "bob@example.com", account.RoleUser)
	if err != nil {
		t.Fatal(err)
	}
	_, tail, _ := strings.Cut(tokenOf(t, link), ".") // before the dot stands the row's id
	canaries := map[string]string{
		"password": good, "refresh": in.Refresh, "renewed refresh": renewed.Refresh, "access": in.Access, "API key": key, "link": tail, "root key": secret,
	}
	files, err := filepath.Glob(filepath.Join(dir, "*"))
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	seen := false
	for _, f := range files {
		b, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		seen = seen || strings.Contains(string(b), "bob@example.com")
		for name, c := range canaries {
			if strings.Contains(string(b), c) {
				t.Errorf("%s holds the %s in plain text", filepath.Base(f), name)
			}
		}
	}
	if !seen {
		t.Error("the address is not there either: the test looks at nothing")
	}
}
