// Package filter reads the one filter language of lists, exports, segments and rules, and turns it into database
// conditions with bound values:
//
//	grade in (A+,A) and source = linkedin and created_at > -14d and not (tags has vip)
//
// Field names are looked up in a fixed table of columns; no text of a filter ever becomes SQL.
package filter

import (
	"time"

	"gorm.io/gorm/clause"

	"winnow/backend/internal/platform/db"
)

// Bounds on a filter, so that no filter can be made to cost much.
const (
	MaxLength = 4000 // bytes of text
	MaxDepth  = 20   // nested parentheses and nots
	MaxTerms  = 60   // conditions
	MaxValues = 500  // values of all lists together
)

// Env is what a filter may refer to besides the lead.
type Env struct {
	Now       time.Time  // for "-14d", "now" and "today"
	UserID    string     // for "owner = me"
	All       bool       // the viewer sees every lead
	Relations []Relation // what other rooms let leads be found by
}

// Filter is a parsed and checked filter. The zero Filter lets every lead through.
type Filter struct {
	text string
	root node
}

// Parse reads a filter; blank text lets every lead through. Fault: Invalid with the position (character, from 1) of
// what is wrong and, for a misspelt name, what was probably meant.
func Parse(text string, env Env) (Filter, error) {
	tokens, err := lex(text)
	if err != nil {
		return Filter{}, err
	}
	if tokens[0].kind == tokEnd {
		return Filter{}, nil
	}
	p := parser{tokens: tokens, env: env}
	root, err := p.all()
	if err != nil {
		return Filter{}, err
	}
	return Filter{text: text, root: root}, nil
}

// Empty reports whether the filter lets every lead through.
func (f Filter) Empty() bool { return f.root == nil }

// String is the text that was parsed.
func (f Filter) String() string { return f.text }

// Where is the condition on the leads table in a dialect, nil when the filter is empty.
func (f Filter) Where(d db.Dialect) clause.Expression {
	if f.root == nil {
		return nil
	}
	return f.root.build(d)
}

// node is a part of a filter. The condition that it builds is never NULL, so that "not" means what it says.
type node interface {
	build(d db.Dialect) clause.Expression
}

type group struct {
	word  string // " AND " or " OR "
	parts []node
}

func (g group) build(d db.Dialect) clause.Expression {
	e := joined{word: g.word}
	for _, p := range g.parts {
		e.parts = append(e.parts, p.build(d))
	}
	return e
}

type negation struct{ inner node }

func (n negation) build(d db.Dialect) clause.Expression { return negated{n.inner.build(d)} }

// joined and negated stand in for GORM's own And, Or and Not, which drop parentheses and rewrite what they hold.
type joined struct {
	word  string
	parts []clause.Expression
}

func (j joined) Build(b clause.Builder) {
	_ = b.WriteByte('(')
	for i, p := range j.parts {
		if i > 0 {
			_, _ = b.WriteString(j.word)
		}
		p.Build(b)
	}
	_ = b.WriteByte(')')
}

type negated struct{ inner clause.Expression }

func (n negated) Build(b clause.Builder) {
	_, _ = b.WriteString("NOT (")
	n.inner.Build(b)
	_ = b.WriteByte(')')
}
