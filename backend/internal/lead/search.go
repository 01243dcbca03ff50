package lead

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"gorm.io/gorm"
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
type search struct {
	words []string
	// On SQLite, once planned:
	forms  map[string][]string // the indexed words that begin with a token, when few
	rows   []int64             // the rows that match, when few
	common bool                // many rows match
}

// parseSearch splits what somebody typed at spaces; a word without letter or digit is left out. Fault: Invalid.
func parseSearch(q string) (search, error) {
	var s search
	if len(q) > MaxSearch {
		return s, badSearch("too_long", "Search for at most 300 characters.")
	}
	for w := range strings.FieldsSeq(strings.Map(printable, strings.ToValidUTF8(q, " "))) {
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

// prefixed reports whether a word also stands for longer words. One or two plain letters stand only for themselves (AI,
// HR, UK): as a beginning they would match nearly everything, slowly.
func prefixed(word string) bool { return len(word) > 2 }

// fts5 is the search in SQLite's language: every token of every word, quoted, so that nothing in it is an operator.
func (s search) fts5() string {
	var terms []string
	for _, w := range s.words {
		for _, t := range unicode61(w) {
			switch forms := s.forms[t]; {
			case len(forms) > 0:
				terms = append(terms, `("`+strings.Join(forms, `" OR "`)+`")`)
			case prefixed(t):
				terms = append(terms, `"`+t+`"*`)
			default:
				terms = append(terms, `"`+t+`"`)
			}
		}
	}
	return strings.Join(terms, " AND ")
}

// unicode61 splits a word as SQLite's tokenizer of this name does: at everything but letters, digits and the accents that
// it drops. The index (detail=none) knows no phrases, so each term must be one token.
func unicode61(word string) []string {
	return strings.FieldsFunc(word, func(r rune) bool {
		accent := r >= 0x300 && r <= 0x331
		return !accent && !isWordRune(r) && !unicode.Is(unicode.Co, r)
	})
}

// These quote a bound text as one term of PostgreSQL's query language, after folding it as the indexed text
// was folded (folding may bring in quotes, so it comes first).
const (
	prefixTerm = `to_tsquery('simple', '''' || replace(replace(winnow_fold(CAST(? AS text)), '\', '\\'), '''', '''''') || ''':*')`
	exactTerm  = `to_tsquery('simple', '''' || replace(replace(winnow_fold(CAST(? AS text)), '\', '\\'), '''', '''''') || '''')`
)

// tsquery is the search as an expression of PostgreSQL's type tsquery: every token of every word.
func (s search) tsquery() clause.Expression {
	all := infix{word: " && "}
	for _, w := range s.words {
		for _, p := range tokens(w) {
			all.parts = append(all.parts, term(p))
		}
	}
	return all
}

func term(word string) clause.Expression {
	if !prefixed(word) {
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
	switch {
	case d == db.Postgres:
		return clause.Expr{SQL: "leads.search @@ ?", Vars: []any{s.tsquery()}}
	case s.common:
		return clause.Expr{SQL: "+leads.seq IN (SELECT rowid FROM leads_fts WHERE leads_fts MATCH ?)", Vars: []any{s.fts5()}}
	case s.rows != nil:
		return clause.Expr{SQL: "leads.seq IN ?", Vars: []any{s.rows}}
	}
	return clause.Expr{SQL: "leads.seq IN (SELECT rowid FROM leads_fts WHERE leads_fts MATCH ?)", Vars: []any{s.fts5()}}
}

// fewRows is up to how many matches SQLite looks up one by one. More are gathered in memory while the list's own index
// is walked in order, which is soon over when matches are frequent. (The unary plus keeps SQLite from starting at the
// matches.) PostgreSQL chooses for itself.
const fewRows = 1000

// plan looks, on SQLite, at how many rows match, and fixes how the list and its count are read.
func (s search) plan(d db.Dialect, read *gorm.DB) (search, error) {
	if s.empty() || d != db.SQLite {
		return s, nil
	}
	if err := s.findForms(read); err != nil {
		return s, err
	}
	err := read.Table("leads_fts").Where("leads_fts MATCH ?", s.fts5()).Limit(fewRows+1).Pluck("rowid", &s.rows).Error
	if err != nil && strings.Contains(err.Error(), "phrase queries are not supported") {
		return s, badSearch("no_words", "This has letters that cannot be searched for.") // newer than SQLite's tables
	}
	if err != nil {
		return s, fmt.Errorf("search leads: %w", err)
	}
	s.common = len(s.rows) > fewRows
	return s, nil
}

// fewForms is how many words of one beginning are named one by one.
const fewForms = 16

// findForms looks up which indexed words begin with each token. SQLite reads the rows of a word as they are needed, but
// merges those of a beginning all at once before it gives the first: 15 ms for two frequent words at 100,000 leads. The
// index has the beginnings of three letters ready; how it folds letters other than ASCII's is left to it.
func (s *search) findForms(read *gorm.DB) error {
	for _, w := range s.words {
		for _, t := range unicode61(w) {
			t0 := strings.ToLower(t)
			if len(t) < 4 || strings.ContainsFunc(t, func(r rune) bool { return r > unicode.MaxASCII }) {
				continue
			}
			var forms []string
			err := read.Table("leads_vocab").Where("term >= ? AND term < ?", t0, t0+string(unicode.MaxRune)).Limit(fewForms+1).Pluck("term", &forms).Error
			if err != nil {
				return fmt.Errorf("look up words: %w", err)
			}
			if len(forms) > fewForms || slices.ContainsFunc(forms, func(f string) bool { return len(unicode61(f)) != 1 }) {
				continue
			}
			if s.forms == nil {
				s.forms = map[string][]string{}
			}
			s.forms[t] = forms
		}
	}
	return nil
}
