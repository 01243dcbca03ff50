// Package secret seals what the product must be able to read again: keys and passwords entered in the app. Each value has
// a key of its own, which is sealed by a key derived from WINNOW_SECRET_KEY, so that changing the latter rewrites keys and
// not values. A sealed value opens only for the row that it was sealed for.
package secret

import (
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"strings"

	"golang.org/x/crypto/chacha20poly1305"

	"winnow/backend/internal/fault"
)

const (
	minRoot  = 32 // bytes of a root secret
	idSize   = 8
	dataKey  = chacha20poly1305.KeySize
	nonce    = chacha20poly1305.NonceSizeX
	tag      = chacha20poly1305.Overhead
	wrapSize = nonce + dataKey + tag
	prefix   = "s1." // format and its version
)

// Derive makes a key of 32 bytes from the root secret for one purpose, e.g. "session token". Keys of different purposes
// say nothing about each other. Faults: Invalid when root is shorter than 32 bytes.
func Derive(root []byte, purpose string) ([]byte, error) {
	if len(root) < minRoot {
		return nil, fault.New(fault.Invalid, "secret_key_short", "WINNOW_SECRET_KEY must have at least 32 bytes; make one with: openssl rand -base64 48")
	}
	key, err := hkdf.Key(sha256.New, root, nil, "winnow/"+purpose, dataKey)
	if err != nil {
		return nil, fmt.Errorf("derive a key: %w", err)
	}
	return key, nil
}

// Box seals and opens. Make one with New; safe for concurrent use.
type Box struct {
	current string // key id
	keys    map[string]cipher.AEAD
}

// New makes a box that seals with root and opens what root or an earlier one sealed.
func New(root []byte, earlier ...[]byte) (*Box, error) {
	b := &Box{keys: map[string]cipher.AEAD{}}
	for i, r := range append([][]byte{root}, earlier...) {
		key, err := Derive(r, "sealing")
		if err != nil {
			return nil, err
		}
		name, err := Derive(r, "sealing key id")
		if err != nil {
			return nil, err
		}
		aead, err := chacha20poly1305.NewX(key)
		if err != nil {
			return nil, fmt.Errorf("make a cipher: %w", err)
		}
		b.keys[string(name[:idSize])] = aead
		if i == 0 {
			b.current = string(name[:idSize])
		}
	}
	return b, nil
}

// Seal seals value for a row, named so that no two rows share a name, e.g. "settings/ai_api_key" or "connections/" + id.
// The answer is text for a database column.
func (b *Box) Seal(row, value string) (string, error) {
	key := random(dataKey)
	data, err := chacha20poly1305.NewX(key)
	if err != nil {
		return "", fmt.Errorf("make a cipher: %w", err)
	}
	n := random(nonce)
	sealed := data.Seal(n, n, []byte(value), []byte("value/"+row))
	return encode(b.current, b.wrap(row, key), sealed), nil
}

// Open gives the value back. Faults: Unavailable when it was sealed with a key that is not at hand, Invalid when it was
// changed or moved from another row. The message says what to do; neither holds any of the value.
func (b *Box) Open(row, sealed string) (string, error) {
	_, key, body, err := b.unwrap(row, sealed)
	if err != nil {
		return "", err
	}
	data, err := chacha20poly1305.NewX(key)
	if err != nil {
		return "", fmt.Errorf("make a cipher: %w", err)
	}
	value, err := data.Open(nil, body[:nonce], body[nonce:], []byte("value/"+row))
	if err != nil {
		return "", damaged()
	}
	return string(value), nil
}

// Rewrap seals a value's key anew with the current root; changed is false when it is so already.
func (b *Box) Rewrap(row, sealed string) (out string, changed bool, err error) {
	by, key, body, err := b.unwrap(row, sealed)
	if err != nil || by == b.current {
		return sealed, false, err
	}
	return encode(b.current, b.wrap(row, key), body), true, nil
}

func (b *Box) wrap(row string, key []byte) []byte {
	n := random(nonce)
	return append(n, b.keys[b.current].Seal(nil, n, key, []byte("key/"+row))...)
}

func (b *Box) unwrap(row, sealed string) (by string, key, body []byte, err error) {
	by, wrapped, body, ok := decode(sealed)
	if !ok {
		return "", nil, nil, damaged()
	}
	aead, ok := b.keys[by]
	if !ok {
		return "", nil, nil, fault.New(fault.Unavailable, "secret_key_changed", "This secret was saved under another WINNOW_SECRET_KEY; set the old key again or enter the secret anew")
	}
	key, err = aead.Open(nil, wrapped[:nonce], wrapped[nonce:], []byte("key/"+row))
	if err != nil {
		return "", nil, nil, damaged()
	}
	return by, key, body, nil
}

func encode(by string, wrapped, body []byte) string {
	b := append([]byte(by), wrapped...)
	return prefix + base64.RawURLEncoding.EncodeToString(append(b, body...))
}

func decode(s string) (by string, wrapped, body []byte, ok bool) {
	text, ok := strings.CutPrefix(s, prefix)
	if !ok {
		return "", nil, nil, false
	}
	b, err := base64.RawURLEncoding.Strict().DecodeString(text)
	if err != nil || len(b) < idSize+wrapSize+nonce+tag {
		return "", nil, nil, false
	}
	return string(b[:idSize]), b[idSize : idSize+wrapSize], b[idSize+wrapSize:], true
}

func damaged() error {
	return fault.New(fault.Invalid, "secret_damaged", "This saved secret is damaged or belongs elsewhere; enter it anew")
}

func random(n int) []byte {
	b := make([]byte, n)
	_, _ = rand.Read(b) // never fails: it ends the program instead
	return b
}
