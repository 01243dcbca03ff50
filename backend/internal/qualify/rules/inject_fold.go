package rules

import (
	"strings"
	"unicode"
)

// folded is a sentence made ready for the patterns.
type folded struct {
	text    string
	trigger bool  // a word in it is worth a closer look
	starts  []int // by token: where it begins in text, -1 when it was left out
}

// token is the token that the byte at of the text belongs to.
func (f folded) token(at int) int {
	best := 0
	for i, s := range f.starts {
		if s >= 0 && s <= at {
			best = i
		}
	}
	return best
}

// fold writes a sentence for matching: spaced-out letters are joined ("i g n o r e"), look-alikes made Latin, digits
// inside words read as letters, hidden parts left out.
func (in *injection) fold(toks []token, hidden []span) folded {
	var b strings.Builder
	f := folded{starts: make([]int, len(toks))}
	weight := 0
	for i := 0; i < len(toks); i++ {
		f.starts[i] = -1
		if within(hidden, toks[i]) {
			continue
		}
		f.starts[i] = b.Len()
		w, next := latin(toks[i].text), ""
		if n := spaced(toks, i); n > 3 {
			w = ""
			var wSb41 strings.Builder
			for _, t := range toks[i : i+n] {
				wSb41.WriteString(latin(t.text))
			}
			w += wSb41.String()
			for j := i + 1; j < i+n; j++ {
				f.starts[j] = -1
			}
			i += n - 1
		}
		if i+1 < len(toks) {
			next = toks[i+1].text
		}
		weight += in.weigh(w, next)
		if pictogram(w) {
			b.WriteByte('\n') // no pattern reaches across
			continue
		}
		b.WriteString(w)
		b.WriteByte(' ')
	}
	f.text, f.trigger = b.String(), weight >= strongTrigger
	return f
}

// weigh is how telling a word is, given the one behind it.
func (in *injection) weigh(w, next string) int {
	n := in.trigger[w]
	switch {
	case w == "a" && next == "+", n > 0 && (next == ":" || next == "]" || next == ">" || next == "="):
		n += strongTrigger
	case len(w) > 8 && (strings.Contains(w, "ignore") || strings.Contains(w, "instruction")): // joined words
		n += strongTrigger
	case len(w) > 0 && w[0] >= 0xE3 && unspaced(w): // scripts without spaces hold an order in one word
		n += strongTrigger
	}
	return n
}

func within(spans []span, t token) bool {
	for _, s := range spans {
		if s.start <= t.start && t.end <= s.end {
			return true
		}
	}
	return false
}

func pictogram(w string) bool {
	for _, r := range w {
		return unicode.Is(unicode.So, r)
	}
	return false
}

func unspaced(w string) bool {
	for _, r := range w {
		return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul)
	}
	return false
}

// spaced counts single letters in a row from token i, so that "I G N O R E" reads as a word.
func spaced(toks []token, i int) int {
	n := 0
	for i+n < len(toks) && len([]rune(toks[i+n].text)) == 1 && toks[i+n].word && !toks[i+n].num {
		n++
	}
	return n
}

// latin maps letters that only look Latin (Cyrillic, Greek) and digits inside a word to the letters they imitate. A
// word that is wholly Cyrillic or Greek stays.
func latin(w string) string {
	hasASCII, other := false, false
	for _, r := range w {
		if r < 0x80 && unicode.IsLetter(r) {
			hasASCII = true
		} else {
			other = true
		}
	}
	if !other {
		return w
	}
	var b strings.Builder
	mapped := 0
	total := 0
	for _, r := range w {
		total++
		if l, ok := lookalike(r); ok && (hasASCII || r >= 0x80) {
			b.WriteByte(l)
			mapped++
			continue
		}
		if r < 0x80 {
			mapped++
		}
		b.WriteRune(r)
	}
	if mapped == total {
		return b.String()
	}
	return w
}

func lookalike(r rune) (byte, bool) {
	const from, to = "аеорсухіјѕһԁԛԝкмтвнзиαβεικνορτυχωηѵɡıϲ013457", "aeopcyxijshdqwkmtbhzuabeiknoptuxwnvgicoieast"
	i := 0
	for _, f := range from {
		if f == r {
			return to[i], true
		}
		i++
	}
	return 0, false
}
