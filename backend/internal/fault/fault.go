// Package fault names the kinds of error that Winnow knows. It imports nothing of Winnow and never formats for a transport.
package fault

import (
	"errors"
	"fmt"
	"strings"
	"time"
)

// Kind classes an error by what the caller can do about it.
type Kind string

// The kinds. Internal is the zero meaning: anything that is not a *Error.
const (
	Internal        Kind = "internal"
	Invalid         Kind = "invalid"         // the input is wrong; Fields say where
	Unauthenticated Kind = "unauthenticated" // nobody is signed in
	Forbidden       Kind = "forbidden"       // signed in, not allowed
	NotFound        Kind = "not_found"       // no such thing, or not yours to see
	Conflict        Kind = "conflict"        // the state does not allow it
	Stale           Kind = "stale"           // If-Match did not match
	TooLarge        Kind = "too_large"       // over a size bound
	RateLimited     Kind = "rate_limited"    // try again after RetryAfter
	BudgetExceeded  Kind = "budget_exceeded" // a money ceiling would be passed
	Unavailable     Kind = "unavailable"     // a part we need is down
)

// Field is one bad field of an input.
type Field struct {
	Name    string `json:"name"`    // JSON name or dotted path
	Code    string `json:"code"`    // stable, e.g. "required", "too_long"
	Message string `json:"message"` // for people: what is wrong and how to mend it
}

// Error is the one error type that crosses rooms.
type Error struct {
	Kind       Kind
	Code       string // stable, noun_reason, e.g. "lead_not_found"; shown to API users
	Op         string // "intake.Accept"; for the log
	Msg        string // for people: what happened, why, what next
	Fields     []Field
	RetryAfter time.Duration
	More       map[string]any // further facts for programs, told under the names that the transport knows
	Err        error          // the cause; logged, never shown
}

func (e *Error) Error() string {
	var b strings.Builder
	if e.Op != "" {
		b.WriteString(e.Op + ": ")
	}
	b.WriteString(e.Msg)
	for _, f := range e.Fields {
		b.WriteString("; " + f.Name + ": " + f.Message)
	}
	if e.Err != nil {
		b.WriteString(": " + e.Err.Error())
	}
	return b.String()
}

func (e *Error) Unwrap() error { return e.Err }

// New makes an error of a kind with a stable code and a message for people.
func New(kind Kind, code, msg string) *Error { return &Error{Kind: kind, Code: code, Msg: msg} }

// Newf is New with a format.
func Newf(kind Kind, code, format string, args ...any) *Error {
	return New(kind, code, fmt.Sprintf(format, args...))
}

// Wrap gives a cause a kind, code and message.
func Wrap(err error, kind Kind, code, msg string) *Error {
	return &Error{Kind: kind, Code: code, Msg: msg, Err: err}
}

// InvalidFields is an Invalid error that lists every bad field.
func InvalidFields(code, msg string, fields ...Field) *Error {
	return &Error{Kind: Invalid, Code: code, Msg: msg, Fields: fields}
}

// KindOf is the kind of the nearest *Error in err's chain, else Internal. KindOf(nil) is "".
func KindOf(err error) Kind {
	if err == nil {
		return ""
	}
	if e, ok := errors.AsType[*Error](err); ok {
		return e.Kind
	}
	return Internal
}

// Is reports whether err is of a kind.
func Is(err error, kind Kind) bool { return KindOf(err) == kind }

// CodeOf is the stable code of the nearest *Error in err's chain, else "internal".
func CodeOf(err error) string {
	if e, ok := errors.AsType[*Error](err); ok {
		return e.Code
	}
	return "internal"
}

// Words tells an error to people: every bad field on its own line, and the cause where it is not theirs to mend.
func Words(err error) string {
	f, ok := errors.AsType[*Error](err)
	if !ok {
		return err.Error()
	}
	lines := []string{f.Msg}
	for _, field := range f.Fields {
		lines = append(lines, field.Name+": "+field.Message)
	}
	if f.Err != nil && f.Kind != Invalid {
		lines = append(lines, "cause: "+f.Err.Error())
	}
	return strings.Join(lines, "\n  ")
}
