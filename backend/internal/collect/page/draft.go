package page

import (
	"strings"
	"sync"
	"unicode/utf8"

	"winnow/backend/internal/collect"
	"winnow/backend/internal/intake/normalise"
)

// Draft is a find in the making.
type Draft struct{ Find collect.Find }

// NewDraft begins a find that was seen on a page.
func NewDraft(address string) *Draft {
	return &Draft{Find: collect.Find{Fields: map[string]string{}, URL: address}}
}

// Put sets a field unless it is set or the value is empty, and keeps where it was read. It reports whether it did.
func (d *Draft) Put(field, value, method, snippet string) bool {
	value = strings.TrimSpace(value)
	if value == "" || d.Find.Fields[field] != "" {
		return false
	}
	d.Find.Fields[field] = value
	d.seen(field, method, snippet)
	return true
}

// Line is Put for a value that stands on one line: blanks are folded, placeholders ("N/A", "null") are nothing.
func (d *Draft) Line(field, value, method, snippet string) bool {
	v, _ := normalise.Line(value)
	if normalise.Placeholder(v) {
		return false
	}
	return d.Put(field, v, method, snippet)
}

// Add appends to a field that holds several values, separated by ";".
func (d *Draft) Add(field, value, method, snippet string) bool {
	value, _ = normalise.Line(value)
	if value == "" {
		return false
	}
	have := d.Find.Fields[field]
	for v := range strings.SplitSeq(have, ";") {
		if strings.EqualFold(strings.TrimSpace(v), value) {
			return false
		}
	}
	if have != "" {
		value = have + ";" + value
	}
	d.Find.Fields[field] = value
	d.seen(field, method, snippet)
	return true
}

// Get is a field's value.
func (d *Draft) Get(field string) string { return d.Find.Fields[field] }

// Empty reports whether nothing was put.
func (d *Draft) Empty() bool { return len(d.Find.Fields) == 0 }

func (d *Draft) seen(field, method, snippet string) {
	d.Find.Seen = append(d.Find.Seen, collect.Seen{Field: field, URL: d.Find.URL, Method: method, Snippet: Snippet(snippet)})
}

// MaxSnippet is the length of a proof's words in bytes.
const MaxSnippet = 200

// Snippet is s on one line, at most MaxSnippet bytes.
func Snippet(s string) string {
	if len(s) > 4*MaxSnippet {
		s = s[:4*MaxSnippet]
	}
	s, _ = normalise.Line(strings.ToValidUTF8(s, ""))
	if len(s) <= MaxSnippet {
		return s
	}
	s = s[:MaxSnippet-len("…")]
	for !utf8.ValidString(s) {
		s = s[:len(s)-1]
	}
	return s + "…"
}

// Countries is the table of countries' names, read once.
var Countries = sync.OnceValue(normalise.NewCountries)
