package normalise

import "strings"

// Company cleans a company's name for show.
func Company(raw string) string {
	s, _ := Line(raw)
	return strings.Trim(s, " ,;")
}

// CompanyKey is the form of a company's name that matching compares: folded, without legal form and article
// ("The Acme Pvt. Ltd." and "ACME" → "acme"). A name that is nothing but a legal form keeps it.
func CompanyKey(name string) string {
	words := strings.Fields(Fold(strings.ReplaceAll(name, ".", "")))
	full := words
	if len(words) > 1 && words[0] == "the" {
		words = words[1:]
	}
	for len(words) > 1 && legalForm(words[len(words)-1]) {
		words = words[:len(words)-1]
	}
	for len(words) > 1 && (words[len(words)-1] == "and" || words[len(words)-1] == "und") {
		words = words[:len(words)-1]
	}
	if len(words) == 1 && legalForm(words[0]) {
		words = full
	}
	return strings.Join(words, " ")
}

func legalForm(w string) bool {
	switch w {
	case "inc", "incorporated", "corp", "corporation", "co", "company", "llc", "llp", "lp", "ltd", "limited", "plc", "pvt",
		"private", "gmbh", "mbh", "ag", "kg", "ohg", "gbr", "ug", "ek", "kgaa", "se", "sa", "sas", "sarl", "eurl", "sasu",
		"srl", "spa", "sl", "slu", "sau", "bv", "nv", "vof", "ab", "as", "asa", "aps", "oy", "oyj", "kk", "pty", "pte",
		"sdn", "bhd", "fze", "fzco", "fzc", "fzllc", "wll", "llcfz", "sp", "zoo", "oo", "doo", "dd", "kft", "zrt", "sro",
		"ooo", "lda", "ltda", "eireli", "me", "cv", "dmcc", "opc", "psc", "pjsc", "jsc", "cokg":
		return true
	}
	return false
}

// CompanySize mends the range of employees that a spreadsheet took for a date: Nov-50 → 11-50, 01-Oct → 1-10.
// Other text comes back cleaned.
func CompanySize(raw string) string {
	s, _ := Line(Unquote(raw))
	a, b, ok := strings.Cut(s, "-")
	if !ok {
		return s
	}
	ma, mb := monthNumber(a), monthNumber(b)
	if (ma == 0) == (mb == 0) {
		return s
	}
	x, y := ma, mb
	if ma == 0 {
		x = smallNumber(a)
	} else {
		y = smallNumber(b)
	}
	if x <= 0 || y <= 0 {
		return s
	}
	return itoa(min(x, y)) + "-" + itoa(max(x, y))
}
