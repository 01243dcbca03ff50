package normalise

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Text is s in Unicode NFC without NUL, control, zero-width and bidirectional-override characters, invalid
// UTF-8 and surrounding blanks; line ends become \n. removed counts the characters (or invalid bytes) taken out.
// Joiners (U+200C, U+200D) stay: emoji, Hindi and Persian need them.
func Text(s string) (out string, removed int) {
	if isPlain(s) {
		return strings.TrimSpace(s), 0
	}
	var b strings.Builder
	b.Grow(len(s))
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == utf8.RuneError && n <= 1:
			removed++
		case r == '\r':
			if !strings.HasPrefix(s[i+n:], "\n") {
				b.WriteByte('\n')
			}
		case unwanted(r):
			removed++
		default:
			b.WriteRune(r)
		}
		i += n
	}
	return strings.TrimFunc(norm.NFC.String(b.String()), unicode.IsSpace), removed
}

// Line is Text on one line: every run of blanks becomes one space.
func Line(s string) (out string, removed int) {
	out, removed = Text(s)
	if strings.ContainsAny(out, "\n\t\u00a0\u202f") || strings.Contains(out, "  ") {
		out = strings.Join(strings.Fields(out), " ")
	}
	return out, removed
}

func isPlain(s string) bool {
	for i := 0; i < len(s); i++ {
		if c := s[i]; c >= 0x7f || (c < 0x20 && c != '\n' && c != '\t') {
			return false
		}
	}
	return true
}

func unwanted(r rune) bool {
	switch {
	case r == '\n' || r == '\t':
		return false
	case r < 0x20 || (r >= 0x7f && r < 0xa0): // control characters
		return true
	case r == 0x200b || r == 0x2060 || r == 0xfeff || r == 0x00ad || r == 0x200e || r == 0x200f: // zero width, marks
		return true
	case (r >= 0x202a && r <= 0x202e) || (r >= 0x2066 && r <= 0x2069): // bidirectional overrides
		return true
	}
	return false
}

// Unquote takes off what spreadsheets and our own exports put around text to keep it text: ="0049…" and a leading
// apostrophe before a digit or before what would run as a formula.
func Unquote(s string) string {
	s = strings.TrimSpace(s)
	if len(s) >= 2 && s[0] == '\'' {
		rest := strings.TrimLeft(s[1:], " \u00a0\"")
		if rest != "" && strings.ContainsRune("'=+-@\t\r0123456789", rune(rest[0])) {
			s = strings.TrimSpace(s[1:])
		}
	}
	if len(s) >= 3 && strings.HasPrefix(s, `="`) && strings.HasSuffix(s, `"`) {
		return strings.ReplaceAll(s[2:len(s)-1], `""`, `"`)
	}
	return s
}

// Placeholder reports whether s only says that nothing is known: n/a, none, null, -, unknown, [not provided] …
func Placeholder(s string) bool {
	s = strings.ToLower(strings.Trim(strings.TrimSpace(s), ".[]()<>"))
	switch s {
	case "", "-", "--", "---", "n/a", "n.a", "none", "null", "undefined", "nan", "#n/a", "#ref!", "#value!", "#name?",
		"unknown", "not provided", "not available", "tbd", "?", "??":
		return true
	}
	return false
}

// noAnswer is Placeholder and what people type into a field for an address or a number they do not want to give.
func noAnswer(s string) bool {
	switch strings.ToLower(strings.TrimSpace(s)) {
	case "na", "nil", "no", "x", "xx", "xxx", "keine", "inconnu", "0", "00":
		return true
	}
	return Placeholder(s)
}

// Fold is the form of s that matching compares: NFKD without accents, lower case, letters and digits only,
// single spaces between words.
func Fold(s string) string {
	if s == "" {
		return ""
	}
	var b strings.Builder
	b.Grow(len(s))
	space := false
	write := func(r rune) {
		if space && b.Len() > 0 {
			b.WriteByte(' ')
		}
		space = false
		b.WriteRune(r)
	}
	src := s
	if !isPlain(s) {
		src = norm.NFKD.String(s)
	}
	for _, r := range src {
		switch {
		case unicode.Is(unicode.Mn, r) && !isIndic(r):
		case r == 'ß':
			write('s')
			b.WriteByte('s')
		case unicode.IsLetter(r) || unicode.IsDigit(r) || isIndic(r):
			write(unicode.ToLower(r))
		default:
			space = true
		}
	}
	return b.String()
}

// isIndic keeps vowel signs that carry meaning: without them Hindi and its sisters become other words.
func isIndic(r rune) bool { return r >= 0x0900 && r <= 0x0dff && unicode.IsMark(r) }
