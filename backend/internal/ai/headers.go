package ai

import (
	"net/http"
	"strconv"
	"strings"
	"time"
)

// maxPause bounds how long a provider may make us wait.
const maxPause = time.Hour

// pauseOf is how long the provider asks to wait: Retry-After, else the x-ratelimit-reset-* of what is used up, else
// fallback.
func pauseOf(h http.Header, now time.Time, fallback time.Duration) time.Duration {
	if ms := h.Get("Retry-After-Ms"); ms != "" {
		if n, err := strconv.ParseFloat(ms, 64); err == nil && n >= 0 {
			return bounded(time.Duration(n * float64(time.Millisecond)))
		}
	}
	if v := h.Get("Retry-After"); v != "" {
		if d, ok := span(v, now); ok {
			return bounded(d)
		}
	}
	if d := usedUp(h, now); d > 0 {
		return bounded(d)
	}
	return fallback
}

// usedUp is how long until the limits whose remainder is 0 are reset; 0 when none is used up.
func usedUp(h http.Header, now time.Time) time.Duration {
	var longest time.Duration
	for _, what := range []string{"requests", "tokens"} {
		for _, form := range [][2]string{
			{"x-ratelimit-remaining-" + what, "x-ratelimit-reset-" + what},
			{"anthropic-ratelimit-" + what + "-remaining", "anthropic-ratelimit-" + what + "-reset"},
		} {
			left, err := strconv.Atoi(h.Get(form[0]))
			if err != nil || left > 0 {
				continue
			}
			if d, ok := span(h.Get(form[1]), now); ok {
				longest = max(longest, d)
			}
		}
	}
	return bounded(longest)
}

// limitsOf are the provider's own limits a minute, 0 where it names none.
func limitsOf(h http.Header) (requests, tokens int) {
	return atoi(h.Get("x-ratelimit-limit-requests")), atoi(h.Get("x-ratelimit-limit-tokens"))
}

func atoi(s string) int {
	n, err := strconv.Atoi(strings.TrimSpace(s))
	if err != nil || n < 0 {
		return 0
	}
	return n
}

// span reads a wait in any of its forms: seconds, a Go-like duration (1m30s), an HTTP date or an RFC 3339 time.
func span(s string, now time.Time) (time.Duration, bool) {
	s = strings.TrimSpace(s)
	if n, err := strconv.ParseFloat(s, 64); err == nil && n >= 0 && n < 1e6 {
		return time.Duration(n * float64(time.Second)), true
	}
	if d, err := time.ParseDuration(s); err == nil && d >= 0 {
		return d, true
	}
	if t, err := http.ParseTime(s); err == nil {
		return max(0, t.Sub(now)), true
	}
	if t, err := time.Parse(time.RFC3339, s); err == nil {
		return max(0, t.Sub(now)), true
	}
	return 0, false
}

func bounded(d time.Duration) time.Duration { return min(max(d, 0), maxPause) }
