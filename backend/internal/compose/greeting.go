package compose

import (
	"strings"
	"unicode"
)

// honorifics are dropped from the front of a name.
var honorifics = map[string]bool{
	"mr": true, "mrs": true, "ms": true, "miss": true, "dr": true, "prof": true, "shri": true, "smt": true, "sri": true,
	"er": true, "ca": true, "adv": true, "herr": true, "frau": true, "sr": true, "sra": true, "eng": true, "sir": true,
}

// notNames are words that show that a "name" is a business or a mailbox, not a person.
var notNames = map[string]bool{
	"ltd": true, "llc": true, "inc": true, "pvt": true, "gmbh": true, "llp": true, "co": true, "company": true, "team": true,
	"sales": true, "info": true, "support": true, "admin": true, "office": true, "enquiry": true, "customer": true, "unknown": true,
	"clinic": true, "dental": true, "store": true, "shop": true, "traders": true, "enterprises": true, "industries": true,
	"restaurant": true, "hotel": true, "services": true, "solutions": true, "anonymous": true, "user": true, "guest": true,
}

// FirstName is the given name to greet a person with, "" when the name is a user name, a business, an initial or a
// script in which the order of names can't be told.
func FirstName(name string) string {
	name = strings.TrimSpace(name)
	if strings.HasPrefix(name, "u/") || strings.ContainsAny(name, "@_0123456789/\\<>{}") {
		return ""
	}
	if last, first, ok := strings.Cut(name, ","); ok && strings.TrimSpace(first) != "" && !strings.Contains(strings.TrimSpace(last), " ") {
		name = strings.TrimSpace(first)
	}
	words := strings.Fields(name)
	for _, w := range words {
		if notNames[strings.ToLower(strings.Trim(w, ".,"))] {
			return ""
		}
	}
	for len(words) > 1 && honorifics[strings.ToLower(strings.Trim(words[0], ".,"))] {
		words = words[1:]
	}
	if len(words) == 0 || (len(words) == 1 && words[0] == strings.ToLower(words[0])) {
		return ""
	}
	return casedName(strings.Trim(words[0], ".,\"'()"))
}

func casedName(w string) string {
	r := []rune(w)
	if len(r) < 2 || !unicode.IsLetter(r[0]) {
		return ""
	}
	for _, c := range r {
		if !unicode.IsLetter(c) && c != '-' && c != '\'' && c != '’' && !unicode.Is(unicode.Mn, c) && !unicode.Is(unicode.Mc, c) {
			return ""
		}
	}
	if upper := strings.ToUpper(w); w == upper && w != strings.ToLower(w) {
		return string(r[0]) + strings.ToLower(string(r[1:]))
	}
	return w
}
