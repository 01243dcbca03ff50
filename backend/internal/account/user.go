package account

import (
	"net/mail"
	"strings"
	"time"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"winnow/backend/internal/fault"
	"winnow/backend/internal/platform/db"
)

// User is somebody who may sign in.
type User struct {
	ID           string `gorm:"primaryKey"`
	Email        string // as written; mail goes here
	EmailKey     string // Email folded, unique
	Name         string
	Role         Role
	PasswordHash string // "" until an invitation is accepted
	DisabledAt   *time.Time
	SignedInAt   *time.Time
	CreatedAt    time.Time
	UpdatedAt    time.Time
	Version      int
	Preferences  db.JSON[Preferences]
}

// TableName is users.
func (User) TableName() string { return "users" }

// Invited reports whether the user has not accepted the invitation yet.
func (u User) Invited() bool { return u.PasswordHash == "" }

// ParseRole checks a role's name.
func ParseRole(s string) (Role, bool) {
	switch r := Role(s); r {
	case RoleViewer, RoleUser, RoleAdmin:
		return r, true
	}
	return "", false
}

// Bounds of what a user may be called, in characters.
const (
	maxEmail = 254
	maxName  = 120
)

// ParseEmail checks an address and gives it back trimmed, together with the key under which it is unique: two
// addresses that look alike have one key.
func ParseEmail(s string) (email, key string, ok bool) {
	s = norm.NFC.String(strings.TrimSpace(s))
	if len(s) > maxEmail || strings.IndexFunc(s, func(r rune) bool { return unicode.IsControl(r) || unicode.IsSpace(r) }) >= 0 {
		return "", "", false
	}
	a, err := mail.ParseAddress(s)
	if err != nil || a.Name != "" || a.Address != s || strings.ContainsAny(s, `"<>`) {
		return "", "", false
	}
	return s, foldEmail(s), true
}

func foldEmail(s string) string { return strings.ToLower(norm.NFKC.String(strings.TrimSpace(s))) }

func checkName(s string) (string, *fault.Field) {
	s = norm.NFC.String(strings.TrimSpace(s))
	switch {
	case s == "":
		return "", &fault.Field{Name: "name", Code: "required", Message: "Give a name."}
	case len([]rune(s)) > maxName:
		return "", &fault.Field{Name: "name", Code: "too_long", Message: "At most 120 characters."}
	case strings.IndexFunc(s, unicode.IsControl) >= 0:
		return "", &fault.Field{Name: "name", Code: "wrong_form", Message: "Must not hold line breaks or control characters."}
	}
	return s, nil
}

func emailField() fault.Field {
	return fault.Field{Name: "email", Code: "wrong_form", Message: "Must be an e-mail address such as ann@example.com."}
}

func inputFault(fields ...*fault.Field) error {
	var bad []fault.Field
	for _, f := range fields {
		if f != nil {
			bad = append(bad, *f)
		}
	}
	if len(bad) == 0 {
		return nil
	}
	return fault.InvalidFields("input_invalid", "Some fields are not right; see each one.", bad...)
}
