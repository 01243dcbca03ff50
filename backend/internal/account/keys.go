package account

import (
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"

	"winnow/backend/internal/fault"
)

// minSecret is the least length of the root secret in bytes (A48).
const minSecret = 32

// keys are derived from the root secret, one per purpose, so that a value made for one never passes for another.
type keys struct {
	password []byte // pre-hash of passwords
	access   []byte // signs access tokens
	refresh  []byte // marks refresh tokens as ours
	link     []byte // makes the tokens of invitations and resets
	throttle []byte // hides addresses in login_attempts
}

func deriveKeys(secret []byte) (keys, error) {
	if len(secret) < minSecret {
		return keys{}, fault.Newf(fault.Invalid, "secret_key_short", "WINNOW_SECRET_KEY has %d bytes; it needs at least %d random ones. Make one with: openssl rand -base64 48", len(secret), minSecret)
	}
	var k keys
	for _, d := range []struct {
		into    *[]byte
		purpose string
	}{
		{&k.password, "winnow password pre-hash v1"},
		{&k.access, "winnow access token v1"},
		{&k.refresh, "winnow refresh token v1"},
		{&k.link, "winnow link token v1"},
		{&k.throttle, "winnow login throttle v1"},
	} {
		key, err := hkdf.Key(sha256.New, secret, nil, d.purpose, sha256.Size)
		if err != nil {
			return keys{}, fmt.Errorf("derive %s: %w", d.purpose, err)
		}
		*d.into = key
	}
	return k, nil
}

func mac(key []byte, parts ...string) []byte {
	h := hmac.New(sha256.New, key)
	for _, p := range parts {
		fmt.Fprintf(h, "%d:%s;", len(p), p) // the lengths keep ("a","bc") apart from ("ab","c")
	}
	return h.Sum(nil)
}

// digest is what is stored of a random token: useless to who reads the database.
func digest(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}

// random is n bytes that nobody can guess, for URLs.
func random(n int) string {
	b := make([]byte, n)
	rand.Read(b) // it never fails (documented since Go 1.24)
	return base64.RawURLEncoding.EncodeToString(b)
}
