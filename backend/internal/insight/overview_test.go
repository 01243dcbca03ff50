package insight_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/logger"

	"winnow/backend/internal/account"
	"winnow/backend/internal/event"
	"winnow/backend/internal/id"
	"winnow/backend/internal/insight"
	"winnow/backend/internal/lead"
	"winnow/backend/internal/platform/db"
	"winnow/backend/internal/testkit"
)

// counter counts statements.
type counter struct {
	logger.Interface
	n *int
}

func (c counter) Trace(context.Context, time.Time, func() (string, int64), error) { *c.n++ }

func (c counter) LogMode(logger.LogLevel) logger.Interface { return c }

func counted(d *db.DB, n *int) *db.DB {
	c := *d
	c.Read = d.Read.Session(&gorm.Session{Logger: counter{logger.Discard, n}})
	return &c
}

func put(t *testing.T, d *db.DB, ls ...lead.Lead) {
	t.Helper()
	for i := range ls {
		l := &ls[i]
		l.ID, l.LastActivityAt, l.UpdatedAt, l.Version = id.New(), l.CreatedAt, l.CreatedAt, 1
		l.Tags, l.Custom = db.NewJSON([]string{}), db.NewJSON(map[string]string{})
	}
	if err := d.Write.WithContext(t.Context()).Create(&ls).Error; err != nil {
		t.Fatal(err)
	}
}

func TestOverviewCountsWhatTheViewerSees(t *testing.T) {
	t.Parallel()
	testkit.Databases(t, func(t *testing.T, d *db.DB) {
		now := testkit.Clock().Now()
		me, other := id.New(), id.New()
		for _, u := range []string{me, other} {
			if err := d.Write.Exec("INSERT INTO users (id, email, email_key, role, created_at, updated_at) VALUES (?, ?, ?, 'user', ?, ?)", u, u, u, now, now).Error; err != nil {
				t.Fatal(err)
			}
		}
		yesterday := now.Add(-24 * time.Hour)
		put(t, d,
			lead.Lead{Source: "reddit", Status: lead.StatusQualified, Grade: "A+", Score: 90, AnalyzedAt: &now, CreatedAt: yesterday},
			lead.Lead{Source: "reddit", Status: lead.StatusDisqualified, Grade: "D", Score: 2, AnalyzedAt: &now, CreatedAt: now, OwnerID: &me},
			lead.Lead{Source: "file", Status: lead.StatusWon, Grade: "B", Score: 60, AnalyzedAt: &yesterday, CreatedAt: now.AddDate(0, 0, -8)},
			lead.Lead{Source: "file", Status: lead.StatusNew, Score: lead.NoScore, CreatedAt: now.AddDate(0, -3, 0)},
			lead.Lead{Source: "canary", Status: lead.StatusQualified, Grade: "A", Score: 80, AnalyzedAt: &now, CreatedAt: now, OwnerID: &other},
		)
		log := event.New(d, testkit.Clock(), nil)
		if err := d.Tx(t.Context(), func(tx *gorm.DB) error {
			return log.Append(tx, event.Event{Type: "lead.found", SubjectKind: "lead", SubjectID: "x"}, event.Event{Type: "batch.progressed", SubjectKind: "batch", SubjectID: "x"},
				event.Event{Type: "lead.found", SubjectKind: "lead", SubjectID: "canary", OwnerID: &other})
		}); err != nil {
			t.Fatal(err)
		}
		n := 0
		s := insight.New(counted(d, &n), testkit.Clock(), log)
		o, err := s.Overview(account.With(t.Context(), account.Viewer{UserID: me, Role: account.RoleUser}))
		if err != nil {
			t.Fatal(err)
		}
		got := fmt.Sprint(o.Leads, o.New7d, o.Analyzed, o.Qualified, o.Rate(), o.Grades, o.Sources, len(o.Recent))
		if want := "4 2 3 2 {2 3} map[A:0 A+:1 B:1 C:0 D:1] [{file 2 1} {reddit 2 1}] 1"; got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
		last := o.Trend[len(o.Trend)-2:]
		if fmt.Sprint(last, len(o.Trend)) != "[{2026-03-01 1 1} {2026-03-02 1 1}] 30" {
			t.Errorf("trend: %v", last)
		}
		if n != 4 {
			t.Errorf("%d queries on leads, want 4 whatever the number of leads", n)
		}
		all, err := s.Overview(account.With(t.Context(), account.System()))
		if err != nil || all.Leads != 5 || len(all.Recent) != 2 {
			t.Errorf("an administrator sees %d leads, %d events, %v", all.Leads, len(all.Recent), err)
		}
		if none, err := s.Overview(t.Context()); err != nil || none.Leads != 0 {
			t.Errorf("nobody sees %d leads, %v", none.Leads, err)
		}
	})
}
