package filter

import (
	"strconv"
	"strings"
)

func itoa(n int) string { return strconv.Itoa(n) }

type parser struct {
	tokens []token
	pos    int
	env    Env
	depth  int
	terms  int
	values int
}

func (p *parser) peek() token { return p.tokens[p.pos] }

func (p *parser) take() token {
	t := p.tokens[p.pos]
	if t.kind != tokEnd {
		p.pos++
	}
	return t
}

// keyword reports whether the next word is one of the language's own, and takes it.
func (p *parser) keyword(word string) bool {
	t := p.peek()
	if t.kind == tokWord && strings.EqualFold(t.text, word) {
		p.pos++
		return true
	}
	return false
}

func (p *parser) all() (node, error) {
	n, err := p.or()
	if err != nil {
		return nil, err
	}
	switch t := p.peek(); t.kind {
	case tokEnd:
		return n, nil
	case tokClose:
		return nil, bad(t.at, "paren_extra", "there is a “)” without its “(”")
	default:
		return nil, bad(t.at, "word_extra", "“%s” was not expected; join conditions with “and” or “or”, and put quotes around a value with spaces", Clip(t.text))
	}
}

func (p *parser) or() (node, error)  { return p.chain("or", " OR ", p.and) }
func (p *parser) and() (node, error) { return p.chain("and", " AND ", p.factor) }

func (p *parser) chain(word, sql string, part func() (node, error)) (node, error) {
	first, err := part()
	if err != nil {
		return nil, err
	}
	parts := []node{first}
	for p.keyword(word) {
		n, err := part()
		if err != nil {
			return nil, err
		}
		parts = append(parts, n)
	}
	if len(parts) == 1 {
		return first, nil
	}
	return group{word: sql, parts: parts}, nil
}

func (p *parser) factor() (node, error) {
	t := p.peek()
	if t.kind != tokOpen && (t.kind != tokWord || !strings.EqualFold(t.text, "not")) {
		return p.condition()
	}
	if p.depth++; p.depth > MaxDepth {
		return nil, bad(t.at, "too_deep", "more than %d nested parentheses or nots; make it simpler", MaxDepth)
	}
	defer func() { p.depth-- }()
	p.pos++
	if t.kind == tokWord {
		n, err := p.factor()
		if err != nil {
			return nil, err
		}
		return negation{n}, nil
	}
	n, err := p.or()
	if err != nil {
		return nil, err
	}
	if c := p.take(); c.kind != tokClose {
		return nil, bad(c.at, "paren_open", "the “(” at character %d is not closed", t.at)
	}
	return n, nil
}

// condition reads a field, an operator and a value or a list of values.
func (p *parser) condition() (node, error) {
	name := p.take()
	if name.kind != tokWord {
		return nil, bad(name.at, "field_missing", "the name of a field was expected here, such as grade or source")
	}
	if p.terms++; p.terms > MaxTerms {
		return nil, bad(name.at, "too_many_terms", "more than %d conditions; make it simpler", MaxTerms)
	}
	f, err := lookup(name, p.env.Relations)
	if err != nil {
		return nil, err
	}
	c := condition{field: f, name: name}
	if c.op, err = p.operator(f); err != nil {
		return nil, err
	}
	if c.op != opEmpty {
		if c.values, err = p.operands(c.op); err != nil {
			return nil, err
		}
	}
	return c.check(p.env)
}

func (p *parser) operator(f field) (op, error) {
	t := p.take()
	if t.kind == tokOp || t.kind == tokWord {
		o := op(strings.ToLower(t.text))
		if f.kind.allows(o) {
			return o, nil
		}
		if o.known() {
			return "", bad(t.at, "operator_wrong", "“%s” does not work with %s; use one of %s", Clip(t.text), Clip(f.name), f.kind.operators())
		}
	}
	return "", bad(t.at, "operator_missing", "an operator was expected after %s: one of %s", Clip(f.name), f.kind.operators())
}

// operands reads one value, or for "in" and "has" also a list in parentheses.
func (p *parser) operands(o op) ([]token, error) {
	if p.peek().kind != tokOpen {
		if o == opIn {
			return nil, bad(p.peek().at, "list_missing", "“in” needs a list in parentheses, such as (A+,A)")
		}
		v, err := p.value()
		return []token{v}, err
	}
	open := p.take()
	if o != opIn && o != opHas {
		return nil, bad(open.at, "value_missing", "a value was expected; lists go with “in”")
	}
	var out []token
	for {
		v, err := p.value()
		if err != nil {
			return nil, err
		}
		out = append(out, v)
		switch t := p.take(); t.kind {
		case tokComma:
		case tokClose:
			return out, nil
		default:
			return nil, bad(t.at, "list_open", "a “,” or “)” was expected in the list that begins at character %d", open.at)
		}
	}
}

func (p *parser) value() (token, error) {
	t := p.take()
	if t.kind != tokWord && t.kind != tokQuoted {
		return t, bad(t.at, "value_missing", "a value was expected here; put quotes around a value with signs or spaces")
	}
	if p.values++; p.values > MaxValues {
		return t, bad(t.at, "too_many_values", "more than %d values; make the list shorter", MaxValues)
	}
	return t, nil
}
