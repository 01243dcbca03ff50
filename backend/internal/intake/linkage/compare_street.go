package linkage

import (
	"winnow/backend/internal/intake/linkage/similar"
)

func compareStreet(a, b *value) uint8 {
	best := uint8(0)
	eachPair(a, b, func(x, y *value) {
		if l := streetLevel(x, y); best == 0 || l < best {
			best = l
		}
	})
	return best
}

// streetLevel compares two addresses: first the street's name, then the house number, then the unit.
func streetLevel(a, b *value) uint8 {
	street := streetName(a, b)
	numbers := a.alt2 != "" && b.alt2 != ""
	same := a.alt2 == b.alt2
	switch {
	case street == 2 && same && a.alt3 != "" && b.alt3 != "" && a.alt3 != b.alt3:
		return 6
	case street == 2 && same && a.alt == b.alt:
		return 1
	case street == 2 && same && numbers:
		return 2
	case street == 2 && !numbers:
		if a.alt == b.alt {
			return 3
		}
		return 4
	case street == 2 && similar.Distance(a.alt2, b.alt2, 1) <= 1 && len(a.alt2) > 1 && len(b.alt2) > 1:
		return 5
	case street == 2:
		return 8
	case street == 1 && same && numbers:
		return 7
	case street == 1 && !numbers:
		return 4
	}
	return 9
}

// streetName is 2 for the same street, give or take its spelling, type and direction, 1 for one that is partly so.
func streetName(a, b *value) int {
	if a.alt == b.alt || similar.Typo(a.alt, b.alt) && sameStreetNumbers(a, b) {
		return 2
	}
	dice, inside := overlapStreet(a, b)
	switch {
	case dice >= 0.8 || inside >= 0.95:
		return 2
	case dice >= 0.5 || inside >= 0.65:
		return 1
	}
	return 0
}

// sameStreetNumbers: 5th and 6th Street are two.
func sameStreetNumbers(a, b *value) bool { return sameDigits(a.alt, b.alt) }

// overlapStreet is overlap where types and directions hardly count.
func overlapStreet(a, b *value) (dice, inside float64) { return overlap(a, b, true) }
