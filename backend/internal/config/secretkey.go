package config

import (
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"winnow/backend/internal/fault"
)

// EnsureSecretKey returns c with a secret key. One that was given stays; on SQLite a missing one is read from
// c.Data.SecretKeyFile(), which is made (mode 0600, 32 random bytes in hex) when absent. Two processes that start at
// once end up with the same key. Faults: Invalid (the file's key is weak, or PostgreSQL without a key), Unavailable
// (the folder cannot be written or read).
func EnsureSecretKey(c Config) (Config, error) {
	if c.Security.SecretKey != "" {
		return c, nil
	}
	if !c.Data.SQLite() {
		return c, fault.New(fault.Invalid, "secret_key_required", "WINNOW_SECRET_KEY is required with PostgreSQL. Make one with: openssl rand -hex 32")
	}
	path := c.Data.SecretKeyFile()
	b, err := os.ReadFile(path) //nolint:gosec // in the operator's data folder
	if errors.Is(err, fs.ErrNotExist) {
		b, err = makeKey(path)
	}
	if err != nil {
		return c, fault.Wrap(err, fault.Unavailable, "secret_key_unavailable",
			fmt.Sprintf("The secret key %s cannot be read or made (%s). Check the folder's permissions and free space, or set WINNOW_SECRET_KEY.", path, reason(err)))
	}
	key := strings.TrimSpace(string(b))
	if err := CheckSecretKey(key); err != nil {
		return c, fault.New(fault.Invalid, "secret_key_weak", fmt.Sprintf("The key in %s is not usable: %s.", path, err))
	}
	c.Security.SecretKey = Secret(key)
	if info, err := os.Stat(path); err == nil && info.Mode().Perm()&0o077 != 0 {
		c.Warnings = append(c.Warnings, "Other users of this machine can read the secret key. Run: chmod 600 "+path)
	}
	return c, nil
}

// makeKey writes a new key beside path, whole and flushed, and links it there: so nobody ever reads half a key, and
// the first of two processes wins.
func makeKey(path string) ([]byte, error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, err
	}
	raw := make([]byte, 32)
	_, _ = rand.Read(raw) // never fails: crypto/rand stops the program instead
	tmp, err := os.CreateTemp(filepath.Dir(path), ".secret-*")
	if err != nil {
		return nil, err
	}
	defer os.Remove(tmp.Name()) // best effort: the key itself is in place or not needed
	if err := writeKey(tmp, hex.EncodeToString(raw)+"\n"); err != nil {
		return nil, err
	}
	if err := os.Link(tmp.Name(), path); err != nil && !errors.Is(err, fs.ErrExist) {
		if err := os.Rename(tmp.Name(), path); err != nil { // a file system without links
			return nil, err
		}
	}
	return os.ReadFile(path) //nolint:gosec // in the operator's data folder
}

func writeKey(f *os.File, text string) error {
	if err := f.Chmod(0o600); err != nil {
		return errors.Join(err, f.Close())
	}
	_, err := f.WriteString(text)
	return errors.Join(err, f.Sync(), f.Close())
}
