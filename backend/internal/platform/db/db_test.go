package db_test

import (
	"context"
	"net/url"
	"os"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"winnow/backend/internal/id"
	"winnow/backend/internal/platform/db"
)

func TestMigrateUpDownUp(t *testing.T) {
	t.Parallel()
	t.Run("sqlite", func(t *testing.T) { t.Parallel(); upDownUp(t, db.Options{DataDir: t.TempDir()}) })
	t.Run("postgres", func(t *testing.T) { t.Parallel(); upDownUp(t, db.Options{URL: emptyPostgres(t)}) })
}

// emptyPostgres makes a database of its own, dropped at the end, on the server that the test services started.
func emptyPostgres(t *testing.T) string {
	t.Helper()
	base := os.Getenv("WINNOW_TEST_POSTGRES_URL")
	if base == "" {
		if os.Getenv("CI_REQUIRE_SERVICES") != "" {
			t.Fatal("WINNOW_TEST_POSTGRES_URL is not set: run through scripts/services.sh")
		}
		t.Skip("WINNOW_TEST_POSTGRES_URL is not set: run through scripts/services.sh")
	}
	ctx := t.Context()
	c, err := pgx.Connect(ctx, base)
	if err != nil {
		t.Fatal(err)
	}
	name := "m_" + strings.ReplaceAll(id.New(), "-", "")
	if _, err := c.Exec(ctx, "CREATE DATABASE "+name); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_, _ = c.Exec(context.WithoutCancel(ctx), "DROP DATABASE IF EXISTS "+name+" WITH (FORCE)")
		_ = c.Close(context.WithoutCancel(ctx))
	})
	u, err := url.Parse(base)
	if err != nil {
		t.Fatal(err)
	}
	u.Path = "/" + name
	return u.String()
}

func upDownUp(t *testing.T, o db.Options) {
	t.Helper()
	d, err := db.Open(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Close() })
	for range 2 {
		if err := d.Migrate(t.Context()); err != nil {
			t.Fatal(err)
		}
		steps, err := d.Status(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range steps {
			if !s.Applied {
				t.Errorf("%s not applied", s.ID)
			}
		}
		for range steps {
			if err := d.Down(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		if d.Write.Migrator().HasTable("leads") {
			t.Error("leads is still there after all the way down")
		}
	}
}
