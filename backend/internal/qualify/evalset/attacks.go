package evalset

import (
	_ "embed"
	"strconv"
	"strings"
)

//go:embed injections.txt
var injections string // read-only

// Attacks lists the built-in injection strings: plain orders, hidden markup, comments, zero-width and tag characters,
// look-alike letters, encodings, fake turns and JSON closers, other languages (A40).
func Attacks() []string {
	var out []string
	for line := range strings.SplitSeq(injections, "\n") {
		if line == "" || strings.HasPrefix(line, "# ") {
			continue
		}
		out = append(out, unescape(line))
	}
	return out
}

// unescape reads \n, \uXXXX and \UXXXXXXXX; a doubled backslash stands for one. Anything else stays as it is.
func unescape(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] != '\\' || i+1 == len(s) {
			b.WriteByte(s[i])
			continue
		}
		switch digits := map[byte]int{'u': 4, 'U': 8}[s[i+1]]; {
		case s[i+1] == 'n':
			b.WriteByte('\n')
			i++
		case s[i+1] == '\\':
			b.WriteByte('\\')
			i++
		case digits > 0 && i+2+digits <= len(s):
			if n, err := strconv.ParseInt(s[i+2:i+2+digits], 16, 32); err == nil {
				b.WriteRune(rune(n))
				i += 1 + digits
				continue
			}
			b.WriteByte('\\')
		default:
			b.WriteByte('\\')
		}
	}
	return b.String()
}
