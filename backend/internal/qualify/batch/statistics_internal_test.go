package batch

import (
	"testing"

	"gorm.io/gorm"

	"winnow/backend/internal/id"
	"winnow/backend/internal/platform/db"
	"winnow/backend/internal/testkit"
)

// PostgreSQL is told of a large batch's items at once: planning for the empty table that it remembers, it would read all
// of them for every group.
func TestALargeBatchIsKnownToThePlannerFromItsStart(t *testing.T) {
	t.Parallel()
	testkit.Databases(t, func(t *testing.T, d *db.DB) {
		if d.Dialect != db.Postgres {
			return
		}
		s := store{d, testkit.Clock()}
		now := s.clock.Now()
		leads := make([]string, manyItems)
		err := d.Tx(t.Context(), func(tx *gorm.DB) error {
			for i := range leads {
				leads[i] = id.New()
				err := tx.Exec(`INSERT INTO leads (id, tags, custom, last_activity_at, created_at, updated_at) VALUES (?, '[]', '{}', ?, ?, ?)`, leads[i], now, now, now).Error
				if err != nil {
					return err
				}
			}
			b := Batch{
				ID: id.New(), Name: "b", Analyzer: "rules", Status: Queued, ProfileName: "default", ProfileVersion: 1, Total: len(leads),
				Grades: db.NewJSON(map[string]int{}), Options: db.NewJSON(map[string]any{}), CreatedAt: now, Version: 1,
			}
			return s.insert(tx, &b, leads)
		})
		if err != nil {
			t.Fatal(err)
		}
		var known float64
		if err := d.Read.Raw("SELECT reltuples FROM pg_class WHERE oid = 'batch_items'::regclass").Scan(&known).Error; err != nil || known < manyItems {
			t.Errorf("the planner knows of %.0f items, want %d (%v)", known, manyItems, err)
		}
	})
}
