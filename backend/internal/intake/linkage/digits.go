package linkage

import "strings"

// digitsOnly is s without all but its digits.
func digitsOnly(s string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, s)
}

// sameDigits reports whether two texts have the same digits in the same order; it allocates nothing.
func sameDigits(a, b string) bool {
	i, j := 0, 0
	for {
		for i < len(a) && !digit(a[i]) {
			i++
		}
		for j < len(b) && !digit(b[j]) {
			j++
		}
		if i == len(a) || j == len(b) {
			return i == len(a) && j == len(b)
		}
		if a[i] != b[j] {
			return false
		}
		i, j = i+1, j+1
	}
}

func digit(c byte) bool { return c >= '0' && c <= '9' }

func hasDigit(s string) bool { return strings.ContainsAny(s, "0123456789") }
