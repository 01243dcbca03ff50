package feeds

import (
	"errors"
	"fmt"
	"strings"

	"winnow/backend/internal/fault"
	"winnow/backend/internal/intake/normalise"
)

// Watch is an expression over words: crm AND ("looking for" OR recommend*) NOT (hiring OR job). Words beside each other must
// all be there; a phrase stands in quotes; * at a word's end takes what begins so; - before a word is NOT.
type Watch struct{ root node }

type node interface{ match(text string) bool }

type (
	word   struct{ text string }
	prefix struct{ text string }
	not    struct{ n node }
	all    []node
	some   []node
)

func (w word) match(t string) bool   { return strings.Contains(t, " "+w.text+" ") }
func (p prefix) match(t string) bool { return strings.Contains(t, " "+p.text) }
func (n not) match(t string) bool    { return !n.n.match(t) }
func (a all) match(t string) bool {
	for _, n := range a {
		if !n.match(t) {
			return false
		}
	}
	return true
}

func (s some) match(t string) bool {
	for _, n := range s {
		if n.match(t) {
			return true
		}
	}
	return false
}

// Match reports whether a text is asked for. Case, accents and punctuation do not count.
func (w *Watch) Match(text string) bool {
	return w.root.match(" " + normalise.Fold(text) + " ")
}

const (
	maxExpression = 4000
	maxNesting    = 50
)

// ParseWatch reads an expression; a fault names the place.
func ParseWatch(s string) (*Watch, error) {
	if len(s) > maxExpression {
		return nil, fault.Newf(fault.Invalid, "expression_too_long", "The expression has more than %d characters.", maxExpression)
	}
	p := &watchParser{tokens: lex(s)}
	if len(p.tokens) == 0 {
		return nil, fault.New(fault.Invalid, "expression_empty", "The expression names no word to look for.")
	}
	n, err := p.or(0)
	if err != nil {
		return nil, fault.Wrap(err, fault.Invalid, "expression_invalid", "The expression cannot be read: "+err.Error()+".")
	}
	if p.at < len(p.tokens) {
		return nil, fault.Newf(fault.Invalid, "expression_invalid", "The expression cannot be read: a bracket is closed at character %d that was never opened.", p.tokens[p.at].pos+1)
	}
	return &Watch{n}, nil
}

type token struct {
	kind rune // 'w' word, '"' phrase, '(' ')' '&' '|' '!'
	text string
	pos  int
}

func lex(s string) (tokens []token) {
	r := []rune(s)
	for i := 0; i < len(r); {
		switch c := r[i]; {
		case c == ' ' || c == '\t' || c == '\n' || c == ',':
			i++
		case c == '(' || c == ')' || c == '|' || c == '&':
			tokens = append(tokens, token{c, string(c), i})
			i++
		case c == '!' || (c == '-' && i+1 < len(r) && r[i+1] != ' '):
			tokens = append(tokens, token{'!', string(c), i})
			i++
		case c == '"' || c == '“' || c == '”' || c == '„':
			end := i + 1
			for end < len(r) && r[end] != '"' && r[end] != '”' && r[end] != '“' {
				end++
			}
			tokens = append(tokens, token{'"', string(r[i+1 : end]), i})
			i = end + 1
		default:
			end := i
			for end < len(r) && !strings.ContainsRune(" \t\n,()|\"“”", r[end]) {
				end++
			}
			w := string(r[i:end])
			kind := 'w'
			switch w {
			case "AND", "&&":
				kind = '&'
			case "OR":
				kind = '|'
			case "NOT":
				kind = '!'
			}
			tokens = append(tokens, token{kind, w, i})
			i = end
		}
	}
	return tokens
}

type watchParser struct {
	tokens []token
	at     int
}

func (p *watchParser) peek() rune {
	if p.at < len(p.tokens) {
		return p.tokens[p.at].kind
	}
	return 0
}

func (p *watchParser) or(depth int) (node, error) {
	n, err := p.and(depth)
	if err != nil {
		return nil, err
	}
	list := some{n}
	for p.peek() == '|' {
		p.at++
		if n, err = p.and(depth); err != nil {
			return nil, err
		}
		list = append(list, n)
	}
	if len(list) == 1 {
		return list[0], nil
	}
	return list, nil
}

func (p *watchParser) and(depth int) (node, error) {
	var list all
	for {
		n, err := p.unary(depth)
		if err != nil {
			return nil, err
		}
		list = append(list, n)
		if p.peek() == '&' {
			p.at++
			continue
		}
		if k := p.peek(); k == 0 || k == ')' || k == '|' {
			break
		}
	}
	if len(list) == 1 {
		return list[0], nil
	}
	return list, nil
}

func (p *watchParser) unary(depth int) (node, error) {
	if depth > maxNesting {
		return nil, fmt.Errorf("more than %d brackets inside each other", maxNesting)
	}
	if p.at >= len(p.tokens) {
		return nil, errors.New("a word is missing at its end")
	}
	t := p.tokens[p.at]
	p.at++
	switch t.kind {
	case '!':
		n, err := p.unary(depth + 1)
		if err != nil {
			return nil, err
		}
		return not{n}, nil
	case '(':
		n, err := p.or(depth + 1)
		if err != nil {
			return nil, err
		}
		if p.peek() != ')' {
			return nil, fmt.Errorf("the bracket opened at character %d is not closed", t.pos+1)
		}
		p.at++
		return n, nil
	case 'w', '"':
		folded := normalise.Fold(t.text)
		if folded == "" {
			return nil, fmt.Errorf("%q at character %d holds no letter or digit", t.text, t.pos+1)
		}
		if t.kind == 'w' && strings.HasSuffix(t.text, "*") {
			return prefix{folded}, nil
		}
		return word{folded}, nil
	}
	return nil, fmt.Errorf("%s at character %d has no word before it", t.text, t.pos+1)
}
