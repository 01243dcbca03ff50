package polite

import (
	"net/http"
	"strconv"
	"strings"
	"time"
)

// retryAfter reads Retry-After: seconds, or a date of which a past one means now. ok is false for what is neither, so
// that the caller backs off by itself; what is longer than limit is cut to it.
func retryAfter(value string, now time.Time, limit time.Duration) (wait time.Duration, ok bool) {
	value = strings.TrimSpace(value)
	if value == "" {
		return 0, false
	}
	if digits(value) {
		n, err := strconv.ParseInt(value, 10, 64)
		if err != nil || n > int64(limit/time.Second) {
			return limit, true // longer than any number that is meant
		}
		return time.Duration(n) * time.Second, true
	}
	at, err := http.ParseTime(value)
	if err != nil {
		return 0, false
	}
	return min(max(at.Sub(now), 0), limit), true
}

func digits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}
