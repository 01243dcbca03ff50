package db

import (
	"errors"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"
	"gorm.io/gorm"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// IsUnique reports whether err is a broken unique constraint.
func IsUnique(err error) bool {
	if errors.Is(err, gorm.ErrDuplicatedKey) {
		return true
	}
	if p, ok := errors.AsType[*pgconn.PgError](err); ok {
		return p.Code == "23505"
	}
	if s, ok := errors.AsType[*sqlite.Error](err); ok {
		return s.Code() == sqlite3.SQLITE_CONSTRAINT_UNIQUE || s.Code() == sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY
	}
	return false
}

// IsFull reports whether err says that the disk is full.
func IsFull(err error) bool {
	if s, ok := errors.AsType[*sqlite.Error](err); ok && s.Code()&0xff == sqlite3.SQLITE_FULL {
		return true
	}
	if p, ok := errors.AsType[*pgconn.PgError](err); ok && p.Code == "53100" {
		return true
	}
	return err != nil && strings.Contains(err.Error(), "no space left on device")
}

// isGivenUp reports whether the database has rolled the transaction back to let others on.
func isGivenUp(err error) bool {
	p, ok := errors.AsType[*pgconn.PgError](err)
	return ok && (p.Code == "40001" || p.Code == "40P01")
}

// IsBusy reports whether err may go away by itself when the same transaction is run again: a lock, a deadlock, a
// serialisation failure or a lost connection.
func IsBusy(err error) bool {
	if s, ok := errors.AsType[*sqlite.Error](err); ok {
		c := s.Code() & 0xff
		return c == sqlite3.SQLITE_BUSY || c == sqlite3.SQLITE_LOCKED
	}
	if p, ok := errors.AsType[*pgconn.PgError](err); ok {
		return p.Code == "40001" || p.Code == "40P01" || strings.HasPrefix(p.Code, "57P") || strings.HasPrefix(p.Code, "08")
	}
	return pgconn.SafeToRetry(err)
}
