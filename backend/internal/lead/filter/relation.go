package filter

import (
	"slices"
	"strings"
	"time"

	"gorm.io/gorm/clause"

	"winnow/backend/internal/platform/db"
)

// RelationKind is how the values of a relation are read and compared.
type RelationKind int

// The kinds.
const (
	RelationOf   RelationKind = iota // = != in: leads that belong to the things with these ids, such as an import
	RelationWord                     // = != in empty: leads about which one of a few words is true
	RelationTime                     // ordered, and empty: when something last happened to the lead; empty = never
)

// Relation is a name in filters for what other rooms know about a lead. The room that keeps the table declares it and app
// hands all of them to the store of leads, so that this package names no table but leads. A condition is SQL of constant
// text with bound values over leads.id, is right on both databases, and is never NULL.
type Relation struct {
	Name  string
	Kind  RelationKind
	Words []string // of RelationWord

	// Any is true of leads that have one of the ids or words; of RelationOf and RelationWord.
	Any func(a Ask) clause.Expression
	// Since is true of leads to which it happened at this time or later; of RelationTime. The zero time means ever.
	Since func(at time.Time) clause.Expression
}

// Ask is what is asked of a relation, and for whom: what it tells of other leads than the one at hand must be of leads that
// the viewer sees.
type Ask struct {
	Dialect db.Dialect
	Values  []any
	All     bool   // the viewer sees every lead; else those of nobody and of
	UserID  string // this user, "" = none
}

func (r Relation) field() field {
	f := field{name: r.Name, column: "id", relation: &r}
	switch r.Kind {
	case RelationOf:
		f.kind = kindOf
	case RelationWord:
		f.kind = kindWord
	case RelationTime:
		f.kind, f.nullable = kindTime, true
	}
	return f
}

// related compares by a relation.
func (c condition) related(d db.Dialect) clause.Expression {
	r := c.field.relation
	if r.Kind == RelationTime {
		return c.happened(r)
	}
	values := c.args
	if c.op == opEmpty {
		values = nil
		for _, w := range r.Words {
			values = append(values, w)
		}
	}
	e := r.Any(Ask{Dialect: d, Values: values, All: c.env.All, UserID: c.env.UserID})
	if c.op == opEmpty || c.op == opNe {
		return negated{e}
	}
	return e
}

// instant is the least difference of two stored times.
const instant = time.Microsecond

// happened compares the last time of something by asking whether it happened since.
func (c condition) happened(r *Relation) clause.Expression {
	ever := r.Since(time.Time{})
	if c.op == opEmpty {
		return negated{ever}
	}
	m, _ := c.args[0].(moment)
	past := m.to // the first instant after what is meant
	if m.point() {
		past = m.from.Add(instant)
	}
	before := func(t time.Time) clause.Expression {
		return joined{" AND ", []clause.Expression{ever, negated{r.Since(t)}}}
	}
	within := joined{" AND ", []clause.Expression{r.Since(m.from), negated{r.Since(past)}}}
	switch c.op { //nolint:exhaustive // a time has no others
	case opGe:
		return r.Since(m.from)
	case opGt:
		return r.Since(past)
	case opLt:
		return before(m.from)
	case opLe:
		return before(past)
	case opNe:
		return negated{within}
	}
	return within
}

// word reads one of a relation's words.
func (c condition) word(v token) (any, error) {
	return oneOf(v, strings.ToLower(v.text), c.field.name, c.field.relation.Words)
}

// Field is a field that filters may name, for who offers them.
type Field struct {
	Name      string
	Kind      string   // text, code, grade, status, int, money, time, id, of, word or tags
	Operators []string // = != < <= > >= in has contains empty
	Words     []string // all values there are, where they are few
	Related   bool     // known to another room; not a column
}

// Fields lists the fields that a filter may name, beside custom fields.
func Fields(relations []Relation) []Field {
	var out []Field
	for _, f := range known(relations) {
		one := Field{Name: f.name, Kind: f.kind.String(), Related: f.relation != nil}
		for _, o := range f.kind.list() {
			one.Operators = append(one.Operators, string(o))
		}
		switch {
		case f.relation != nil:
			one.Words = slices.Clone(f.relation.Words)
		case f.kind == kindStatus:
			one.Words = statuses()
		case f.kind == kindGrade:
			one.Words = grades()
		}
		out = append(out, one)
	}
	return out
}
