package normalise

import (
	"strings"
	"unicode"
)

// Name cleans a person's name and mends one that is all capitals ("JOHN O'NEIL" → "John O'Neil"); a single word in
// capitals may be initials or a brand and stays.
func Name(raw string) string {
	s, _ := Line(raw)
	words := strings.Fields(s)
	if len(words) < 2 || !allCaps(s) {
		return s
	}
	for i, w := range words {
		if len([]rune(w)) > 2 || i == 0 {
			words[i] = titleWord(w)
		}
	}
	return strings.Join(words, " ")
}

func allCaps(s string) bool {
	letters := 0
	for _, r := range s {
		if unicode.IsLower(r) || unicode.IsDigit(r) || strings.ContainsRune("=(&/.", r) {
			return false
		}
		if unicode.IsUpper(r) {
			letters++
		}
	}
	return letters >= 4
}

func titleWord(w string) string {
	up := true
	return strings.Map(func(r rune) rune {
		out := unicode.ToLower(r)
		if up {
			out = r
		}
		up = r == '-' || r == '\'' || r == '’'
		return out
	}, w)
}

// JoinName makes one name of its parts, leaving out what is empty or repeats.
func JoinName(first, middle, last string) string {
	var parts []string
	for _, p := range []string{first, middle, last} {
		if p = strings.TrimSpace(p); p != "" && !Placeholder(p) {
			parts = append(parts, p)
		}
	}
	if len(parts) == 2 && strings.EqualFold(parts[0], parts[1]) {
		parts = parts[:1]
	}
	return Name(strings.Join(parts, " "))
}

// SplitName guesses first and last name: titles and suffixes are taken off, "Last, First" is turned.
func SplitName(name string) (first, last string) {
	s, _ := Line(name)
	if l, f, ok := strings.Cut(s, ","); ok && !nameSuffix(strings.TrimSpace(f)) {
		s = strings.TrimSpace(f) + " " + strings.TrimSpace(l)
	} else {
		s = strings.TrimSuffix(l, ",")
	}
	words := strings.Fields(s)
	for len(words) > 1 && honorific(words[0]) {
		words = words[1:]
	}
	for len(words) > 2 && nameSuffix(words[len(words)-1]) {
		words = words[:len(words)-1]
	}
	if len(words) == 0 {
		return "", ""
	}
	if len(words) == 1 {
		return words[0], ""
	}
	n := len(words) - 1
	for n > 1 && nameParticle(words[n-1]) {
		n--
	}
	return strings.Join(words[:n], " "), strings.Join(words[n:], " ")
}

func honorific(w string) bool {
	switch strings.ToLower(strings.Trim(w, ".")) {
	case "mr", "mrs", "ms", "miss", "dr", "prof", "sir", "herr", "frau", "ing", "dipl-ing", "shri", "smt", "sr", "sra", "mme", "m", "er", "ca":
		return true
	}
	return false
}

func nameSuffix(w string) bool {
	switch strings.ToLower(strings.ReplaceAll(w, ".", "")) {
	case "jr", "sr", "ii", "iii", "iv", "phd", "md", "mba", "cpa", "esq", "pmp", "pe", "dds", "rn", "ca", "cfa", "msc", "bsc":
		return true
	}
	return false
}

func nameParticle(w string) bool {
	switch strings.ToLower(w) {
	case "van", "von", "de", "da", "del", "della", "di", "du", "la", "le", "der", "den", "ten", "ter", "al", "el", "bin", "ibn", "dos", "das", "zu", "zur":
		return true
	}
	return false
}

// NamesAgree reports whether two names can be one person's: one is empty, or every word of the shorter one is in the
// longer, as itself or as its initial ("J. Vega", "Jordan M. Vega"). A shared surname alone is not enough.
func NamesAgree(a, b string) bool {
	wa, wb := nameWords(a), nameWords(b)
	if len(wa) > len(wb) {
		wa, wb = wb, wa
	}
	if len(wa) == 0 {
		return true
	}
	for _, x := range wa {
		found := false
		for _, y := range wb {
			found = found || x == y || len(x) == 1 && strings.HasPrefix(y, x) || len(y) == 1 && strings.HasPrefix(x, y)
		}
		if !found {
			return false
		}
	}
	return true
}

func nameWords(name string) (words []string) {
	for w := range strings.FieldsSeq(Fold(name)) {
		if !honorific(w) && !nameSuffix(w) {
			words = append(words, w)
		}
	}
	return words
}
