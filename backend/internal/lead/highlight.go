package lead

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Highlights are the places of a lead where a search matched: field → half-open ranges of Unicode code points.
type Highlights map[string][][2]int

const maxHighlights = 50 // per field

// highlight finds the search's words in each lead, nil for a lead without any, or without a search.
func (s search) highlight(leads []Lead) []Highlights {
	if s.empty() {
		return nil
	}
	var want []string
	for _, w := range s.words {
		for _, t := range tokens(w) {
			want = append(want, fold(t))
		}
	}
	out := make([]Highlights, len(leads))
	for i := range leads {
		l := &leads[i]
		for _, f := range []struct{ name, text string }{
			{"name", l.Name},
			{"company", l.Company},
			{"title", l.Title},
			{"content", l.Content},
		} {
			if at := matches(f.text, want); len(at) > 0 {
				if out[i] == nil {
					out[i] = Highlights{}
				}
				out[i][f.name] = at
			}
		}
	}
	return out
}

// matches lists the words of text that begin with one of want, which are folded.
func matches(text string, want []string) [][2]int {
	var out [][2]int
	runes := []rune(text)
	for i := 0; i < len(runes) && len(out) < maxHighlights; {
		if !isWordRune(runes[i]) {
			i++
			continue
		}
		start := i
		for i < len(runes) && (isWordRune(runes[i]) || unicode.IsMark(runes[i])) {
			i++
		}
		word := fold(string(runes[start:i]))
		for _, w := range want {
			if strings.HasPrefix(word, w) && (prefixed(w) || word == w) {
				out = append(out, [2]int{start, i})
				break
			}
		}
	}
	return out
}

// fold makes letters lower case and takes their accents away.
func fold(s string) string {
	if ascii(s) {
		return strings.ToLower(s)
	}
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return unicode.ToLower(r)
	}, norm.NFD.String(s))
}

func ascii(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return r > unicode.MaxASCII }) < 0
}
