package account_test

import (
	"crypto/hkdf"
	"crypto/sha256"
	"encoding/base64"
	"maps"
	"strings"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"winnow/backend/internal/fault"
	"winnow/backend/internal/testkit"
)

// signKey is the key that the service derives; the attacks below are given it, so that only the other checks stand.
func signKey(t *testing.T, purpose string) []byte {
	t.Helper()
	k, err := hkdf.Key(sha256.New, []byte(secret), nil, purpose, sha256.Size)
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func TestA25_OnlyOurOwnAccessTokensPass(t *testing.T) {
	t.Parallel()
	h := newHouse(t, testkit.SQLite(t))
	in := h.login("ann@example.com")
	v, err := h.AccessToken(t.Context(), in.Access)
	if err != nil {
		t.Fatal(err)
	}
	now := h.clock.Now()
	key := signKey(t, "winnow access token v1")
	claims := func(change func(jwt.MapClaims)) jwt.MapClaims {
		c := jwt.MapClaims{
			"iss": "winnow", "aud": []string{"winnow-api"}, "sub": v.UserID, "sid": v.SessionID, "typ": "access",
			"iat": now.Unix(), "nbf": now.Unix(), "exp": now.Add(time.Minute).Unix(),
		}
		change(c)
		return c
	}
	sign := func(m jwt.SigningMethod, k any, head map[string]any, change func(jwt.MapClaims)) string {
		tok := jwt.NewWithClaims(m, claims(change))
		maps.Copy(tok.Header, head)
		s, err := tok.SignedString(k)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	same := func(jwt.MapClaims) {}
	set := func(name string, value any) func(jwt.MapClaims) { return func(c jwt.MapClaims) { c[name] = value } }
	drop := func(name string) func(jwt.MapClaims) { return func(c jwt.MapClaims) { delete(c, name) } }
	hs := func(change func(jwt.MapClaims)) string { return sign(jwt.SigningMethodHS256, key, nil, change) }
	head := func(m map[string]any) string { return sign(jwt.SigningMethodHS256, key, m, same) }
	parts := strings.Split(in.Access, ".")
	raw := func(s string) string { return base64.RawURLEncoding.EncodeToString([]byte(s)) }

	if _, err := h.AccessToken(t.Context(), hs(same)); err != nil {
		t.Fatalf("the forged token without a fault must pass, or the test shows nothing: %v", err)
	}
	for name, token := range map[string]string{
		"alg none":           sign(jwt.SigningMethodNone, jwt.UnsafeAllowNoneSignatureType, nil, same),
		"alg None":           raw(`{"alg":"None","typ":"JWT"}`) + "." + parts[1] + ".",
		"no signature":       parts[0] + "." + parts[1] + ".",
		"other algorithm":    sign(jwt.SigningMethodHS512, key, nil, same),
		"other key":          sign(jwt.SigningMethodHS256, signKey(t, "winnow link token v1"), nil, same),
		"the root key":       sign(jwt.SigningMethodHS256, []byte(secret), nil, same),
		"kid traversal":      head(map[string]any{"kid": "../../../../dev/null"}),
		"kid SQL":            head(map[string]any{"kid": "x' UNION SELECT 'key"}),
		"jku":                head(map[string]any{"jku": "https://evil.example/keys"}),
		"jwk":                head(map[string]any{"jwk": map[string]any{"kty": "oct", "k": "AAAA"}}),
		"x5u":                head(map[string]any{"x5u": "https://evil.example/cert"}),
		"wrong issuer":       hs(set("iss", "other")),
		"no issuer":          hs(drop("iss")),
		"wrong audience":     hs(set("aud", []string{"other"})),
		"no audience":        hs(drop("aud")),
		"wrong type":         hs(set("typ", "reset")),
		"no type":            hs(drop("typ")),
		"expired":            hs(set("exp", now.Unix())),
		"no expiry":          hs(drop("exp")),
		"not yet":            hs(set("nbf", now.Add(time.Minute).Unix())),
		"from the future":    hs(set("iat", now.Add(time.Minute).Unix())),
		"no session":         hs(drop("sid")),
		"unknown session":    hs(set("sid", v.UserID)),
		"another's session":  hs(set("sub", v.SessionID)),
		"the refresh token":  in.Refresh,
		"a link's token":     v.SessionID + ".AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
		"altered claims":     parts[0] + "." + raw(`{"sub":"x"}`) + "." + parts[2],
		"empty":              "",
		"a megabyte of dots": strings.Repeat(".", 1<<20),
		"much of a token":    in.Access + strings.Repeat("A", 1<<20),
	} {
		_, err := h.AccessToken(t.Context(), token)
		if !fault.Is(err, fault.Unauthenticated) {
			t.Errorf("%s: err = %v", name, err)
		}
	}
	h.clock.Advance(15*time.Minute - time.Second)
	if !h.alive(in) {
		t.Error("dead just before its end")
	}
	h.clock.Advance(time.Second)
	if h.alive(in) {
		t.Error("alive at its end")
	}
	if strings.Contains(string(must(base64.RawURLEncoding.DecodeString(parts[1]))), "ann@") {
		t.Error("the token tells the address")
	}
}

func must(b []byte, err error) []byte {
	if err != nil {
		panic(err)
	}
	return b
}
