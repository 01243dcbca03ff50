package filter

import (
	"strings"
	"time"

	"winnow/backend/internal/config/suggest"
	"winnow/backend/internal/id"
)

// condition is one comparison. values holds the words as written; args what they mean.
type condition struct {
	field  field
	op     op
	name   token
	values []token
	args   []any
	env    Env
}

// check reads the values by the field's kind and returns the node that compares them.
func (c condition) check(env Env) (node, error) {
	c.env = env
	for _, v := range c.values {
		arg, err := c.read(v, env)
		if err != nil {
			return nil, err
		}
		c.args = append(c.args, arg)
	}
	if c.field.kind == kindGrade {
		return c.grades(), nil
	}
	return c, nil
}

func (c condition) read(v token, env Env) (any, error) {
	switch c.field.kind {
	case kindStatus:
		return oneOf(v, strings.ToLower(v.text), "status", statuses())
	case kindGrade:
		return oneOf(v, strings.ToUpper(v.text), "grade", grades())
	case kindCode:
		return strings.ToLower(v.text), nil
	case kindInt:
		return readInt(v)
	case kindMoney:
		return readMicros(v)
	case kindTime:
		return readTime(v, env.Now)
	case kindWord:
		return c.word(v)
	case kindID, kindOf:
		return c.readID(v, env)
	default:
		return v.text, nil
	}
}

func (c condition) readID(v token, env Env) (any, error) {
	if strings.EqualFold(v.text, "me") && c.field.column == "owner_id" {
		if env.UserID == "" {
			return nil, bad(v.at, "value_wrong", "“me” means nobody here; write a user's id")
		}
		return env.UserID, nil
	}
	s := strings.ToLower(v.text)
	if !id.Valid(s) {
		return nil, bad(v.at, "value_wrong", "“%s” is not an id; ids look like 0190b6a0-5d2c-7b7e-9d35-0c7b2a4f1e11", Clip(v.text))
	}
	return s, nil
}

func oneOf(v token, word, what string, allowed []string) (any, error) {
	for _, a := range allowed {
		if a == word {
			return a, nil
		}
	}
	return nil, bad(v.at, "value_wrong", "“%s” is not a %s; use one of %s.%s", Clip(v.text), what, strings.Join(allowed, " "), suggest.Hint(word, allowed))
}

// statuses and grades repeat what package lead defines; a test there holds them together.
func statuses() []string {
	return []string{"new", "qualified", "disqualified", "contacted", "replied", "won", "lost", "archived"}
}

func grades() []string { return []string{"A+", "A", "B", "C", "D"} }

// Statuses are the status words that a filter knows.
func Statuses() []string { return statuses() }

// Grades are the grades that a filter knows, best first.
func Grades() []string { return grades() }

// grades turns an ordered comparison into the list of grades that pass it: >= B is A+, A, B. A lead without a grade
// passes only != and "empty".
func (c condition) grades() node {
	switch c.op {
	case opLt, opLe, opGt, opGe:
	default:
		return c
	}
	rank := 0
	for i, g := range grades() {
		if g == c.args[0] {
			rank = i
		}
	}
	var pass []any
	for i, g := range grades() {
		better := i < rank
		if (i == rank && (c.op == opLe || c.op == opGe)) || (i != rank && better == (c.op == opGt || c.op == opGe)) {
			pass = append(pass, g)
		}
	}
	c.op, c.args = opIn, pass
	if len(pass) == 0 {
		return nothing{}
	}
	return c
}

// moment is a point or a stretch of time: a day counts from its first to before its last instant.
type moment struct{ from, to time.Time } // to: first instant after; equal to from for a point

func (m moment) point() bool { return m.from.Equal(m.to) }
