package similar_test

import (
	"math"
	"testing"

	"github.com/xrash/smetrics"
	"pgregory.net/rapid"

	"winnow/backend/internal/intake/linkage/similar"
)

func TestDistance(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		a, b string
		want int
	}{
		{"", "", 0},
		{"a", "", 1},
		{"smith", "smith", 0},
		{"smith", "smyth", 1},
		{"smith", "smtih", 1},
		{"smith", "smit", 1},
		{"smith", "ssmith", 1},
		{"kitten", "sitting", 3},
		{"abcdef", "uvwxyz", 4},
	} {
		if got := similar.Distance(c.a, c.b, 3); got != c.want {
			t.Errorf("Distance(%q, %q) = %d, want %d", c.a, c.b, got, c.want)
		}
	}
}

// Without swaps of neighbours the distance is Levenshtein's, which a library knows too.
func TestDistanceIsNoMoreThanLevenshtein(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		a, b := rapid.StringMatching(`[abc]{0,12}`).Draw(t, "a"), rapid.StringMatching(`[abc]{0,12}`).Draw(t, "b")
		full := smetrics.WagnerFischer(a, b, 1, 1, 1)
		got := similar.Distance(a, b, 20)
		if got > full || 2*got < full || got != similar.Distance(b, a, 20) {
			t.Fatalf("Distance(%q, %q) = %d, Levenshtein %d", a, b, got, full)
		}
	})
}

func TestJaroWinklerIsTheLibrarys(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		a, b := rapid.StringMatching(`[abcd]{1,14}`).Draw(t, "a"), rapid.StringMatching(`[abcd]{1,14}`).Draw(t, "b")
		if want, got := smetrics.JaroWinkler(a, b, 0.7, 4), similar.JaroWinkler(a, b); math.Abs(want-got) > 1e-9 {
			t.Fatalf("JaroWinkler(%q, %q) = %v, want %v", a, b, got, want)
		}
	})
}

func TestSoundsAlike(t *testing.T) {
	t.Parallel()
	for _, w := range [][2]string{{"catherine", "kathryn"}, {"philip", "filip"}, {"meyer", "maier"}, {"smith", "smyth"}, {"knight", "night"}, {"stephen", "stefan"}, {"mohammed", "muhamad"}} {
		if a, b := similar.Sound(w[0]), similar.Sound(w[1]); a != b {
			t.Errorf("%s sounds %q, %s sounds %q", w[0], a, w[1], b)
		}
	}
	if similar.Sound("jones") == similar.Sound("brown") {
		t.Error("everything sounds alike")
	}
}

func BenchmarkDistance(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		similar.Distance("featherstone", "fetherstonne", 2)
	}
}

func BenchmarkJaroWinkler(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		similar.JaroWinkler("featherstone", "fetherstonne")
	}
}
