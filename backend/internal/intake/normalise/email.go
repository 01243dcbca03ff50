package normalise

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/idna"
)

// Email is one address that mail can be sent to.
type Email struct {
	Address string // as given, cleaned; an internationalised domain in its readable form
	Key     string // match key: lower case, domain as A-label, provider's own rules applied
	Domain  string // A-label domain
	Role    bool   // info@, sales@ …: reaches a desk, so it identifies no person
	Dummy   bool   // test@, noreply@, none@ …: identifies nobody and gets no mail
}

// Person reports whether the address identifies one person.
func (e Email) Person() bool { return !e.Role && !e.Dummy }

// ParseEmail reads one address. It keeps quotes where the local part needs them, takes off zero-width
// characters, mailto: and display names, and refuses address literals and one-label hosts.
func ParseEmail(raw string) (Email, *Problem) {
	s := trimEmail(raw)
	local, domain, ok := cutAddress(s)
	if !ok {
		return Email{}, problem("email_invalid", "not an e-mail address: it needs the form name@company.tld")
	}
	if !validLocal(local) {
		return Email{}, problem("email_invalid", "the part before @ is not allowed in an e-mail address")
	}
	ascii, shown, p := domainForms(domain)
	if p != nil {
		return Email{}, p
	}
	low := strings.ToLower(local)
	e := Email{Address: local + "@" + shown, Domain: ascii, Key: matchKey(low, ascii)}
	e.Dummy = dummyLocal(low, ascii)
	e.Role = !e.Dummy && roleLocal(low)
	return e, nil
}

func trimEmail(raw string) string {
	s, _ := Line(Unquote(raw))
	s = strings.NewReplacer("\u200c", "", "\u200d", "").Replace(s)
	if i := strings.LastIndexByte(s, '<'); i >= 0 && strings.HasSuffix(s, ">") {
		s = s[i+1 : len(s)-1]
	}
	if len(s) > 7 && strings.EqualFold(s[:7], "mailto:") {
		s, _, _ = strings.Cut(s[7:], "?")
	}
	return strings.Trim(strings.TrimSpace(s), "<>()[]'.,;: ")
}

// cutAddress splits at the @ that is outside quotes.
func cutAddress(s string) (local, domain string, ok bool) {
	if strings.HasPrefix(s, `"`) {
		for i := 1; i < len(s); i++ {
			switch s[i] {
			case '\\':
				i++
			case '"':
				if i+1 < len(s) && s[i+1] == '@' {
					return s[:i+1], s[i+2:], i+2 < len(s)
				}
				return "", "", false
			}
		}
		return "", "", false
	}
	local, domain, ok = strings.Cut(s, "@")
	return local, domain, ok && local != "" && domain != "" && !strings.Contains(domain, "@")
}

func validLocal(l string) bool {
	if len(l) > 64 || !utf8.ValidString(l) {
		return false
	}
	if l[0] == '"' {
		return len(l) > 2
	}
	if l[0] == '.' || l[len(l)-1] == '.' || strings.Contains(l, "..") {
		return false
	}
	for _, r := range l {
		if r < 0x80 && !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune("!#$%&'*+-/=?^_`{|}~.", r) {
			return false
		}
		if r >= 0x80 && !unicode.IsLetter(r) && !unicode.IsMark(r) && !unicode.IsDigit(r) {
			return false
		}
	}
	return true
}

func domainForms(d string) (ascii, shown string, p *Problem) {
	d = strings.TrimSuffix(strings.TrimSpace(d), ".")
	bad := problem("email_domain", "the part after @ is not a domain: check the spelling")
	if strings.HasPrefix(d, "[") || !strings.Contains(d, ".") || len(d) > 253 {
		return "", "", bad
	}
	if plainDomain(d) {
		ascii = strings.ToLower(d)
		shown = d
	} else {
		var err error
		if ascii, err = idna.Lookup.ToASCII(d); err != nil || !plainDomain(ascii) {
			return "", "", bad
		}
	}
	if strings.Contains(ascii, "xn--") {
		u, err := idna.Display.ToUnicode(ascii)
		if err != nil {
			return "", "", bad
		}
		shown = u
	}
	tld := ascii[strings.LastIndexByte(ascii, '.')+1:]
	if len(tld) < 2 || (tld[0] >= '0' && tld[0] <= '9') {
		return "", "", bad
	}
	return ascii, shown, nil
}

func plainDomain(d string) bool {
	for label := range strings.SplitSeq(d, ".") {
		if label == "" || len(label) > 63 || label[0] == '-' || label[len(label)-1] == '-' {
			return false
		}
		for i := 0; i < len(label); i++ {
			c := label[i] | 0x20
			if (c < 'a' || c > 'z') && (label[i] < '0' || label[i] > '9') && label[i] != '-' {
				return false
			}
		}
	}
	return true
}

// matchKey applies what providers themselves do: Gmail ignores dots and everything after +, and googlemail.com is
// gmail.com; a few others ignore what follows +. Elsewhere the whole local part counts.
func matchKey(local, domain string) string {
	if domain == "googlemail.com" {
		domain = "gmail.com"
	}
	switch domain {
	case "gmail.com":
		local = strings.ReplaceAll(dropTag(local), ".", "")
	case "outlook.com", "hotmail.com", "live.com", "icloud.com", "me.com", "proton.me", "protonmail.com", "fastmail.com":
		local = dropTag(local)
	}
	return local + "@" + domain
}

func dropTag(local string) string {
	if i := strings.IndexByte(local, '+'); i > 0 && local[0] != '"' {
		return local[:i]
	}
	return local
}
