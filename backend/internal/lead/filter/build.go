package filter

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"

	"gorm.io/gorm/clause"

	"winnow/backend/internal/platform/db"
)

// nothing lets no lead through.
type nothing struct{}

func (nothing) build(db.Dialect) clause.Expression { return expr("1 = 0") }

// expr is a condition of constant SQL with bound values; columns are values of type clause.Column.
func expr(sql string, vars ...any) clause.Expression {
	return clause.Expr{SQL: sql, Vars: vars}
}

func (c condition) build(d db.Dialect) clause.Expression {
	if c.field.relation != nil {
		return c.related(d)
	}
	switch c.field.kind { //nolint:exhaustive // the others are compared as they are
	case kindText:
		return c.text(d)
	case kindTime:
		return c.time()
	case kindTags:
		return c.tags(d)
	case kindCustom:
		return c.customField(d)
	}
	if c.op == opContains {
		return contains(d, c.field.col(), c.arg())
	}
	if c.op == opEmpty {
		return c.empty()
	}
	return c.plain()
}

func (c condition) arg() string { s, _ := c.args[0].(string); return s }

func (c condition) empty() clause.Expression {
	switch {
	case c.field.nullable:
		return expr("? IS NULL", c.field.col())
	case c.field.kind == kindInt:
		return expr("? < 0", c.field.col())
	case c.field.kind == kindTime, c.field.kind == kindID:
		return expr("1 = 0") // never empty
	}
	return expr("? = ''", c.field.col())
}

// plain compares a column as it is; a NULL or a score that is not there passes only !=.
func (c condition) plain() clause.Expression {
	col := c.field.col()
	if c.op == opNe {
		if c.field.nullable {
			return expr("(? IS NULL OR ? <> ?)", col, col, c.args[0])
		}
		return expr("? <> ?", col, c.args[0])
	}
	var e clause.Expression
	switch c.op {
	case opIn:
		e = expr("? IN ?", col, c.args)
	case opLt:
		e = expr("? < ?", col, c.args[0])
	case opLe:
		e = expr("? <= ?", col, c.args[0])
	case opGt:
		e = expr("? > ?", col, c.args[0])
	case opGe:
		e = expr("? >= ?", col, c.args[0])
	default:
		e = expr("? = ?", col, c.args[0])
	}
	switch {
	case c.field.nullable:
		return joined{" AND ", []clause.Expression{expr("? IS NOT NULL", col), e}}
	case c.field.kind == kindInt && (c.op == opLt || c.op == opLe):
		return joined{" AND ", []clause.Expression{expr("? >= 0", col), e}}
	}
	return e
}

func (c condition) text(d db.Dialect) clause.Expression {
	col := c.field.col()
	switch c.op { //nolint:exhaustive // the others compare for equality
	case opEmpty:
		return expr("? = ''", col)
	case opContains:
		return contains(d, col, c.arg())
	}
	return c.equals(d, col)
}

// equals compares texts by =, != or in, letter case aside.
func (c condition) equals(d db.Dialect, subject any) clause.Expression {
	var forms []any
	for _, v := range c.args {
		text, _ := v.(string)
		if d == db.Postgres {
			forms = append(forms, strings.ToLower(text))
			continue
		}
		for _, f := range writings(text) {
			forms = append(forms, asciiLower(f))
		}
	}
	if c.op == opNe {
		return expr("lower(?) NOT IN ?", subject, forms)
	}
	return expr("lower(?) IN ?", subject, forms)
}

func (c condition) anyOf(one func(v any) clause.Expression) clause.Expression {
	j := joined{word: " OR "}
	for _, v := range c.args {
		j.parts = append(j.parts, one(v))
	}
	return j
}

// contains finds a piece of text, letter case aside.
func contains(d db.Dialect, subject any, text string) clause.Expression {
	if d == db.Postgres {
		return expr(`? ILIKE ? ESCAPE '\'`, subject, pattern(text))
	}
	j := joined{word: " OR "}
	for _, f := range writings(text) {
		j.parts = append(j.parts, expr(`? LIKE ? ESCAPE '\'`, subject, pattern(f)))
	}
	return j
}

// writings are the usual ways to write a text. SQLite folds only ASCII letters, so others are looked for in each way.
func writings(text string) []string {
	forms := []string{text}
	if ascii(text) {
		return forms
	}
	for _, f := range []string{strings.ToLower(text), strings.ToUpper(text), titled(text)} {
		if !slices.Contains(forms, f) {
			forms = append(forms, f)
		}
	}
	return forms
}

// asciiLower is SQLite's lower().
func asciiLower(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'A' && r <= 'Z' {
			return r + 'a' - 'A'
		}
		return r
	}, s)
}

func pattern(text string) string {
	return "%" + strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(text) + "%"
}

func titled(s string) string {
	r := []rune(strings.ToLower(s))
	if len(r) == 0 {
		return s
	}
	return strings.ToUpper(string(r[0])) + string(r[1:])
}

func ascii(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return r > 0x7f }) < 0
}

// time compares with a point or, for a day, with its whole stretch.
func (c condition) time() clause.Expression {
	col := c.field.col()
	if c.op == opEmpty {
		return c.empty()
	}
	m, _ := c.args[0].(moment)
	var e clause.Expression
	switch {
	case c.op == opLt:
		e = expr("? < ?", col, m.from)
	case c.op == opGe:
		e = expr("? >= ?", col, m.from)
	case c.op == opLe && !m.point():
		e = expr("? < ?", col, m.to)
	case c.op == opLe:
		e = expr("? <= ?", col, m.to)
	case c.op == opGt && !m.point():
		e = expr("? >= ?", col, m.to)
	case c.op == opGt:
		e = expr("? > ?", col, m.to)
	case !m.point():
		e = joined{" AND ", []clause.Expression{expr("? >= ?", col, m.from), expr("? < ?", col, m.to)}}
	default:
		e = expr("? = ?", col, m.from)
	}
	if c.field.nullable {
		e = joined{" AND ", []clause.Expression{expr("? IS NOT NULL", col), e}}
	}
	if c.op == opNe {
		return negated{e}
	}
	return e
}

func (c condition) tags(d db.Dialect) clause.Expression {
	col := c.field.col()
	switch {
	case c.op == opEmpty && d == db.Postgres:
		return expr("? IN ('[]'::jsonb, 'null'::jsonb)", col)
	case c.op == opEmpty:
		return expr("json_array_length(?) = 0", col)
	case d == db.Postgres:
		return c.anyOf(func(v any) clause.Expression {
			b, _ := json.Marshal([]any{v}) // a string always encodes
			return expr("? @> CAST(? AS jsonb)", col, string(b))
		})
	}
	return expr("EXISTS (SELECT 1 FROM json_each(?) WHERE value IN ?)", col, c.args)
}

var number = regexp.MustCompile(`^-?[0-9]{1,15}(\.[0-9]{1,6})?$`)

// customField compares a value of the custom column by name; a lead without it counts as one with an empty value.
func (c condition) customField(d db.Dialect) clause.Expression {
	val := customValue{name: c.field.custom, postgres: d == db.Postgres}
	switch c.op { //nolint:exhaustive // the others compare by order
	case opEmpty:
		return expr("? = ''", val)
	case opContains:
		return contains(d, val, c.arg())
	case opIn, opNe, opEq:
		return c.equals(d, val)
	}
	return c.customOrder(d, val)
}

// customOrder compares as numbers when the filter's value is one (values that are none do not pass), else as text.
func (c condition) customOrder(d db.Dialect, val customValue) clause.Expression {
	if !number.MatchString(c.arg()) {
		return ordered(c.op, "(? <> '' AND ? < ?)", "(? <> '' AND ? <= ?)", "(? <> '' AND ? > ?)", "(? <> '' AND ? >= ?)", val, val, c.arg())
	}
	if d == db.Postgres {
		const guard = "CASE WHEN ? ~ '^-{0,1}[0-9]{1,15}(\\.[0-9]{1,15}){0,1}$' THEN CAST(? AS numeric) "
		return ordered(c.op, guard+"< CAST(? AS numeric) ELSE false END", guard+"<= CAST(? AS numeric) ELSE false END",
			guard+"> CAST(? AS numeric) ELSE false END", guard+">= CAST(? AS numeric) ELSE false END", val, val, castText(c.arg()))
	}
	const guard = "CASE WHEN ? GLOB '*[0-9]*' AND NOT ltrim(?, '-') GLOB '*[^0-9.]*' THEN CAST(? AS REAL) "
	return ordered(c.op, guard+"< CAST(? AS REAL) ELSE 0 END", guard+"<= CAST(? AS REAL) ELSE 0 END",
		guard+"> CAST(? AS REAL) ELSE 0 END", guard+">= CAST(? AS REAL) ELSE 0 END", val, val, val, c.arg())
}

func castText(s string) clause.Expression { return expr("CAST(? AS text)", s) }

func ordered(o op, lt, le, gt, ge string, vars ...any) clause.Expression {
	return expr(map[op]string{opLt: lt, opLe: le, opGt: gt, opGe: ge}[o], vars...)
}

// customValue is the text of a custom field, empty when the lead has none. The name is bound, never part of the SQL.
type customValue struct {
	name     string
	postgres bool
}

func (v customValue) Build(b clause.Builder) {
	if v.postgres {
		_, _ = b.WriteString("COALESCE(leads.custom ->> CAST(")
		b.AddVar(b, v.name)
		_, _ = b.WriteString(" AS text), '')")
		return
	}
	_, _ = b.WriteString("COALESCE((SELECT CAST(value AS TEXT) FROM json_each(leads.custom) WHERE key = ")
	b.AddVar(b, v.name)
	_, _ = b.WriteString(" LIMIT 1), '')")
}
