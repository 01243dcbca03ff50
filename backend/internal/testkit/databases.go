package testkit

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"winnow/backend/internal/platform/db"
)

// Databases runs f once per kind of database, as subtests "sqlite" and "postgres", each over a fresh, migrated, empty
// database of its own. Call t.Parallel in the test itself.
func Databases(t *testing.T, f func(t *testing.T, d *db.DB)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { f(t, SQLite(t)) })
	t.Run("postgres", func(t *testing.T) { f(t, Postgres(t)) })
}

// SQLite is a fresh, migrated SQLite database in a folder of the test's own.
func SQLite(tb testing.TB) *db.DB {
	tb.Helper()
	return openSQLite(tb, tb.TempDir())
}

func openSQLite(tb testing.TB, dir string) *db.DB {
	tb.Helper()
	image, err := sqliteImage()
	if err != nil {
		tb.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "winnow.db"), image, 0o600); err != nil {
		tb.Fatal(err)
	}
	return open(tb, db.Options{DataDir: dir})
}

func open(tb testing.TB, o db.Options) *db.DB {
	tb.Helper()
	d, err := db.Open(tb.Context(), o)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		if err := d.Close(); err != nil {
			tb.Errorf("close the database: %v", err)
		}
	})
	return d
}

// sqliteImage is a migrated database file, made once per test binary.
var sqliteImage = sync.OnceValues(func() (image []byte, err error) { //nolint:gochecknoglobals // a memo
	dir, err := os.MkdirTemp("", "winnow-template-")
	if err != nil {
		return nil, fmt.Errorf("make the template database: %w", err)
	}
	defer func() { _ = os.RemoveAll(dir) }()
	if err := migrated(context.Background(), db.Options{DataDir: dir}); err != nil {
		return nil, err
	}
	return os.ReadFile(filepath.Join(dir, "winnow.db"))
})

// migrated opens, migrates and closes a database; on SQLite closing folds the WAL into the file.
func migrated(ctx context.Context, o db.Options) error {
	d, err := db.Open(ctx, o)
	if err != nil {
		return fmt.Errorf("open the template database: %w", err)
	}
	if err := d.Migrate(ctx); err != nil {
		_ = d.Close()
		return fmt.Errorf("migrate the template database: %w", err)
	}
	return d.Close()
}
