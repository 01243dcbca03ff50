package secret_test

import (
	"bytes"
	"strings"
	"testing"

	"winnow/backend/internal/fault"
	"winnow/backend/internal/platform/secret"
)

func box(t *testing.T, roots ...string) *secret.Box {
	t.Helper()
	var bs [][]byte
	for _, r := range roots {
		bs = append(bs, bytes.Repeat([]byte(r), 32))
	}
	b, err := secret.New(bs[0], bs[1:]...)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func seal(t *testing.T, b *secret.Box, row, value string) string {
	t.Helper()
	s, err := b.Seal(row, value)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestASealedValueOpensForItsRowAlone(t *testing.T) {
	t.Parallel()
	b := box(t, "a")
	for _, value := range []string{"", "sk-1", strings.Repeat("long ", 10_000)} {
		s := seal(t, b, "settings/key", value)
		if got, err := b.Open("settings/key", s); err != nil || got != value {
			t.Errorf("got %q, %v", got, err)
		}
		if _, err := b.Open("settings/other", s); fault.CodeOf(err) != "secret_damaged" {
			t.Errorf("another row opens it: %v", err)
		}
		if value != "" && strings.Contains(s, value) {
			t.Error("the value can be read")
		}
	}
	first, second := seal(t, b, "r", "v"), seal(t, b, "r", "v")
	if first == second {
		t.Error("two seals of one value are the same")
	}
}

func TestEveryChangedCharacterIsNoticed(t *testing.T) {
	t.Parallel()
	b := box(t, "a")
	s := seal(t, b, "r", "value")
	for i := range s {
		changed := []byte(s)
		if changed[i]++; changed[i] == s[i] {
			continue
		}
		if got, err := b.Open("r", string(changed)); err == nil {
			t.Errorf("character %d changed and it opens to %q", i, got)
		}
	}
	for i := range s {
		if _, err := b.Open("r", s[:i]); err == nil {
			t.Errorf("cut to %d characters and it opens", i)
		}
	}
}

func TestANewRootReadsOldValuesAndRewritesTheirKeys(t *testing.T) {
	t.Parallel()
	old := seal(t, box(t, "a"), "r", "value")
	if _, err := box(t, "b").Open("r", old); fault.CodeOf(err) != "secret_key_changed" {
		t.Errorf("without the old root: %v", err)
	}
	both := box(t, "b", "a")
	if got, err := both.Open("r", old); err != nil || got != "value" {
		t.Errorf("with both: %q, %v", got, err)
	}
	moved, changed, err := both.Rewrap("r", old)
	if err != nil || !changed {
		t.Fatalf("rewrap: %v, %v", changed, err)
	}
	if got, err := box(t, "b").Open("r", moved); err != nil || got != "value" {
		t.Errorf("after the rewrap: %q, %v", got, err)
	}
	if again, changed, err := both.Rewrap("r", moved); err != nil || changed || again != moved {
		t.Errorf("a second rewrap: %v, %v", changed, err)
	}
}

func TestAShortRootIsRefused(t *testing.T) {
	t.Parallel()
	if _, err := secret.New([]byte("short")); !fault.Is(err, fault.Invalid) {
		t.Errorf("got %v", err)
	}
	a, err := secret.Derive(bytes.Repeat([]byte("r"), 32), "one")
	if err != nil {
		t.Fatal(err)
	}
	b, err := secret.Derive(bytes.Repeat([]byte("r"), 32), "two")
	if err != nil || bytes.Equal(a, b) || len(a) != 32 {
		t.Errorf("two purposes give one key: %v", err)
	}
}
