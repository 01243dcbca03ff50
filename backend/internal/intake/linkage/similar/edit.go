package similar

// Distance counts the letters to insert, delete, replace or swap with their neighbour that make a of b. It stops
// counting above limit: anything greater means "more than limit".
func Distance(a, b string, limit int) int {
	a, b = trimCommon(a, b)
	if len(a) < len(b) {
		a, b = b, a
	}
	if len(a)-len(b) > limit || len(a) > most {
		return limit + 1
	}
	if len(b) == 0 {
		return len(a)
	}
	return distance(a, b, limit)
}

// distance fills the usual table three rows at a time; b is not longer than a, and both fit the rows.
func distance(a, b string, limit int) int {
	var rows [3][most + 1]uint8
	before, prev, cur := &rows[0], &rows[1], &rows[2]
	for j := range len(b) + 1 {
		prev[j] = uint8(j)
	}
	for i := 1; i <= len(a); i++ {
		cur[0] = uint8(i)
		least := cur[0]
		for j := 1; j <= len(b); j++ {
			cost := uint8(1)
			if a[i-1] == b[j-1] {
				cost = 0
			}
			d := min(prev[j]+1, cur[j-1]+1, prev[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				d = min(d, before[j-2]+1)
			}
			cur[j] = d
			least = min(least, d)
		}
		if int(least) > limit {
			return limit + 1
		}
		before, prev, cur = prev, cur, before
	}
	return int(prev[len(b)])
}

// trimCommon takes off what both begin and end with.
func trimCommon(a, b string) (string, string) {
	for len(a) > 0 && len(b) > 0 && a[0] == b[0] {
		a, b = a[1:], b[1:]
	}
	for len(a) > 0 && len(b) > 0 && a[len(a)-1] == b[len(b)-1] {
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	return a, b
}

// Typo reports whether a and b differ by what a slip of the hand makes: one letter, two in a longer word.
func Typo(a, b string) bool {
	n := min(len(a), len(b))
	switch {
	case n < 3:
		return false
	case n < 7:
		return Distance(a, b, 1) <= 1
	}
	return Distance(a, b, 2) <= 2
}
