package linkedin

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/google/uuid"

	"winnow/backend/internal/fault"
)

// Challenge answers LinkedIn's question whether we hold the secret. It answers a UUID of version 4 only: anything else could
// be the body of a forged notification, which the answer would sign.
func Challenge(code, clientSecret string) (response string, err error) {
	u, err := uuid.Parse(code)
	if err != nil || u.Version() != 4 || !strings.EqualFold(u.String(), code) {
		return "", fault.New(fault.Invalid, "challenge_refused", "The challenge is no UUID of version 4, so it is not answered: signing anything else would let others forge notifications.")
	}
	return sign(code, clientSecret), nil
}

// Signed reports whether a notification's body was signed with the secret.
func Signed(body []byte, signature, clientSecret string) bool {
	return hmac.Equal([]byte(sign("hmacsha256="+string(body), clientSecret)), []byte(strings.TrimPrefix(strings.TrimSpace(signature), "hmacsha256=")))
}

func sign(text, secret string) string {
	h := hmac.New(sha256.New, []byte(secret))
	h.Write([]byte(text))
	return hex.EncodeToString(h.Sum(nil))
}

// Notification says that a form was answered, or that the member has taken the answer back.
type Notification struct {
	Type       string          `json:"type"`
	Action     string          `json:"leadAction"`
	Response   string          `json:"leadGenFormResponse"`
	Form       string          `json:"leadGenForm"`
	Owner      json.RawMessage `json:"owner"`
	LeadType   string          `json:"leadType"`
	OccurredAt int64           `json:"occurredAt"`
}

// Withdrawn reports whether the member has taken back the consent: what was stored of the answer has to go.
func (n Notification) Withdrawn() bool { return n.Action == "DELETED" }

// Key is the same for every delivery of the same notification.
func (n Notification) Key() string { return fmt.Sprintf("%s@%d", n.Response, n.OccurredAt) }

// ParseNotification reads the body of a notification.
func ParseNotification(body []byte) (Notification, error) {
	var n Notification
	if err := json.Unmarshal(body, &n); err != nil {
		return n, fault.Wrap(err, fault.Invalid, "notification_unreadable", "The notification is no JSON object.")
	}
	if n.Type != "LEAD_ACTION" || n.Response == "" || (n.Action != "CREATED" && n.Action != "DELETED") {
		return n, fault.New(fault.Invalid, "notification_unknown", "The notification does not say that a lead form was answered or taken back.")
	}
	return n, nil
}
