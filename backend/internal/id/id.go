// Package id makes the keys of rows: UUIDv7, which sort by time.
package id

import "github.com/google/uuid"

// New is a fresh UUIDv7 in its canonical text form.
func New() string { return uuid.Must(uuid.NewV7()).String() }

// Valid reports whether s is a UUID in canonical text form.
func Valid(s string) bool {
	u, err := uuid.Parse(s)
	return err == nil && u.String() == s
}
