package linkage

import (
	"math/bits"
	"strings"

	"winnow/backend/internal/intake/linkage/similar"
)

// maxWords is how many words of a value are looked at; names have fewer.
const maxWords = 16

// overlap says how much of two values' words agree, by weight: dice of both together, inside of the lighter one.
// Words agree when they are equal, nearly so, or one is a short form of the other.
func overlap(a, b *value, fuzzy bool) (dice, inside float64) {
	if a.tight > b.tight { // words pair off first come, first served: which is first must not depend on the caller
		a, b = b, a
	}
	wa, wb := a.words[:min(len(a.words), maxWords)], b.words[:min(len(b.words), maxWords)]
	var used uint32
	var sum float32
	for i := range wa {
		best, at := float32(0), -1
		for j := range wb {
			if used&(1<<j) != 0 {
				continue
			}
			s := wordsAlike(&wa[i], &wb[j], fuzzy)
			if s > best {
				best, at = s, j
			}
		}
		if at >= 0 {
			used |= 1 << at
			sum += best * (wa[i].weight + wb[at].weight) / 2
		}
	}
	ta, tb := weightOf(wa), weightOf(wb)
	if ta == 0 || tb == 0 || bits.OnesCount32(used) == 0 {
		return 0, 0
	}
	return float64(2 * sum / (ta + tb)), float64(min(sum/min(ta, tb), 1))
}

func weightOf(ws []word) (t float32) {
	for i := range ws {
		t += ws[i].weight
	}
	return t
}

func wordsAlike(x, y *word, fuzzy bool) float32 {
	a, b := x.text, y.text
	if a == b {
		return 1
	}
	if !fuzzy || !similar.MayBeAlike(x.set, y.set) {
		return 0
	}
	if len(a) > len(b) || len(a) == len(b) && a > b {
		a, b = b, a
	}
	switch {
	case len(a) >= 4 && a[0] >= 'a' && similar.Typo(a, b):
		return 0.92
	case len(a) >= 3 && a[0] >= 'a' && strings.HasPrefix(b, a):
		return 0.8
	case len(a) >= 5 && a[0] >= 'a' && similar.JaroWinkler(a, b) >= 0.92:
		return 0.8
	}
	return 0
}

func compareOrganisation(a, b *value) uint8 {
	best := uint8(0)
	eachPair(a, b, func(x, y *value) {
		if l := organisationLevel(x, y); best == 0 || l < best {
			best = l
		}
	})
	return best
}

func organisationLevel(a, b *value) uint8 {
	if a.tight == b.tight {
		return 1
	}
	if similar.Typo(a.tight, b.tight) && sameNumbers(a, b) {
		return 2
	}
	dice, inside := overlap(a, b, true)
	switch {
	case numbersDiffer(a, b):
		if dice >= 0.35 {
			return 6
		}
		return 7
	case dice >= 0.9 && sameNumbers(a, b):
		return 2
	case dice >= 0.8 && sameNumbers(a, b), len(a.alt) > 2 && a.alt == b.tight, len(b.alt) > 2 && b.alt == a.tight:
		return 3
	case inside >= 0.9:
		return 4
	case dice >= 0.62 || alike(a, b) >= 0.94:
		return 5
	case dice >= 0.35 || inside >= 0.6:
		return 6
	}
	return 7
}

// sameNumbers: "Store 12" and "Store 14" differ by one character and are two.
func sameNumbers(a, b *value) bool {
	return sameDigits(a.tight, b.tight)
}

func numbersDiffer(a, b *value) bool {
	return hasDigit(a.tight) && hasDigit(b.tight) && !sameNumbers(a, b)
}

func compareLabel(a, b *value) uint8 {
	switch {
	case !a.known() || !b.known():
		return 0
	case a.tight == b.tight:
		return 1
	case similar.Typo(a.tight, b.tight) && sameNumbers(a, b):
		return 2
	}
	dice, inside := overlap(a, b, true)
	switch {
	case dice >= 0.75 || alike(a, b) >= 0.92:
		return 3
	case dice >= 0.4 || inside >= 0.8 || alike(a, b) >= 0.85:
		return 4
	}
	return 5
}

func compareText(a, b *value) uint8 {
	switch {
	case !a.known() || !b.known():
		return 0
	case a.tight == b.tight:
		return 1
	}
	dice, _ := overlapSets(a, b)
	switch {
	case dice >= 0.85:
		return 2
	case dice >= 0.55:
		return 3
	case dice >= 0.25:
		return 4
	}
	return 5
}

// overlapSets is overlap of equal words only, for texts of many words; words are sorted.
func overlapSets(a, b *value) (dice, inside float64) {
	var sum float32
	for i, j := 0, 0; i < len(a.words) && j < len(b.words); {
		switch x, y := a.words[i], b.words[j]; {
		case x.text == y.text:
			sum += x.weight
			i, j = i+1, j+1
		case x.text < y.text:
			i++
		default:
			j++
		}
	}
	ta, tb := weightOf(a.words), weightOf(b.words)
	if ta == 0 || tb == 0 {
		return 0, 0
	}
	return float64(2 * sum / (ta + tb)), float64(sum / min(ta, tb))
}

// eachPair goes over all values that two fields have.
func eachPair(a, b *value, f func(x, y *value)) {
	if !a.known() || !b.known() {
		return
	}
	for i := -1; i < len(a.more); i++ {
		x := a
		if i >= 0 {
			x = &a.more[i]
		}
		for j := -1; j < len(b.more); j++ {
			y := b
			if j >= 0 {
				y = &b.more[j]
			}
			f(x, y)
		}
	}
}
