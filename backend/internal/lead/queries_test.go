package lead_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/logger"

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

// counted is d with a count of what is read through it.
func counted(d *db.DB, n *int) *db.DB {
	c := *d
	c.Read = d.Read.Session(&gorm.Session{Logger: counter{logger.Discard, n}})
	return &c
}

func TestReadingTakesTheSameQueriesForManyLeadsAsForOne(t *testing.T) {
	t.Parallel()
	testkit.Databases(t, func(t *testing.T, d *db.DB) {
		n := 0
		s := store(counted(d, &n))
		ls := make([]lead.Lead, 120)
		for i := range ls {
			ls[i] = lead.Lead{Name: fmt.Sprint("Ann ", i), Custom: db.NewJSON(map[string]string{"k": "v"})}
		}
		putAll(t, d, ls)
		plan := 0
		if d.Dialect == db.SQLite {
			plan = 1 // looks at how common the words are
		}
		ids := make([]string, len(ls))
		for i, l := range ls {
			ids[i] = l.ID
		}
		for name, c := range map[string]struct {
			do   func() error
			want int
		}{
			"a page that is the whole list": {func() error { _, err := s.List(system(t), lead.Query{Limit: 200}); return err }, 1},
			"a page of several":             {func() error { _, err := s.List(system(t), lead.Query{Limit: 50}); return err }, 2},
			"a page of a search":            {func() error { _, err := s.List(system(t), lead.Query{Limit: 50, Search: "ann"}); return err }, 2 + plan},
			"leads by id":                   {func() error { _, err := s.ByIDs(system(t), ids); return err }, 1},
			"a selection":                   {func() error { _, err := s.SelectIDs(system(t), nil, "score empty", "", 1000); return err }, 1},
			"provenance":                    {func() error { _, err := s.Provenance(system(t), ids[0]); return err }, 2},
		} {
			n = 0
			if err := c.do(); err != nil || n != c.want {
				t.Errorf("%s: %d queries, want %d (%v)", name, n, c.want, err)
			}
		}
	})
}
