package db

import (
	"database/sql"
	"strings"
)

type sqlTx = sql.Tx

// typeWords maps the words of migration files to each dialect's types.
var typeWords = map[Dialect]*strings.Replacer{
	SQLite: strings.NewReplacer("<uuid>", "TEXT", "<json>", "TEXT", "<time>", "TIMESTAMP", "<seq>", "INTEGER PRIMARY KEY AUTOINCREMENT",
		"<bool>", "BOOLEAN", "<true>", "1", "<false>", "0", "<bytes>", "BLOB"),
	Postgres: strings.NewReplacer("<uuid>", "uuid", "<json>", "jsonb", "<time>", "timestamptz", "<seq>", "bigserial PRIMARY KEY",
		"<bool>", "boolean", "<true>", "true", "<false>", "false", "<bytes>", "bytea"),
}

// Statements renders a migration file for a dialect and splits it at lines that end with ";;".
func Statements(d Dialect, script string) []string {
	var b strings.Builder
	only := ""
	for line := range strings.Lines(script) {
		t := strings.TrimSpace(line)
		switch {
		case strings.HasPrefix(t, "-- only: "):
			only = strings.TrimPrefix(t, "-- only: ")
		case t == "-- end":
			only = ""
		case strings.HasPrefix(t, "--"):
		case only == "" || only == string(d):
			b.WriteString(line)
		}
	}
	var out []string
	for s := range strings.SplitSeq(typeWords[d].Replace(b.String()), ";;") {
		if s = strings.TrimSpace(s); s != "" {
			out = append(out, s)
		}
	}
	return out
}
