package account

import (
	"context"
	_ "embed"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/crypto/bcrypt"
	"golang.org/x/text/unicode/norm"

	"winnow/backend/internal/fault"
)

// Bounds of a password in characters.
const (
	MinPassword = 12
	MaxPassword = 128
)

// common holds words that make a password guessable when it is nothing but such a word with ornaments.
//
//go:embed common.txt
var common string

// hasher hashes passwords with bcrypt over a keyed pre-hash: base64(HMAC-SHA-256(key, password)) has 44 bytes, so that
// every byte of a long password counts (bcrypt itself stops at 72), and a stolen table cannot be attacked without the key.
type hasher struct {
	key   []byte
	cost  int
	dummy []byte        // a hash that no password has
	slots chan struct{} // bounds how many run at once: each takes a core for a quarter of a second
	words map[string]bool
}

// dummyRest is a salt and a digest in the form of bcrypt that came of no password.
const dummyRest = "Tm9ib2R5SGFzVGhpc1Bhc3N3b3JkQXRBbGxOb3RBbnlib2R5RXZlr"

func newHasher(key []byte, cost, parallel int) (*hasher, error) {
	h := &hasher{key: key, cost: cost, slots: make(chan struct{}, parallel), words: map[string]bool{}}
	h.dummy = fmt.Appendf(nil, "$2a$%02d$%s", cost, dummyRest)
	if c, err := bcrypt.Cost(h.dummy); err != nil || c != cost {
		return nil, fmt.Errorf("bcrypt cost %d is not possible", cost)
	}
	for w := range strings.FieldsSeq(common) {
		h.words[w] = true
	}
	return h, nil
}

func (h *hasher) prehash(password string) []byte {
	return []byte(base64.StdEncoding.EncodeToString(mac(h.key, norm.NFC.String(password))))
}

func (h *hasher) take(ctx context.Context) (release func(), err error) {
	select {
	case h.slots <- struct{}{}:
		return func() { <-h.slots }, nil
	case <-ctx.Done():
		return nil, fmt.Errorf("wait to check a password: %w", ctx.Err())
	}
}

// hash makes what is stored of a password.
func (h *hasher) hash(ctx context.Context, password string) (string, error) {
	release, err := h.take(ctx)
	if err != nil {
		return "", err
	}
	defer release()
	b, err := bcrypt.GenerateFromPassword(h.prehash(password), h.cost)
	if err != nil {
		return "", fmt.Errorf("hash password: %w", err)
	}
	return string(b), nil
}

// matches reports whether password is the one behind stored. With stored "" (no such user, or none set) it does the
// same work and says no, so that time tells nothing (A21).
func (h *hasher) matches(ctx context.Context, stored, password string) (bool, error) {
	release, err := h.take(ctx)
	if err != nil {
		return false, err
	}
	defer release()
	if utf8.RuneCountInString(password) > MaxPassword {
		password = "" // nobody has one so long; the work below is the same
	}
	against := []byte(stored)
	if stored == "" {
		against = h.dummy
	}
	err = bcrypt.CompareHashAndPassword(against, h.prehash(password))
	switch {
	case errors.Is(err, bcrypt.ErrMismatchedHashAndPassword):
		return false, nil
	case err != nil:
		return false, fmt.Errorf("check password: %w", err)
	}
	return stored != "", nil
}

// check finds what is wrong with a new password, nil if nothing. email is its owner's.
func (h *hasher) check(password, email string) *fault.Field {
	bad := func(code, msg string) *fault.Field { return &fault.Field{Name: "password", Code: code, Message: msg} }
	switch n := utf8.RuneCountInString(password); {
	case !utf8.ValidString(password):
		return bad("wrong_form", "Must be text.")
	case n < MinPassword:
		return bad("too_short", "Use at least 12 characters; a few unrelated words are easy to remember.")
	case n > MaxPassword:
		return bad("too_long", "Use at most 128 characters.")
	case h.guessable(password, email):
		return bad("too_common", "This password is easy to guess. Use a few unrelated words.")
	}
	return nil
}

// guessable reports whether a password is a common word or the owner's address with digits, signs or repetition around.
func (h *hasher) guessable(password, email string) bool {
	p := strings.ToLower(norm.NFKC.String(password))
	local, _, _ := strings.Cut(foldEmail(email), "@")
	own := func(s string) bool { return s != "" && (s == local || s == foldEmail(email)) }
	letters := strings.TrimFunc(p, func(r rune) bool { return !unicode.IsLetter(r) })
	for _, s := range []string{p, letters, plain(p), plain(letters), period(p), period(letters)} {
		if h.words[s] || own(s) || len(s) < 4 {
			return true
		}
	}
	return isRun(p)
}

// plain undoes the usual substitutions of letters.
func plain(s string) string {
	return strings.NewReplacer("0", "o", "1", "i", "3", "e", "4", "a", "5", "s", "7", "t", "@", "a", "$", "s", "!", "i").Replace(s)
}

// period is the shortest text of which s is a repetition.
func period(s string) string {
	for n := 1; n <= len(s)/2; n++ {
		if len(s)%n == 0 && strings.Repeat(s[:n], len(s)/n) == s {
			return s[:n]
		}
	}
	return s
}

// isRun reports whether each character follows the one before (abcdef…, 987654…), with digits wrapping at 0.
func isRun(s string) bool {
	up, down := true, true
	for i := 1; i < len(s); i++ {
		d := int(s[i]) - int(s[i-1])
		up = up && (d == 1 || s[i-1] == '9' && s[i] == '0')
		down = down && (d == -1 || s[i-1] == '0' && s[i] == '9')
	}
	return up || down
}
