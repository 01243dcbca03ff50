package read

import (
	"io"
	"mime/quotedprintable"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// plainCard rewrites what version 2.1 adds to the format, so that the library can read the card: quoted-printable
// values with soft line breaks and their character sets, and parameters without a name (TEL;WORK;VOICE:…).
func plainCard(card string) string {
	in := strings.Split(strings.TrimSuffix(card, "\n"), "\n")
	var b strings.Builder
	for i := 0; i < len(in); i++ {
		line := in[i]
		head, value, ok := cutProperty(line)
		if !ok || strings.HasPrefix(line, " ") || strings.HasPrefix(line, "\t") {
			b.WriteString(line + "\n")
			continue
		}
		head, qp, charset := plainParams(head)
		if qp {
			for strings.HasSuffix(value, "=") && i+1 < len(in) {
				i++
				value = value[:len(value)-1] + strings.TrimLeft(in[i], " \t")
			}
			value = decodeQP(value, charset)
		}
		b.WriteString(head + ":" + value + "\n")
	}
	return b.String()
}

// cutProperty splits at the first colon outside quotes.
func cutProperty(line string) (head, value string, ok bool) {
	quoted := false
	for i := 0; i < len(line); i++ {
		switch {
		case line[i] == '"':
			quoted = !quoted
		case line[i] == ':' && !quoted:
			return line[:i], line[i+1:], true
		}
	}
	return "", "", false
}

// plainParams gives every parameter a name and takes out the encoding and character set.
func plainParams(head string) (out string, qp bool, charset string) {
	parts := strings.Split(head, ";")
	keep := parts[:1]
	for _, p := range parts[1:] {
		name, value, named := strings.Cut(p, "=")
		switch {
		case strings.EqualFold(p, "QUOTED-PRINTABLE"), strings.EqualFold(name, "ENCODING") && strings.EqualFold(value, "QUOTED-PRINTABLE"):
			qp = true
		case strings.EqualFold(name, "CHARSET"):
			charset = value
		case !named && p != "":
			keep = append(keep, "TYPE="+p)
		default:
			keep = append(keep, p)
		}
	}
	return strings.Join(keep, ";"), qp, charset
}

func decodeQP(s, charset string) string {
	b, err := io.ReadAll(quotedprintable.NewReader(strings.NewReader(s)))
	if err != nil && len(b) == 0 {
		return s
	}
	out := string(b)
	if !utf8.ValidString(out) || strings.EqualFold(charset, "ISO-8859-1") || strings.EqualFold(charset, "WINDOWS-1252") {
		if d, err := charmap.Windows1252.NewDecoder().String(out); err == nil && !utf8.ValidString(out) {
			out = d
		}
	}
	return strings.NewReplacer("\r\n", `\n`, "\n", `\n`).Replace(out)
}
