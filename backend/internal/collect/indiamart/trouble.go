package indiamart

import (
	"strconv"
	"strings"
	"time"

	"winnow/backend/internal/collect/page"
)

// Action is what an answer of the Pull API asks for.
type Action string

// The actions.
const (
	Go    Action = "go"    // leads, or none; go on as planned
	Wait  Action = "wait"  // try again after Trouble.After
	Stop  Action = "stop"  // the key does not work: its owner must act
	Mend  Action = "mend"  // the question was wrong: a fault of ours
	Later Action = "later" // the key is fresh: history comes later
)

// Trouble is what the Pull API says when it brings no leads. HTTP 200 may wrap it.
type Trouble struct {
	Code    int
	Message string
	Action  Action
	After   time.Duration
}

// TroubleOf reads code and message of an answer; nil when all is well.
func TroubleOf(body []byte) *Trouble {
	v, err := page.ParseJSON(body)
	if err != nil {
		return nil
	}
	m, ok := v.(map[string]any)
	if !ok {
		return nil
	}
	code, err := strconv.Atoi(page.FirstStr(m, "CODE", "code"))
	if err != nil || code == 200 {
		return nil
	}
	return trouble(code, page.FirstStr(m, "MESSAGE", "message", "STATUS"))
}

func trouble(code int, message string) *Trouble {
	t := &Trouble{Code: code, Message: message}
	low := strings.ToLower(message)
	switch {
	case code == 429 && strings.Contains(low, "too many requests"):
		t.Action, t.After = Wait, 15*time.Minute
	case code == 429:
		t.Action, t.After = Wait, 5*time.Minute
	case code == 401 || code == 403:
		t.Action = Stop
	case code == 204 && strings.Contains(low, "24 hours"):
		t.Action, t.After = Later, 24*time.Hour
	case code == 204:
		t.Action = Go
	case code >= 400 && code < 500:
		t.Action = Mend
	default:
		t.Action, t.After = Wait, 30*time.Second
	}
	return t
}

// Advice is the trouble in words: what happened, why, what next.
func (t *Trouble) Advice() string {
	low := strings.ToLower(t.Message)
	switch t.Action {
	case Wait:
		return "IndiaMART asks us to wait: " + t.Message
	case Later:
		return "The key is new; IndiaMART shows its leads after 24 hours: " + t.Message
	case Stop:
		switch {
		case strings.Contains(low, "generated"):
			return "A newer key was made in the Lead Manager and this one died: enter the new key. IndiaMART says: " + t.Message
		case strings.Contains(low, "expired"):
			return "The key has expired because it was not used: make a new one in the Lead Manager. IndiaMART says: " + t.Message
		}
		return "IndiaMART does not accept the key: copy it again from the Lead Manager. IndiaMART says: " + t.Message
	case Mend:
		return "IndiaMART refused the dates of the question: " + t.Message
	default:
		return t.Message
	}
}
