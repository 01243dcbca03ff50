package testkit

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"

	"github.com/jackc/pgx/v5"

	"winnow/backend/internal/id"
	"winnow/backend/internal/platform/db"
)

// templateLock lets one test binary at a time make the template database.
const templateLock = 0x77696e6e6f7754

// Postgres is a fresh, migrated PostgreSQL database, dropped after the test. It skips the test when there is no server.
func Postgres(tb testing.TB) *db.DB {
	tb.Helper()
	return open(tb, db.Options{URL: PostgresURL(tb), MaxConns: 10})
}

// PostgresURL is the URL of such a database, for tests that open it themselves.
func PostgresURL(tb testing.TB) string {
	tb.Helper()
	server := os.Getenv(envPostgres)
	if server == "" {
		require(tb, envPostgres)
		tb.Skipf("%s is not set; scripts/services.sh runs this half too", envPostgres)
	}
	template, err := postgresTemplate()
	if err != nil {
		tb.Fatal(err)
	}
	name := "winnow_test_" + strings.ReplaceAll(id.New(), "-", "")
	if err := onServer(tb.Context(), server, "CREATE DATABASE "+name+" TEMPLATE "+template); err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		if err := onServer(context.WithoutCancel(tb.Context()), server, "DROP DATABASE "+name+" WITH (FORCE)"); err != nil {
			tb.Errorf("drop the test database: %v", err)
		}
	})
	return withDatabase(server, name)
}

// postgresTemplate is the name of a migrated database to copy, made once per server and schema.
var postgresTemplate = sync.OnceValues(func() (string, error) { //nolint:gochecknoglobals // a memo
	ctx := context.Background()
	server := os.Getenv(envPostgres)
	schema, err := schemaHash()
	if err != nil {
		return "", err
	}
	name := "winnow_template_" + schema
	conn, err := pgx.Connect(ctx, server)
	if err != nil {
		return "", fmt.Errorf("connect to %s: %w", envPostgres, err)
	}
	defer func() { _ = conn.Close(ctx) }()
	if _, err := conn.Exec(ctx, "SELECT pg_advisory_lock($1)", int64(templateLock)); err != nil {
		return "", fmt.Errorf("lock the template database: %w", err)
	}
	return name, makeTemplate(ctx, conn, server, name)
})

// makeTemplate makes the database unless it is there whole; datistemplate is set last and so marks it whole.
func makeTemplate(ctx context.Context, conn *pgx.Conn, server, name string) error {
	var whole bool
	err := conn.QueryRow(ctx, "SELECT datistemplate FROM pg_database WHERE datname = $1", name).Scan(&whole)
	if err != nil && !errors.Is(err, pgx.ErrNoRows) {
		return fmt.Errorf("look for the template database: %w", err)
	}
	if whole {
		return nil
	}
	for _, step := range []func() error{
		func() error { return exec(ctx, conn, "DROP DATABASE IF EXISTS "+name+" WITH (FORCE)") },
		func() error { return exec(ctx, conn, "CREATE DATABASE "+name) },
		func() error { return migrated(ctx, db.Options{URL: withDatabase(server, name)}) },
		func() error { return exec(ctx, conn, "ALTER DATABASE "+name+" WITH IS_TEMPLATE true") },
	} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

func exec(ctx context.Context, conn *pgx.Conn, sql string) error {
	if _, err := conn.Exec(ctx, sql); err != nil {
		return fmt.Errorf("%s: %w", sql, err)
	}
	return nil
}

func onServer(ctx context.Context, server, sql string) error {
	conn, err := pgx.Connect(ctx, server)
	if err != nil {
		return fmt.Errorf("connect to %s: %w", envPostgres, err)
	}
	defer func() { _ = conn.Close(ctx) }()
	return exec(ctx, conn, sql)
}

func withDatabase(server, name string) string {
	u, err := url.Parse(server)
	if err != nil {
		return server
	}
	u.Path = "/" + name
	return u.String()
}

// schemaHash names the schema by everything that makes it: the files of platform/db and the versions in go.mod.
func schemaHash() (string, error) {
	_, self, _, ok := runtime.Caller(0)
	if !ok {
		return "", errors.New("the test binary does not know its sources; build it without -trimpath")
	}
	internal := filepath.Dir(filepath.Dir(self))
	files := []string{filepath.Join(internal, "..", "..", "go.mod")}
	for _, pattern := range []string{"*.go", "migrations/*.sql"} {
		found, err := filepath.Glob(filepath.Join(internal, "platform", "db", pattern))
		if err != nil {
			return "", fmt.Errorf("list the schema: %w", err)
		}
		files = append(files, found...)
	}
	h := sha256.New()
	for _, f := range files {
		b, err := os.ReadFile(f)
		if err != nil {
			return "", fmt.Errorf("read the schema: %w", err)
		}
		fmt.Fprintf(h, "%s %d\n", filepath.Base(f), len(b))
		h.Write(b)
	}
	return hex.EncodeToString(h.Sum(nil))[:16], nil
}
