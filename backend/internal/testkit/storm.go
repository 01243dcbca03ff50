package testkit

import (
	"testing"

	"github.com/jackc/pgx/v5"

	"winnow/backend/internal/platform/db"
)

// CutConnections ends every connection to a PostgreSQL test database at once, as a restart of the server does.
func CutConnections(tb testing.TB, d *db.DB) {
	tb.Helper()
	conn, err := pgx.Connect(tb.Context(), d.Pool().Config().ConnString())
	if err != nil {
		tb.Fatal(err)
	}
	defer func() { _ = conn.Close(tb.Context()) }()
	_, err = conn.Exec(tb.Context(), `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid()`)
	if err != nil {
		tb.Fatal(err)
	}
}
