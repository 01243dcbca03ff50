package db_test

import (
	"testing"

	"winnow/backend/internal/platform/db"
)

func TestMigrateUpDownUp(t *testing.T) {
	t.Parallel()
	d, err := db.Open(t.Context(), db.Options{DataDir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Close() })
	for range 2 {
		if err := d.Migrate(t.Context()); err != nil {
			t.Fatal(err)
		}
		steps, err := d.Status(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range steps {
			if !s.Applied {
				t.Errorf("%s not applied", s.ID)
			}
		}
		for range steps {
			if err := d.Down(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		if d.Write.Migrator().HasTable("leads") {
			t.Error("leads is still there after all the way down")
		}
	}
}
