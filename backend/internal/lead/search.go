package lead

import (
	"strings"
	"unicode"

	"gorm.io/gorm/clause"

	"winnow/backend/internal/fault"
	"winnow/backend/internal/platform/db"
)

// Bounds on a search.
const (
	MaxSearch      = 300 // bytes
	maxSearchWords = 12
)

// search is a full-text search: every word must occur as the beginning of a word in name, company, title or content.
type search struct{ words []string }

// parseSearch splits what somebody typed at spaces; a word without letter or digit is left out. Fault: Invalid.
func parseSearch(q string) (search, error) {
	var s search
	if len(q) > MaxSearch {
		return s, badSearch("too_long", "Search for at most 300 characters.")
	}
	for _, w := range strings.Fields(strings.Map(printable, strings.ToValidUTF8(q, " "))) {
		if strings.ContainsFunc(w, isWordRune) {
			s.words = append(s.words, w)
		}
	}
	if len(s.words) > maxSearchWords {
		return s, badSearch("too_many_words", "Search for at most 12 words.")
	}
	if len(s.words) == 0 && strings.TrimSpace(q) != "" {
		return s, badSearch("no_words", "There is no letter or digit to search for.")
	}
	return s, nil
}

func badSearch(code, msg string) error {
	return fault.InvalidFields("search_invalid", msg, fault.Field{Name: "q", Code: code, Message: msg})
}

func printable(r rune) rune {
	if unicode.IsControl(r) {
		return ' '
	}
	return r
}

func isWordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) }

func (s search) empty() bool { return len(s.words) == 0 }

// tokens are the runs of letters, digits and marks of a word: "ann@acme.io" has three.
func tokens(word string) []string {
	return strings.FieldsFunc(word, func(r rune) bool { return !isWordRune(r) && !unicode.IsMark(r) })
}

// fts5 is the search in SQLite's language. Each word is quoted, so nothing in it is an operator; FTS5 splits it as it
// split the text. A single letter stands for itself: as a beginning it would match nearly everything.
func (s search) fts5() string {
	var b strings.Builder
	for i, w := range s.words {
		if i > 0 {
			b.WriteString(" AND ")
		}
		b.WriteString(`"` + strings.ReplaceAll(w, `"`, `""`) + `"`)
		if len([]rune(w)) > 1 {
			b.WriteByte('*')
		}
	}
	return b.String()
}

// tsquery quotes a bound text as one prefix term of PostgreSQL's query language, after folding it as the indexed text
// was folded (folding may bring in quotes, so it comes first).
const (
	prefixTerm = `to_tsquery('simple', '''' || replace(replace(winnow_fold(CAST(? AS text)), '\', '\\'), '''', '''''') || ''':*')`
	exactTerm  = `to_tsquery('simple', '''' || replace(replace(winnow_fold(CAST(? AS text)), '\', '\\'), '''', '''''') || '''')`
)

// tsquery is the search as an expression of PostgreSQL's type tsquery. PostgreSQL keeps some words with punctuation
// whole ("ann@acme.io"), so such a word is looked for whole or by its tokens.
func (s search) tsquery() clause.Expression {
	all := infix{word: " && "}
	for _, w := range s.words {
		parts := tokens(w)
		if len(parts) == 1 && parts[0] == w {
			all.parts = append(all.parts, term(w))
			continue
		}
		each := infix{word: " && "}
		for _, p := range parts {
			each.parts = append(each.parts, term(p))
		}
		all.parts = append(all.parts, infix{word: " || ", parts: []clause.Expression{term(w), each}})
	}
	return all
}

func term(word string) clause.Expression {
	if len([]rune(word)) == 1 {
		return clause.Expr{SQL: exactTerm, Vars: []any{word}}
	}
	return clause.Expr{SQL: prefixTerm, Vars: []any{word}}
}

// infix joins expressions by an operator, in parentheses.
type infix struct {
	word  string
	parts []clause.Expression
}

func (x infix) Build(b clause.Builder) {
	_ = b.WriteByte('(')
	for i, p := range x.parts {
		if i > 0 {
			_, _ = b.WriteString(x.word)
		}
		p.Build(b)
	}
	_ = b.WriteByte(')')
}

// where is the condition that a lead matches the search.
func (s search) where(d db.Dialect) clause.Expression {
	if d == db.Postgres {
		return clause.Expr{SQL: "leads.search @@ ?", Vars: []any{s.tsquery()}}
	}
	return clause.Expr{SQL: "leads.seq IN (SELECT rowid FROM leads_fts WHERE leads_fts MATCH ?)", Vars: []any{s.fts5()}}
}
