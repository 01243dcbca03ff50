package config

import (
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
)

// leastKey is the least length of a secret key in bytes, leastToken that of a bearer token.
const (
	leastKey   = 32
	leastToken = 16
)

func secretText(to *Secret) func(string) error {
	return func(s string) error { *to = Secret(s); return nil }
}

func token(to *Secret) func(string) error {
	return func(s string) error {
		if len(s) < leastToken {
			return fmt.Errorf("it has %d characters; use at least %d random ones (openssl rand -hex 16)", len(s), leastToken)
		}
		*to = Secret(s)
		return nil
	}
}

// secretURL reads an address that may hold a password. What is wrong is said without repeating any of it.
func secretURL(to *Secret, example string, schemes ...string) func(string) error {
	return func(s string) error {
		u, err := url.Parse(s)
		if err != nil || !slices.Contains(schemes, u.Scheme) || u.Hostname() == "" {
			return fmt.Errorf("it is not an address of the form %s (characters such as @ / # in a password are written %%40 %%2F %%23)", example)
		}
		*to = Secret(s)
		return nil
	}
}

// parseProxy reads one proxy. What is wrong is said without repeating any of it.
func parseProxy(s string) (Secret, error) {
	var to Secret
	err := secretURL(&to, "http://user:password@host:8080", "http", "https", "socks5")(s)
	if u, bad := url.Parse(s); err == nil && (bad != nil || u.Port() == "") {
		err = errors.New("a proxy has no port; write it as http://user:password@host:8080")
	}
	return to, err
}

func secretKey(to *Secret) func(string) error {
	return func(s string) error {
		if err := CheckSecretKey(s); err != nil {
			return err
		}
		*to = Secret(s)
		return nil
	}
}

// CheckSecretKey says why a key is too short or too easy to guess, or nil. The error never holds the key.
func CheckSecretKey(key string) error {
	const mend = "; make one with: openssl rand -hex 32"
	if len(key) < leastKey {
		return fmt.Errorf("it has %d bytes, at least %d are needed%s", len(key), leastKey, mend)
	}
	low := strings.ToLower(key)
	for _, w := range []string{"changeme", "change-me", "change_me", "password", "secret", "example", "winnow", "0123456789", "abcdefgh", "qwerty"} {
		if strings.Contains(low, w) {
			return errors.New("it holds a word or row of characters that is easy to guess" + mend)
		}
	}
	distinct := map[rune]bool{}
	for _, r := range key {
		distinct[r] = true
	}
	if len(distinct) < 8 || repeats(key) {
		return errors.New("it repeats itself and is easy to guess" + mend)
	}
	return nil
}

// repeats reports whether s is a shorter text over and over.
func repeats(s string) bool { return strings.Contains((s + s)[1:2*len(s)-1], s) }
