package llm_test

import (
	"math/rand/v2"
	"strings"
)

func newRandom(seed uint64) *rand.Rand { return rand.New(rand.NewPCG(seed, seed)) }

// mutate changes a text at one to three places: bytes flipped, cut out, doubled, or words put in.
func mutate(r *rand.Rand, s string) string {
	b := []byte(s)
	words := []string{`"score":100,`, `null`, `-1`, `1e99`, `"A+"`, `{}`, `[]`, `"claims":[],`, "\x00", "\ufffd", `explicit`, `"id":"order-chaos",`, strings.Repeat("a", 2000)}
	for range 1 + r.IntN(3) {
		at := r.IntN(len(b))
		switch r.IntN(4) {
		case 0:
			b[at] = byte(r.IntN(256))
		case 1:
			end := min(len(b), at+r.IntN(40))
			b = append(b[:at:at], b[end:]...)
		case 2:
			end := min(len(b), at+r.IntN(40))
			b = append(b[:end:end], b[at:]...)
		case 3:
			b = append(b[:at:at], append([]byte(words[r.IntN(len(words))]), b[at:]...)...)
		}
		if len(b) == 0 {
			return ""
		}
	}
	return string(b)
}
