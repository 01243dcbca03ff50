package lead

import "strings"

// GuardCell makes a text safe for spreadsheet files: what a spreadsheet would run as a formula (a first = + - @, TAB or
// CR, also after spaces or quotes) gets an apostrophe in front, and so does what begins with one already, so that
// UnguardCell gives the original back. Phone numbers and plain numbers stay usable as they are. Source: OWASP on CSV
// injection.
func GuardCell(s string) string {
	if s == "" || numberLike(s) {
		return s
	}
	if s[0] == '\'' || s[0] == '\t' || s[0] == '\r' {
		return "'" + s
	}
	if t := strings.TrimLeft(s, " \t\r\n\"'\u00a0"); t != "" && strings.ContainsRune("=+-@", rune(t[0])) {
		return "'" + s
	}
	return s
}

// UnguardCell takes GuardCell's apostrophe away.
func UnguardCell(s string) string {
	if rest, ok := strings.CutPrefix(s, "'"); ok && GuardCell(rest) == s {
		return rest
	}
	return s
}

// numberLike reports whether s is a phone number or a number: no spreadsheet can make more of it than its value.
func numberLike(s string) bool {
	if s[0] != '+' && s[0] != '-' {
		return false
	}
	digits := 0
	for _, r := range s[1:] {
		switch {
		case r >= '0' && r <= '9':
			digits++
		case strings.ContainsRune(" ().-", r):
		default:
			return false
		}
	}
	return digits > 0 && (s[0] == '+' || !strings.ContainsAny(s[1:], " ()-"))
}
