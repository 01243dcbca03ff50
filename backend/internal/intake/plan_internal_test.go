package intake

import (
	"testing"

	"winnow/backend/internal/platform/db"
	"winnow/backend/internal/testkit"
)

// After a large import PostgreSQL plans for the table as it is; after a small one it is left to notice by itself.
func TestALargeImportIsToldToThePlanner(t *testing.T) {
	t.Parallel()
	testkit.Databases(t, func(t *testing.T, d *db.DB) {
		s := &Service{db: d}
		counted := func(created int) bool {
			t.Helper()
			if err := s.tellPlanner(t.Context(), &Import{Created: created}); err != nil {
				t.Fatal(err)
			}
			if d.Dialect != db.Postgres {
				return created >= manyLeads // SQLite plans without counting
			}
			var known float64 // -1: never counted
			if err := d.Read.Raw("SELECT reltuples FROM pg_class WHERE oid = 'leads'::regclass").Scan(&known).Error; err != nil {
				t.Fatal(err)
			}
			return known >= 0
		}
		if counted(manyLeads - 1) {
			t.Error("a small import was counted")
		}
		if !counted(manyLeads) {
			t.Error("a large import was not counted")
		}
	})
}
