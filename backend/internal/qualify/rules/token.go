package rules

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// maxRunes bounds how much of a text is read: a whole book in one cell must not stall a batch.
const maxRunes = 12_000

// token is one word, number or sign of a text. start and end are code points of the text, half-open.
type token struct {
	text       string // folded: lower case, plain quotes, no accents on Latin letters, nothing invisible
	stem       string
	start, end int
	sent       int
	word       bool // letters or digits (otherwise a sign)
	num        bool // holds a digit
	brk        bool // a clause ends here (comma, dash, bracket, colon …)
}

// sentence is a run of tokens lo ≤ i < hi.
type sentence struct{ lo, hi int }

// tokenize splits text into tokens and sentences.
func tokenize(rs []rune) ([]token, []sentence) {
	if len(rs) > maxRunes {
		rs = rs[:maxRunes]
	}
	toks := make([]token, 0, len(rs)/4+8)
	var sents []sentence
	lo := 0
	flush := func() {
		if len(toks) > lo {
			sents = append(sents, sentence{lo, len(toks)})
			lo = len(toks)
		}
	}
	for i := 0; i < len(rs); {
		r := rs[i]
		switch {
		case invisible(r):
			i++
		case isWordRune(r):
			j := wordEnd(rs, i)
			text := fold(rs[i:j])
			if text != "" {
				toks = append(toks, newWord(text, i, j, len(sents)))
			}
			i = j
		case r == '\n':
			flush()
			i++
		case unicode.IsSpace(r):
			i++
		default:
			toks = append(toks, token{text: foldSign(r), stem: foldSign(r), start: i, end: i + 1, sent: len(sents), brk: clauseBreak(rs, i)})
			i++
			if sentenceEnd(rs, i-1, toks) {
				flush()
			}
		}
	}
	flush()
	return toks, sents
}

func newWord(text string, start, end, sent int) token {
	t := token{text: text, stem: text, start: start, end: end, sent: sent, word: true}
	ascii := true
	for i := 0; i < len(text); i++ {
		if text[i] >= '0' && text[i] <= '9' {
			t.num = true
		}
		if text[i] >= 0x80 {
			ascii = false
		}
	}
	if ascii && !t.num {
		t.stem = stemOf(text)
	}
	return t
}

// invisible runes hide orders from people, or hide the seams of a word; they never count.
func invisible(r rune) bool {
	switch {
	case r == 0x00AD, r >= 0x200B && r <= 0x200F, r >= 0x202A && r <= 0x202E, r >= 0x2060 && r <= 0x2069, r == 0xFEFF:
		return true
	case r >= 0xE0000 && r <= 0xE007F, r >= 0xFE00 && r <= 0xFE0F:
		return true
	}
	return false
}

func isWordRune(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.Mn, r) || unicode.Is(unicode.Mc, r)
}

// wordEnd is the end of the word that starts at i; "2,300", "99.2", "1h20", "don't" are one word each.
func wordEnd(rs []rune, i int) int {
	j := i
	for j < len(rs) {
		r := rs[j]
		switch {
		case isWordRune(r), invisible(r):
		case isApostrophe(r) && j > i && j+1 < len(rs) && unicode.IsLetter(rs[j+1]):
		case (r == ',' || r == '.') && j > i && unicode.IsDigit(rs[j-1]) && j+1 < len(rs) && unicode.IsDigit(rs[j+1]):
		default:
			return j
		}
		j++
	}
	return j
}

func isApostrophe(r rune) bool { return r == '\'' || r == '’' || r == '‘' || r == 'ʼ' }

// fold lowers a word, plains its apostrophes, drops what is invisible and strips accents from Latin letters.
func fold(rs []rune) string {
	plain := true
	for _, r := range rs {
		if r >= 0x80 {
			plain = false
			break
		}
	}
	if plain {
		return strings.ToLower(string(rs))
	}
	var b strings.Builder
	for _, r := range rs {
		switch {
		case invisible(r):
		case isApostrophe(r):
			b.WriteByte('\'')
		case r == 'ß':
			b.WriteString("ss")
		case r < 0x80:
			b.WriteRune(unicode.ToLower(r))
		case unicode.Is(unicode.Latin, r) || (r >= 0xFF00 && r <= 0xFFEF) || (r >= 0x1D400 && r <= 0x1D7FF):
			for _, d := range norm.NFKD.String(string(r)) {
				if !unicode.Is(unicode.Mn, d) {
					b.WriteRune(unicode.ToLower(d))
				}
			}
		default:
			b.WriteRune(unicode.ToLower(r))
		}
	}
	return b.String()
}

func foldSign(r rune) string {
	if isApostrophe(r) {
		return "'"
	}
	return string(r)
}

func clauseBreak(rs []rune, i int) bool {
	switch rs[i] {
	case ',', ';', ':', '(', ')', '—', '–', '…', '"', '“', '”', '•', '|', '→', '!', '?', '.', '،', '؛', '।':
		return true
	case '-':
		return i > 0 && i+1 < len(rs) && unicode.IsSpace(rs[i-1]) && unicode.IsSpace(rs[i+1])
	}
	return false
}

// sentenceEnd reports whether the sign at i ends a sentence.
func sentenceEnd(rs []rune, i int, toks []token) bool {
	switch rs[i] {
	case '!', '?', ';', '।', '؟', '。', '！', '？', '•', '★', '☆', '؛':
		return true
	case '.':
		if i > 0 && rs[i-1] == '.' && goesOn(rs[i+1:]) {
			return false
		}
		if i+1 < len(rs) && !unicode.IsSpace(rs[i+1]) && rs[i+1] != '"' && rs[i+1] != '”' && rs[i+1] != ')' {
			return false
		}
		if len(toks) < 2 {
			return true
		}
		switch toks[len(toks)-2].text {
		case "dr", "mr", "mrs", "ms", "st", "rs", "no", "nos", "approx", "vs", "e.g", "i.e", "md", "ltd", "inc", "co", "pvt", "emp", "max", "min", "dept", "eg", "ie":
			return false
		}
		return true
	}
	return false
}

// goesOn: a small letter after an ellipsis carries the sentence on.
func goesOn(rest []rune) bool {
	for _, r := range rest {
		if !unicode.IsSpace(r) {
			return unicode.IsLower(r)
		}
		if r == '\n' {
			return false
		}
	}
	return false
}
