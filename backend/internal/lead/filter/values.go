package filter

import (
	"math"
	"math/big"
	"strconv"
	"strings"
	"time"
)

func readInt(v token) (any, error) {
	n, err := strconv.ParseInt(v.text, 10, 32)
	if err != nil {
		return nil, bad(v.at, "value_wrong", "“%s” is not a whole number", Clip(v.text))
	}
	return n, nil
}

// readMicros reads 1500 or 99.90 as micro-units.
func readMicros(v token) (any, error) {
	r, ok := new(big.Rat).SetString(v.text)
	if !ok || len(v.text) > 30 || strings.ContainsAny(v.text, "eEpPxX/_") {
		return nil, bad(v.at, "value_wrong", "“%s” is not an amount; write it like 1500 or 99.90", Clip(v.text))
	}
	r.Mul(r, big.NewRat(1_000_000, 1))
	n := new(big.Int).Quo(r.Num(), r.Denom())
	if !n.IsInt64() {
		return nil, bad(v.at, "value_wrong", "“%s” is too large", Clip(v.text))
	}
	return n.Int64(), nil
}

// readTime reads -14d, now, today, yesterday, 2026-11-25 (that day in UTC) or an RFC 3339 time.
func readTime(v token, now time.Time) (any, error) {
	now = now.UTC().Truncate(time.Microsecond)
	day := time.Date(now.Year(), now.Month(), now.Day(), 0, 0, 0, 0, time.UTC)
	switch strings.ToLower(v.text) {
	case "now":
		return moment{now, now}, nil
	case "today":
		return moment{day, day.AddDate(0, 0, 1)}, nil
	case "yesterday":
		return moment{day.AddDate(0, 0, -1), day}, nil
	}
	if t, ok := relative(v.text, now); ok {
		return moment{t, t}, nil
	}
	if t, err := time.Parse(time.DateOnly, v.text); err == nil && sane(t) {
		return moment{t, t.AddDate(0, 0, 1)}, nil
	}
	if t, err := time.Parse(time.RFC3339, v.text); err == nil && sane(t.UTC()) {
		t = t.UTC().Truncate(time.Microsecond)
		return moment{t, t}, nil
	}
	return nil, bad(v.at, "value_wrong", "“%s” is not a time; write it like -14d, today, 2026-11-25 or 2026-11-25T10:00:00Z", Clip(v.text))
}

// sane keeps to years that both databases and the text form hold in order.
func sane(t time.Time) bool { return t.Year() >= 1 && t.Year() <= 9998 }

// relative reads a sign, a number and a unit: h(ours) d(ays) w(eeks) m(onths) y(ears).
func relative(s string, now time.Time) (time.Time, bool) {
	if len(s) < 3 || (s[0] != '-' && s[0] != '+') || s[1] < '0' || s[1] > '9' {
		return now, false
	}
	n, err := strconv.Atoi(s[:len(s)-1])
	if err != nil || n > math.MaxInt16 || n < -math.MaxInt16 {
		return now, false
	}
	var t time.Time
	switch s[len(s)-1] {
	case 'h', 'H':
		t = now.Add(time.Duration(n) * time.Hour)
	case 'd', 'D':
		t = now.AddDate(0, 0, n)
	case 'w', 'W':
		t = now.AddDate(0, 0, 7*n)
	case 'm', 'M':
		t = now.AddDate(0, n, 0)
	case 'y', 'Y':
		t = now.AddDate(n, 0, 0)
	default:
		return now, false
	}
	return t, sane(t)
}
