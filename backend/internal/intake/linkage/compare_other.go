package linkage

import (
	"math"
	"strings"

	"winnow/backend/internal/intake/linkage/similar"
)

func compareLocality(a, b *value) uint8 {
	switch {
	case !a.known() || !b.known():
		return 0
	case a.tight == b.tight:
		return 1
	case similar.Typo(a.tight, b.tight) || alike(a, b) >= 0.93:
		return 2
	case partOf(a, b):
		return 3
	}
	return 4
}

func comparePostcode(a, b *value) uint8 {
	switch {
	case !a.known() || !b.known():
		return 0
	case a.tight == b.tight:
		return 1
	case len(a.tight) > 3 && similar.Distance(a.tight, b.tight, 1) <= 1:
		return 2
	case len(a.tight) > 4 && len(b.tight) > 4 && a.tight[:3] == b.tight[:3]:
		return 3
	}
	return 4
}

func compareState(a, b *value) uint8 {
	switch {
	case !a.known() || !b.known():
		return 0
	case a.tight == b.tight:
		return 1
	case len(a.tight) > 2 && len(b.tight) > 2 && similar.Distance(a.tight, b.tight, 1) <= 1:
		return 2
	}
	return 3
}

// compareSame knows only same and different.
func compareSame(a, b *value) uint8 {
	level := uint8(0)
	eachPair(a, b, func(x, y *value) {
		if x.tight == y.tight {
			level = 1
		} else if level == 0 {
			level = 2
		}
	})
	return level
}

func compareCategory(a, b *value) uint8 {
	switch {
	case !a.known() || !b.known():
		return 0
	case a.tight == b.tight:
		return 1
	case similar.Typo(a.tight, b.tight) || partOf(a, b):
		return 2
	}
	return 3
}

func compareDate(a, b *value) uint8 {
	if !a.known() || !b.known() {
		return 0
	}
	if a.tight == b.tight {
		return 1
	}
	ya, ma, da := a.tight[:4], a.tight[4:6], a.tight[6:]
	yb, mb, db := b.tight[:4], b.tight[4:6], b.tight[6:]
	same := 0
	for _, eq := range []bool{ya == yb, ma == mb, da == db} {
		if eq {
			same++
		}
	}
	switch {
	case ya == yb && ma == db && da == mb:
		return 2
	case similar.Distance(a.tight, b.tight, 1) <= 1:
		return 3
	case same == 2:
		return 4
	case ya == yb:
		return 5
	}
	return 6
}

func comparePhone(a, b *value) uint8 {
	best := uint8(0)
	eachPair(a, b, func(x, y *value) {
		l := uint8(4)
		switch {
		case samePhone(x, y):
			l = 1
		case len(x.tight) == len(y.tight) && similar.Distance(x.tight, y.tight, 1) <= 1:
			l = 2
		case len(x.alt2) == 7 && x.alt2 == y.alt2:
			l = 3
		}
		if best == 0 || l < best {
			best = l
		}
	})
	return best
}

// samePhone: one is the other's end, so that +49 30 1234567 and 030 1234567 are one.
func samePhone(a, b *value) bool {
	x, y := a.text, b.text
	if len(x) > len(y) {
		x, y = y, x
	}
	return len(x) >= 7 && (x == y || len(x) >= 8 && strings.HasSuffix(y, x))
}

func compareEmail(a, b *value) uint8 {
	best := uint8(0)
	eachPair(a, b, func(x, y *value) {
		if l := emailLevel(x, y); best == 0 || l < best {
			best = l
		}
	})
	return best
}

func emailLevel(a, b *value) uint8 {
	sameHost := a.alt2 == b.alt2
	switch {
	case a.tight == b.tight && a.flag:
		return 4
	case a.tight == b.tight:
		return 1
	case a.flag || b.flag:
	case likeAddress(a, b, sameHost):
		return 2
	case len(a.alt) > 4 && a.alt == b.alt:
		return 3
	}
	if sameHost && !freemail(a.alt2) {
		return 5
	}
	return 6
}

// likeAddress: a slip of the hand apart. At a freemail host a single letter may be another person; in a firm the first
// letter mostly is one.
func likeAddress(a, b *value, sameHost bool) bool {
	switch {
	case sameHost && freemail(a.alt2):
		return len(a.alt) >= 8 && sameDigits(a.alt, b.alt) && similar.Distance(a.alt, b.alt, 1) <= 1
	case sameHost:
		return len(a.alt) >= 4 && a.alt[0] == b.alt[0] && similar.Distance(a.alt, b.alt, 2) <= 2 && len(a.alt)+len(b.alt) > 9
	}
	host := similar.Distance(a.alt2, b.alt2, 2)
	left := 3 + min(len(a.alt), len(b.alt))/9 - host
	return host <= 2 && min(len(a.alt2), len(b.alt2)) > 6 && similar.Distance(a.alt, b.alt, left) <= left && min(len(a.alt), len(b.alt)) > 3
}

func compareWebsite(a, b *value) uint8 {
	best := uint8(0)
	eachPair(a, b, func(x, y *value) {
		l := uint8(3)
		switch {
		case x.tight == y.tight || strings.HasSuffix(x.tight, "."+y.tight) || strings.HasSuffix(y.tight, "."+x.tight):
			l = 1
		case similar.Typo(x.tight, y.tight):
			l = 2
		}
		if best == 0 || l < best {
			best = l
		}
	})
	return best
}

func compareID(a, b *value) uint8 {
	best := uint8(0)
	eachPair(a, b, func(x, y *value) {
		l := uint8(3)
		switch {
		case x.tight == y.tight:
			l = 1
		case len(x.tight) > 4 && similar.Distance(x.tight, y.tight, 1) <= 1:
			l = 2
		}
		if best == 0 || l < best {
			best = l
		}
	})
	return best
}

func compareNumber(a, b *value) uint8 {
	switch {
	case !a.known() || !b.known():
		return 0
	case a.tight == b.tight:
		return 1
	case similar.Distance(a.tight, b.tight, 1) <= 1 && len(a.tight) > 1 && len(b.tight) > 1:
		return 2
	case !a.flag && !b.flag && math.Abs(a.n-b.n) <= 0.05*max(math.Abs(a.n), math.Abs(b.n)):
		return 3
	}
	return 4
}
