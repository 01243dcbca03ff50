package normalise_test

import (
	"testing"

	"winnow/backend/internal/intake/normalise"
)

func TestLatin(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"": "", "O'Neil’s  Pub": "oneils pub", "Łódź": "lodz", "Иванов": "ivanov", "Ωμέγα": "omega", "Weiß & Söhne": "weiss sohne",
		"Smith-Jones": "smith jones", "Ivánovič": "ivanovic", "राजेश": "raajesh",
	} {
		if got := normalise.Latin(in); got != want {
			t.Errorf("Latin(%q) = %q, want %q", in, got, want)
		}
	}
}
