package account

import (
	"strings"
	"testing"
	"time"

	"gorm.io/gorm"

	"winnow/backend/internal/clock"
	"winnow/backend/internal/event"
	"winnow/backend/internal/fault"
	"winnow/backend/internal/platform/db"
)

// The other defences against a second use (the peek before, the password's hash that must be the one that was checked)
// hide whether the link itself is used up; so this looks at the link alone.
func TestA24_ALinkIsUsedUpByItself(t *testing.T) {
	t.Parallel()
	d, err := db.Open(t.Context(), db.Options{DataDir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Close() })
	if err := d.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	c := clock.NewVirtual(time.Date(2026, 11, 25, 9, 0, 0, 0, time.UTC))
	s, err := New(d, c, event.New(d, c, nil), Options{SecretKey: []byte(strings.Repeat("k", minSecret)), BaseURL: "http://localhost:8080", BcryptCost: 4})
	if err != nil {
		t.Fatal(err)
	}
	ctx := With(t.Context(), System())
	_, link, err := s.Invite(ctx, "bob@example.com", RoleUser)
	if err != nil {
		t.Fatal(err)
	}
	_, token, _ := strings.Cut(link, "token=")
	for i, want := range []fault.Kind{"", fault.Invalid} {
		err := d.Tx(ctx, func(tx *gorm.DB) error {
			_, err := s.useLink(tx, linkInvite, token)
			return err
		})
		if fault.KindOf(err) != want {
			t.Errorf("use %d: %v", i+1, err)
		}
	}
}
