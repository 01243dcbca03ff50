package testkit_test

import (
	"testing"

	"gorm.io/gorm"

	"winnow/backend/internal/platform/db"
	"winnow/backend/internal/testkit"
)

func TestEachTestHasAMigratedDatabaseOfItsOwn(t *testing.T) {
	t.Parallel()
	testkit.Databases(t, func(t *testing.T, d *db.DB) {
		steps, err := d.Status(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range steps {
			if !s.Applied {
				t.Errorf("%s is not applied", s.ID)
			}
		}
		other := testkit.SQLite
		if d.Dialect == db.Postgres {
			other = testkit.Postgres
		}
		e := other(t)
		err = d.Tx(t.Context(), func(tx *gorm.DB) error {
			return tx.Exec("INSERT INTO login_attempts (key, failures, last_at) VALUES (?, 1, ?)", "k", testkit.Clock().Now()).Error
		})
		if err != nil {
			t.Fatal(err)
		}
		for name, want := range map[*db.DB]int64{d: 1, e: 0} {
			var n int64
			if err := name.Read.WithContext(t.Context()).Table("login_attempts").Count(&n).Error; err != nil {
				t.Fatal(err)
			}
			if n != want {
				t.Errorf("found %d rows, want %d", n, want)
			}
		}
	})
}
