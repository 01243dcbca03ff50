package insight_test

import (
	"testing"
	"time"

	"winnow/backend/internal/account"
	"winnow/backend/internal/event"
	"winnow/backend/internal/id"
	"winnow/backend/internal/insight"
	"winnow/backend/internal/lead"
	"winnow/backend/internal/lead/maildomain"
	"winnow/backend/internal/platform/db"
	"winnow/backend/internal/testkit"
)

// Every count is the number of leads that its filter lists, of those the viewer sees, in all and by source.
func TestQualityCountsWhatItsFiltersList(t *testing.T) {
	t.Parallel()
	testkit.Databases(t, func(t *testing.T, d *db.DB) {
		t.Helper()
		now := testkit.Clock().Now()
		me, other := id.New(), id.New()
		for _, u := range []string{me, other} {
			if err := d.Write.Exec("INSERT INTO users (id, email, email_key, role, created_at, updated_at) VALUES (?, ?, ?, 'user', ?, ?)", u, u, u, now, now).Error; err != nil {
				t.Fatal(err)
			}
		}
		put(t, d,
			lead.Lead{Source: "file", Name: "A", Email: "a@x.example", Title: "CEO", Status: lead.StatusNew, Score: lead.NoScore, CreatedAt: now},
			lead.Lead{Source: "file", Company: "B", Phone: "+15125550100", Status: lead.StatusQualified, Grade: "A", Score: 80, CreatedAt: now.Add(-100 * 24 * time.Hour)},
			lead.Lead{Source: "reddit", Name: "C", Content: "text", Status: lead.StatusContacted, Score: lead.NoScore, OwnerID: &me, CreatedAt: now.Add(-400 * 24 * time.Hour)},
			lead.Lead{Source: "reddit", Status: lead.StatusArchived, Score: lead.NoScore, OwnerID: &other, CreatedAt: now.Add(-400 * 24 * time.Hour)},
		)
		if err := d.Write.Exec("INSERT INTO mail_domains (domain, state, due_at) VALUES ('x.example', 'none', ?)", now).Error; err != nil {
			t.Fatal(err)
		}
		s := insight.New(d, testkit.Clock(), event.New(d, testkit.Clock(), nil)).Relate(maildomain.Relation())
		list := lead.NewStore(d, testkit.Clock()).Relate(maildomain.Relation())
		for role, leads := range map[account.Role]int{account.RoleAdmin: 4, account.RoleUser: 3} {
			ctx := account.With(t.Context(), account.Viewer{UserID: me, Role: role})
			q, err := s.Quality(ctx)
			if err != nil {
				t.Fatal(err)
			}
			if q.Leads != leads || len(q.Sources) != 2 {
				t.Errorf("%s: %+v", role, q)
			}
			for i, c := range insight.QualityChecks() {
				p, err := list.List(ctx, lead.Query{Filter: c.Filter, Limit: 1})
				if err != nil {
					t.Fatalf("%s: %v", c.Key, err)
				}
				of := 0
				for _, src := range q.Sources {
					of += src.Counts[i]
				}
				if q.Counts[i] != p.Total || of != p.Total {
					t.Errorf("%s %s: counted %d, by source %d, its filter lists %d", role, c.Key, q.Counts[i], of, p.Total)
				}
				if role == account.RoleAdmin && p.Total == 0 {
					t.Errorf("no lead of the test lacks %s", c.Key)
				}
			}
		}
	})
}
