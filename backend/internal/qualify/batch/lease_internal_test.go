package batch

import (
	"context"
	"testing"
	"time"

	"winnow/backend/internal/id"
	"winnow/backend/internal/platform/db"
	"winnow/backend/internal/testkit"
)

// Leases are kept alive without waiting for items that are being stored: who waits while holding others can stand in a
// ring with the one who stores, and then the batch stops.
func TestKeepingLeasesAliveWaitsForNobody(t *testing.T) {
	t.Parallel()
	testkit.Databases(t, func(t *testing.T, d *db.DB) {
		if d.Dialect != db.Postgres {
			return // one writer: there is nothing to wait for
		}
		s := store{d, testkit.Clock()}
		now := s.clock.Now()
		exec := func(sql string, args ...any) {
			t.Helper()
			if err := d.Write.Exec(sql, args...).Error; err != nil {
				t.Fatal(err)
			}
		}
		batchID, busy, idle := id.New(), id.New(), id.New()
		exec(`INSERT INTO batches (id, name, analyzer, status, profile_name, profile_version, total, grades, options, created_at) VALUES (?, 'b', 'rules', 'running', 'default', 1, 2, '{}', '{}', ?)`, batchID, now)
		for i, l := range []string{busy, idle} {
			exec(`INSERT INTO leads (id, tags, custom, last_activity_at, created_at, updated_at) VALUES (?, '[]', '{}', ?, ?, ?)`, l, now, now, now)
			exec(`INSERT INTO batch_items (batch_id, lead_id, pos, state, lease_by, lease_until) VALUES (?, ?, ?, ?, 'me', ?)`, batchID, l, i+1, Leased, now)
		}
		storing := d.Write.Begin()
		defer storing.Rollback()
		if _, err := s.held(storing, batchID, "me", []string{busy}); err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
		defer cancel()
		later := now.Add(time.Minute)
		if err := s.extend(d.Write.WithContext(ctx), batchID, "me", later); err != nil {
			t.Fatalf("it waited for the one who stores: %v", err)
		}
		var kept []string
		if err := d.Read.Model(&Item{}).Where("batch_id = ? AND lease_until = ?", batchID, later).Pluck("lead_id", &kept).Error; err != nil || len(kept) != 1 || kept[0] != idle {
			t.Errorf("kept %v, want the idle one %s (%v)", kept, idle, err)
		}
	})
}
