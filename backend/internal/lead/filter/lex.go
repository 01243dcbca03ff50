package filter

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"winnow/backend/internal/fault"
)

type tokenKind int

const (
	tokEnd tokenKind = iota
	tokWord
	tokQuoted
	tokOp
	tokOpen
	tokClose
	tokComma
)

// token is a word of a filter; at is the character it starts at, from 1.
type token struct {
	kind tokenKind
	text string
	at   int
}

// bad is the fault of a filter that cannot be read.
func bad(at int, code, format string, args ...any) error {
	msg := fault.Newf(fault.Invalid, code, format, args...).Msg
	f := fault.Field{Name: "filter", Code: code, Message: fault.Newf(fault.Invalid, code, "at character %d: %s", at, msg).Msg}
	return fault.InvalidFields("filter_invalid", "The filter cannot be understood at character "+itoa(at)+": "+msg, f)
}

func lex(text string) ([]token, error) {
	if len(text) > MaxLength {
		return nil, bad(MaxLength, "too_long", "it is longer than %d bytes; make it shorter", MaxLength)
	}
	if !utf8.ValidString(text) {
		return nil, bad(1, "bad_text", "it is not valid UTF-8 text")
	}
	l := lexer{runes: []rune(text)}
	for {
		t, err := l.next()
		if err != nil {
			return nil, err
		}
		l.tokens = append(l.tokens, t)
		if t.kind == tokEnd {
			return l.tokens, nil
		}
	}
}

type lexer struct {
	runes  []rune
	pos    int
	tokens []token
}

func (l *lexer) peek(ahead int) rune {
	if l.pos+ahead < len(l.runes) {
		return l.runes[l.pos+ahead]
	}
	return -1
}

func (l *lexer) next() (token, error) {
	for unicode.IsSpace(l.peek(0)) {
		l.pos++
	}
	at := l.pos + 1
	switch r := l.peek(0); {
	case r == -1:
		return token{kind: tokEnd, at: at}, nil
	case r == '(':
		return l.take(tokOpen, 1), nil
	case r == ')':
		return l.take(tokClose, 1), nil
	case r == ',':
		return l.take(tokComma, 1), nil
	case r == '"' || r == '\'':
		s, err := l.quoted()
		return token{kind: tokQuoted, text: s, at: at}, err
	case (r == '!' || r == '<' || r == '>') && l.peek(1) == '=':
		return l.take(tokOp, 2), nil
	case r == '=' || r == '<' || r == '>':
		return l.take(tokOp, 1), nil
	}
	return l.word()
}

func (l *lexer) take(kind tokenKind, n int) token {
	t := token{kind: kind, text: string(l.runes[l.pos : l.pos+n]), at: l.pos + 1}
	l.pos += n
	return t
}

// word reads up to a space, parenthesis, comma or operator. custom."a b" is one word.
func (l *lexer) word() (token, error) {
	start := l.pos
	for {
		r := l.peek(0)
		if r == -1 || unicode.IsSpace(r) || strings.ContainsRune("(),=<>", r) || (r == '!' && l.peek(1) == '=') {
			break
		}
		if unicode.IsControl(r) {
			return token{}, bad(l.pos+1, "bad_text", "there is a control character; remove it")
		}
		if r == '"' && strings.EqualFold(string(l.runes[start:l.pos]), customPrefix) {
			name, err := l.quoted()
			return token{kind: tokWord, text: customPrefix + name, at: start + 1}, err
		}
		l.pos++
	}
	return token{kind: tokWord, text: string(l.runes[start:l.pos]), at: start + 1}, nil
}

// quoted reads a text in " or '; a backslash takes the next character as it is.
func (l *lexer) quoted() (string, error) {
	open, at := l.runes[l.pos], l.pos+1
	l.pos++
	var b strings.Builder
	for {
		r := l.peek(0)
		l.pos++
		switch {
		case r == -1:
			return "", bad(at, "quote_open", "the quote that begins here is never closed")
		case r == open:
			return b.String(), nil
		case r == '\\' && l.peek(0) != -1:
			r = l.peek(0)
			l.pos++
		}
		if r == 0 {
			return "", bad(l.pos, "bad_text", "there is a NUL character; remove it")
		}
		b.WriteRune(r)
	}
}

// Clip shortens a text that came from outside before it is shown in a message.
func Clip(s string) string {
	const most = 60
	r := []rune(s)
	if len(r) <= most {
		return s
	}
	return string(r[:most]) + "…"
}
