package config

import (
	"fmt"
	"strconv"
	"strings"
)

// Micros is money in millionths of the currency's unit: 1.50 USD is 1500000.
type Micros int64

// maxMicros keeps sums of prices far from overflow: a million units.
const maxMicros Micros = 1_000_000 * 1_000_000

// ParseMicros reads a plain decimal number such as "0.25" exactly, without floating point. It refuses signs,
// exponents, more than six decimals and more than a million units.
func ParseMicros(s string) (Micros, error) {
	bad := fmt.Errorf("%q is not an amount such as 0.25 (at most six decimals, at most 1000000)", s)
	whole, frac, dotted := strings.Cut(s, ".")
	if whole == "" || (dotted && frac == "") || len(frac) > 6 || !digits(whole) || !digits(frac) {
		return 0, bad
	}
	n, err := strconv.ParseInt(whole+frac+strings.Repeat("0", 6-len(frac)), 10, 64)
	if err != nil || Micros(n) > maxMicros {
		return 0, bad
	}
	return Micros(n), nil
}

func digits(s string) bool {
	for _, r := range s {
		if r < '0' || r > '9' {
			return false
		}
	}
	return true
}

// String is the amount in units with at least two decimals: "0.25", "0.000001".
func (m Micros) String() string {
	sign := ""
	if m < 0 {
		sign, m = "-", -m
	}
	frac := fmt.Sprintf("%06d", m%1_000_000)
	for len(frac) > 2 && frac[len(frac)-1] == '0' {
		frac = frac[:len(frac)-1]
	}
	return fmt.Sprintf("%s%d.%s", sign, m/1_000_000, frac)
}
