package polite

import "strings"

// pattern is a rule's path: parts that stand between asterisks.
type pattern struct {
	parts  []string
	end    bool // "$": the path ends here
	length int  // octets, by which the most specific rule is found
}

func newPattern(value string) pattern {
	p := pattern{length: len(value)}
	if value[0] != '/' && value[0] != '*' {
		value = "/" + value
	}
	if strings.HasSuffix(value, "$") {
		p.end, value = true, value[:len(value)-1]
	}
	value = normalise(value, true)
	p.length = len(value)
	if p.end {
		p.length++
	}
	for i, part := range strings.Split(value, "*") {
		if i > 0 && part == "" && len(p.parts) > 1 && p.parts[len(p.parts)-1] == "" {
			continue // "**" is "*"
		}
		p.parts = append(p.parts, part)
	}
	return p
}

// matches walks the parts from left to right; each is taken at its first place, so the time is linear in the path.
func (p pattern) matches(path string) bool {
	if !strings.HasPrefix(path, p.parts[0]) {
		return false
	}
	path = path[len(p.parts[0]):]
	rest := p.parts[1:]
	if len(rest) == 0 {
		return !p.end || path == ""
	}
	for i, part := range rest {
		if i == len(rest)-1 && p.end {
			return strings.HasSuffix(path, part)
		}
		at := strings.Index(path, part)
		if at < 0 {
			return false
		}
		path = path[at+len(part):]
	}
	return true
}

const upperHex = "0123456789ABCDEF"

// normalise writes a path so that equal paths are equal octets: what need not be escaped is not, all else is, in upper
// case. In a rule the asterisk stands for anything; in an address it is a letter like others.
func normalise(s string, rule bool) string {
	var b strings.Builder
	b.Grow(len(s) + 8)
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c == '%' && i+2 < len(s) && isHex(s[i+1]) && isHex(s[i+2]) {
			v := unhex(s[i+1])<<4 | unhex(s[i+2])
			i += 2
			if unreserved(v) {
				b.WriteByte(v)
			} else {
				escape(&b, v)
			}
			continue
		}
		switch {
		case c == '*' && !rule, c == '$', c != '%' && !unreserved(c) && !reserved(c):
			escape(&b, c)
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}

func escape(b *strings.Builder, c byte) {
	b.WriteByte('%')
	b.WriteByte(upperHex[c>>4])
	b.WriteByte(upperHex[c&15])
}

func unreserved(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-' || c == '.' || c == '_' || c == '~'
}

func reserved(c byte) bool { return strings.IndexByte(":/?#[]@!$&'()*+,;=", c) >= 0 }

func isHex(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F'
}

func unhex(c byte) byte {
	switch {
	case c >= 'a':
		return c - 'a' + 10
	case c >= 'A':
		return c - 'A' + 10
	}
	return c - '0'
}
