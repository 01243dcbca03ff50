package places

import (
	"strings"
	"time"

	"winnow/backend/internal/collect/page"
)

// Trouble is an error of the API; the old API says it with HTTP 200.
type Trouble struct {
	Status, Message string
	Stop            bool // the key or the project: its owner must act
	Ours            bool // the question was wrong
	After           time.Duration
}

// TroubleOf is the error that an answer reports, nil when it reports none.
func TroubleOf(v any) *Trouble {
	m := asMap(v)
	e := asMap(m["error"])
	if l, ok := v.([]any); ok && len(l) > 0 {
		e = asMap(asMap(l[0])["error"])
	}
	status, message := page.Str(e["status"]), page.Str(e["message"])
	if e == nil {
		status, message = page.Str(m["status"]), page.Str(m["error_message"])
		switch status {
		case "REQUEST_DENIED", "OVER_QUERY_LIMIT", "OVER_DAILY_LIMIT", "INVALID_REQUEST", "UNKNOWN_ERROR", "NOT_FOUND":
		default:
			return nil
		}
	}
	t := &Trouble{Status: status, Message: message}
	switch status {
	case "PERMISSION_DENIED", "UNAUTHENTICATED", "REQUEST_DENIED":
		t.Stop = true
	case "RESOURCE_EXHAUSTED", "OVER_QUERY_LIMIT", "OVER_DAILY_LIMIT":
		t.After = time.Minute
		if strings.Contains(strings.ToLower(message), "per day") || status == "OVER_DAILY_LIMIT" {
			t.After = 24 * time.Hour
		}
	case "INVALID_ARGUMENT":
		t.Ours = true
		t.Stop = strings.Contains(strings.ToLower(message), "api key not valid")
	case "INVALID_REQUEST": // also a page token that is used too early
		t.After, t.Ours = 2*time.Second, true
	case "NOT_FOUND":
		t.Ours = true
	default:
		t.After = 30 * time.Second
	}
	return t
}

// Advice is the trouble in words.
func (t *Trouble) Advice() string {
	switch {
	case t.Stop:
		return "Google does not accept the key for the Places API: look at the key and whether the API is enabled in its project. Google says: " + t.Message
	case t.Ours:
		return "Google refused the question: " + t.Message
	case t.After >= time.Hour:
		return "The key's quota for today is used up. Google says: " + t.Message
	}
	return "Google asks us to wait: " + t.Message
}
