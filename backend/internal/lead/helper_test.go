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

func system(tb testing.TB) context.Context {
	tb.Helper()
	return account.With(tb.Context(), account.System())
}

func as(tb testing.TB, user string, role account.Role) context.Context {
	tb.Helper()
	return account.With(tb.Context(), account.Viewer{UserID: user, Role: role, Kind: account.KindSession})
}

func store(d *db.DB) *lead.Store { return lead.NewStore(d, testkit.Clock()) }

// user puts a user into the database and returns the id.
func user(tb testing.TB, d *db.DB) string {
	tb.Helper()
	u := id.New()
	exec(tb, d, `INSERT INTO users (id, email, email_key, role, created_at, updated_at) VALUES (?, ?, ?, 'user', ?, ?)`,
		u, u+"@winnow.test", u+"@winnow.test", testkit.Clock().Now(), testkit.Clock().Now())
	return u
}

func exec(tb testing.TB, d *db.DB, sql string, args ...any) {
	tb.Helper()
	if err := d.Write.WithContext(tb.Context()).Exec(sql, args...).Error; err != nil {
		tb.Fatal(err)
	}
}

// put stores a lead as it is, filling only what the table demands.
func put(tb testing.TB, d *db.DB, l lead.Lead) lead.Lead {
	tb.Helper()
	ls := []lead.Lead{l}
	putAll(tb, d, ls)
	return ls[0]
}

func putAll(tb testing.TB, d *db.DB, ls []lead.Lead) {
	tb.Helper()
	now := testkit.Clock().Now()
	for i := range ls {
		complete(&ls[i], now)
	}
	err := d.Tx(tb.Context(), func(tx *gorm.DB) error { return tx.CreateInBatches(ls, 500).Error })
	if err != nil {
		tb.Fatal(err)
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
