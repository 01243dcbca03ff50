package linkage

import (
	"strings"

	"winnow/backend/internal/intake/linkage/similar"
)

// compareGiven gives the level of two given names. swapped says that each record's given names fit the other's family
// name better.
func (p *parser) compareGiven(a, b *value, swapped bool) uint8 {
	switch {
	case !a.known() || !b.known():
		return 0
	case a.tight == b.tight:
		return 1
	case a.alt != b.alt && p.names.alike(a.alt, b.alt):
		return 2
	case similar.Typo(a.tight, b.tight):
		return 3
	case (a.flag || b.flag) && a.tight[0] == b.tight[0] || partOf(a, b):
		return 4
	case swapped:
		return 6
	case soundsAlike(a, b) || alike(a, b) >= 0.87:
		return 5
	}
	return 7
}

func compareSurname(a, b *value, swapped bool) uint8 {
	switch {
	case !a.known() || !b.known():
		return 0
	case a.tight == b.tight:
		return 1
	case similar.Typo(a.tight, b.tight):
		return 2
	case (a.flag || b.flag) && a.tight[0] == b.tight[0] || partOf(a, b):
		return 3
	case swapped:
		return 5
	case soundsAlike(a, b) || alike(a, b) >= 0.88:
		return 4
	}
	return 6
}

func soundsAlike(a, b *value) bool { return len(a.alt2) > 1 && a.alt2 == b.alt2 }

// partOf reports whether one name has all words of the other, or begins with it ("Mary Ann" and "Mary", "Alex" and
// "Alexandru").
func partOf(a, b *value) bool {
	x, y := a.text, b.text
	if len(x) > len(y) || len(x) == len(y) && x > y {
		x, y = y, x
	}
	if len(x) >= 3 && strings.HasPrefix(y, x) {
		return true
	}
	if !strings.Contains(y, " ") {
		return false
	}
	for x != "" {
		var w string
		w, x, _ = strings.Cut(x, " ")
		if !hasWord(y, w) {
			return false
		}
	}
	return true
}

// hasWord reports whether w is one of the words of s, which single spaces part.
func hasWord(s, w string) bool {
	for s != "" {
		var x string
		if x, s, _ = strings.Cut(s, " "); x == w {
			return true
		}
	}
	return false
}

// swappedNames reports whether two people's names fit crosswise and not as they stand.
func swappedNames(givenA, familyA, givenB, familyB *value) bool {
	if givenA.tight == givenB.tight && givenA.known() || familyA.tight == familyB.tight && familyA.known() {
		return false
	}
	one, two := likeName(givenA, familyB), likeName(familyA, givenB)
	switch {
	case one && two:
		return true
	case one:
		return !familyA.known() || !givenB.known()
	case two:
		return !givenA.known() || !familyB.known()
	}
	return false
}

func likeName(a, b *value) bool {
	return a.known() && b.known() && len(a.tight) > 1 && (a.tight == b.tight || similar.Typo(a.tight, b.tight))
}
