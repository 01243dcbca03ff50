package db_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"gorm.io/gorm"

	"winnow/backend/internal/platform/db"
)

var errKilled = errors.New("killed")

// TestF18_AMigrationStoppedAtAnyStatementGoesOn stops the way up, and the way down, once before each statement, and once
// between each step and the note that it ran. The next try goes on, and ends at the same schema.
func TestF18_AMigrationStoppedAtAnyStatementGoesOn(t *testing.T) {
	t.Parallel()
	t.Run("sqlite", func(t *testing.T) {
		t.Parallel()
		stopEverywhere(t, db.Options{DataDir: t.TempDir()}, db.Options{DataDir: t.TempDir()})
	})
	t.Run("postgres", func(t *testing.T) {
		t.Parallel()
		stopEverywhere(t, db.Options{URL: emptyPostgres(t)}, db.Options{URL: emptyPostgres(t)})
	})
}

func open(t *testing.T, o db.Options) *db.DB {
	t.Helper()
	d, err := db.Open(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Close() })
	return d
}

func stopEverywhere(t *testing.T, whole, stopped db.Options) {
	t.Helper()
	clean := open(t, whole)
	if err := clean.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	d := open(t, stopped)
	seen := map[string]bool{}
	on := true
	stop := func(g *gorm.DB, at string) {
		if on && !seen[at] {
			seen[at] = true
			_ = g.AddError(errKilled)
		}
	}
	c := d.Write.Callback()
	err := errors.Join(
		c.Raw().Before("gorm:raw").Register("stop", func(g *gorm.DB) { stop(g, g.Statement.SQL.String()+strings.Join(texts(g.Statement.Vars), ",")) }),
		c.Create().Before("gorm:create").Register("stop", func(g *gorm.DB) {
			if g.Statement.Table == "migrations" {
				stop(g, "note "+strings.Join(texts([]any{g.Statement.ReflectValue.Field(0).String()}), ""))
			}
		}),
	)
	if err != nil {
		t.Fatal(err)
	}
	until(t, d.Migrate)
	if n := len(seen); n < 60 {
		t.Errorf("stopped at %d places only", n)
	}
	on = false
	if got, want := schema(t, d), schema(t, clean); !slices.Equal(got, want) {
		t.Errorf("after being stopped %d times the schema is another:\n%s\nwant\n%s", len(seen), strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	steps, err := d.Status(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	on = true
	for range steps {
		until(t, d.Down)
	}
	if d.Write.Migrator().HasTable("leads") {
		t.Error("leads is still there after all the way down")
	}
}

func texts(vars []any) (out []string) {
	for _, v := range vars {
		if s, ok := v.(string); ok {
			out = append(out, s)
		}
	}
	return out
}

// until tries until it is not stopped any more.
func until(t *testing.T, f func(context.Context) error) {
	t.Helper()
	for range 1000 {
		err := f(t.Context())
		if err == nil {
			return
		}
		if !errors.Is(err, errKilled) {
			t.Fatalf("the next try cannot go on: %v", err)
		}
	}
	t.Fatal("it never ends")
}

// schema is the tables' columns and the indexes of a database.
func schema(t *testing.T, d *db.DB) []string {
	t.Helper()
	sql := "SELECT type || ' ' || name || ' ' || COALESCE(sql, '') FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' ORDER BY 1"
	if d.Dialect == db.Postgres {
		sql = `SELECT table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable || ' ' || COALESCE(column_default, '') FROM information_schema.columns WHERE table_schema = 'public'
UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1`
	}
	var out []string
	if err := d.Write.Raw(sql).Scan(&out).Error; err != nil {
		t.Fatal(err)
	}
	return out
}
