package lead_test

import (
	"context"
	"testing"
	"time"

	"gorm.io/gorm"

	"winnow/backend/internal/account"
	"winnow/backend/internal/id"
	"winnow/backend/internal/lead"
	"winnow/backend/internal/platform/db"
	"winnow/backend/internal/testkit"
)

func system(t testing.TB) context.Context {
	t.Helper()
	return account.With(t.Context(), account.System())
}

func as(t testing.TB, user string, role account.Role) context.Context {
	t.Helper()
	return account.With(t.Context(), account.Viewer{UserID: user, Role: role, Kind: account.KindSession})
}

func store(d *db.DB) *lead.Store { return lead.NewStore(d, testkit.Clock()) }

// user puts a user into the database and returns the id.
func user(t testing.TB, d *db.DB) string {
	t.Helper()
	u := id.New()
	exec(t, d, `INSERT INTO users (id, email, email_key, role, created_at, updated_at) VALUES (?, ?, ?, 'user', ?, ?)`,
		u, u+"@winnow.test", u+"@winnow.test", testkit.Clock().Now(), testkit.Clock().Now())
	return u
}

func exec(t testing.TB, d *db.DB, sql string, args ...any) {
	t.Helper()
	if err := d.Write.WithContext(t.Context()).Exec(sql, args...).Error; err != nil {
		t.Fatal(err)
	}
}

// put stores a lead as it is, filling only what the table demands.
func put(t testing.TB, d *db.DB, l lead.Lead) lead.Lead {
	t.Helper()
	ls := []lead.Lead{l}
	putAll(t, d, ls)
	return ls[0]
}

func putAll(t testing.TB, d *db.DB, ls []lead.Lead) {
	t.Helper()
	now := testkit.Clock().Now()
	for i := range ls {
		complete(&ls[i], now)
	}
	err := d.Tx(t.Context(), func(tx *gorm.DB) error { return tx.CreateInBatches(ls, 500).Error })
	if err != nil {
		t.Fatal(err)
	}
}

func complete(l *lead.Lead, now time.Time) {
	if l.ID == "" {
		l.ID = id.New()
	}
	if l.Status == "" {
		l.Status = lead.StatusNew
	}
	if l.Grade == "" && l.Score == 0 {
		l.Score = lead.NoScore
	}
	if l.CreatedAt.IsZero() {
		l.CreatedAt = now
	}
	if l.Tags.V == nil {
		l.Tags.V = []string{}
	}
	if l.Custom.V == nil {
		l.Custom.V = map[string]string{}
	}
	l.UpdatedAt, l.LastActivityAt, l.Version = l.CreatedAt, l.CreatedAt, 1
}
