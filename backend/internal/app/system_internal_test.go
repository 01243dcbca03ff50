package app

import (
	"testing"

	"gorm.io/gorm"

	"winnow/backend/internal/event"
	"winnow/backend/internal/httpapi"
	"winnow/backend/internal/lead"
	"winnow/backend/internal/platform/db"
	"winnow/backend/internal/qualify/batch"
	"winnow/backend/internal/testkit"
)

const (
	ann, bob = "01900000-0000-7000-8000-00000000000a", "01900000-0000-7000-8000-00000000000b"
	one, two = "01900000-0000-7000-8000-000000000001", "01900000-0000-7000-8000-000000000002"
	file     = "01900000-0000-7000-8000-00000000000f"
)

// TestWhatTheWorkspaceAsksOfBothDatabases runs the statements of this room, and of those that it ties together.
func TestWhatTheWorkspaceAsksOfBothDatabases(t *testing.T) {
	t.Parallel()
	testkit.Databases(t, func(t *testing.T, d *db.DB) {
		t.Helper()
		now := testkit.Clock().Now()
		exec := func(sql string, args ...any) {
			t.Helper()
			if err := d.Write.Exec(sql, args...).Error; err != nil {
				t.Fatal(err)
			}
		}
		for _, u := range []string{ann, bob} {
			exec("INSERT INTO users (id, email, email_key, role, created_at, updated_at) VALUES (?, ?, ?, 'user', ?, ?)", u, u, u, now, now)
		}
		for _, l := range []string{one, two} {
			exec(`INSERT INTO leads (id, name, owner_id, tags, custom, last_activity_at, created_at, updated_at) VALUES (?, 'x', ?, '[]', '{}', ?, ?, ?)`, l, ann, now, now, now)
		}
		exec(`INSERT INTO imports (id, filename, format, status, mapping, options, warnings, created_at) VALUES (?, 'f', 'csv', 'finished', '{}', '{}', '[]', ?)`, file, now)
		exec(`INSERT INTO import_rows (import_id, row_no, fate, lead_id) VALUES (?, 1, 'created', ?)`, file, one)

		a := &App{DB: d}
		got, err := a.inspectDatabase(t.Context())
		if err != nil || got.Version == "" || got.SizeBytes <= 0 {
			t.Errorf("%+v %v", got, err)
		}
		var sys httpapi.SystemResponse
		if err := a.count(t.Context(), &sys); err != nil || sys.Leads != 2 {
			t.Errorf("%+v %v", sys, err)
		}
		batches := batch.New(d, testkit.Clock(), nil, nil, nil, nil, nil)
		for importID, want := range map[string]string{file: one, "": two} {
			if ids, err := batches.Fresh(t.Context(), []string{one, two}, importID); err != nil || len(ids) != 1 || ids[0] != want {
				t.Errorf("fresh of %q: %v %v", importID, ids, err)
			}
		}
		exec("UPDATE leads SET deleted_at = ? WHERE id = ?", now, two)
		leads := lead.NewService(lead.NewStore(d, testkit.Clock()), event.New(d, testkit.Clock(), nil), nil)
		err = d.Tx(t.Context(), func(tx *gorm.DB) error {
			if n, err := leads.CountOwned(tx, ann); err != nil || n != 1 {
				t.Errorf("%d live leads: %v", n, err)
			}
			to := bob
			return leads.Handover(tx, ann, &to)
		})
		if err != nil {
			t.Fatal(err)
		}
		var owned, told int64
		d.Read.Raw("SELECT COUNT(*) FROM leads WHERE owner_id = ? AND version = 2", bob).Scan(&owned)
		d.Read.Raw("SELECT COUNT(*) FROM events WHERE type = 'lead.updated'").Scan(&told)
		if owned != 2 || told != 1 {
			t.Errorf("%d leads went on, %d timelines say so", owned, told)
		}
	})
}
