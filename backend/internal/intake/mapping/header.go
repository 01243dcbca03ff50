package mapping

import (
	_ "embed"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"winnow/backend/internal/intake/normalise"
)

//go:embed aliases.tsv
var aliasTable string

type alias struct {
	field Field
	rank  int // lower wins a field that one column may feed
}

// Mapper knows the names of columns. Make it once with New.
type Mapper struct{ aliases map[string]alias }

// New reads the built-in table of names.
func New() *Mapper {
	m := &Mapper{aliases: map[string]alias{}}
	for line := range strings.SplitSeq(aliasTable, "\n") {
		cols := strings.Split(line, "\t")
		if len(cols) != 3 {
			continue
		}
		rank, err := strconv.Atoi(cols[1])
		if err != nil {
			continue
		}
		for name := range strings.SplitSeq(cols[2], "|") {
			m.aliases[fold(name)] = alias{Field(cols[0]), rank}
		}
	}
	return m
}

const longestName = 2000 // bytes

// fold brings a header to the form that the table is keyed by: camelCase cut to words, lower case, no accents and
// signs. "linkedInProfileUrl", "LinkedIn Profile URL" and "linkedin_profile_url" are one.
func fold(h string) string {
	if len(h) > longestName { // no name of a column; what tells it apart stands at its start
		h = strings.ToValidUTF8(h[:longestName], "")
	}
	var b strings.Builder
	prev := rune(0)
	for _, r := range h {
		if unicode.IsUpper(r) && unicode.IsLower(prev) {
			b.WriteByte(' ')
		}
		b.WriteRune(r)
		prev = r
	}
	s := normalise.Fold(b.String())
	s = strings.ReplaceAll(s, "linked in", "linkedin")
	return strings.ReplaceAll(s, "hub spot", "hubspot")
}

// HeaderScore counts the cells that are known names of columns; it finds the header row of a file.
func (m *Mapper) HeaderScore(cells []string) (n int) {
	seen := map[string]bool{}
	for _, c := range cells {
		if len(c) > 100 || c == "" {
			continue
		}
		f := fold(c)
		if _, ok := m.aliases[f]; ok && !seen[f] {
			seen[f] = true
			n++
		}
	}
	return n
}

// byHeader finds a field for a header: an exact name, a name after taking off fillers and prefixes, or a name that
// contains a telling word and no word that says it is about something else.
func (m *Mapper) byHeader(header string) (a alias, confidence float64, reason string) {
	f := fold(header)
	if a, ok := m.aliases[f]; ok {
		return a, 1, "the name of the column"
	}
	if wrapper, rest, ok := strings.Cut(header, "."); ok && wraps(wrapper) {
		if a, ok := m.aliases[fold(rest)]; ok {
			return a, 0.9, "the last part of the column's name"
		}
	}
	if g := dropFillers(f); g != f {
		if a, ok := m.aliases[g]; ok {
			return a, 0.9, "the name of the column, without fillers"
		}
	}
	return contained(f)
}

// wraps reports whether a JSON object of this name holds the lead itself, not something about it.
func wraps(name string) bool {
	switch strings.ToLower(name) {
	case "lead", "contact", "person", "data", "item", "attributes", "properties", "fields", "user", "author", "record", "node", "result":
		return true
	}
	return false
}

func dropFillers(f string) string {
	var keep []string
	for w := range strings.FieldsSeq(f) {
		switch w {
		case "value", "primary", "main", "default", "contact", "lead", "person", "customer", "client", "prospect", "the", "your", "s", "current", "formatted":
			continue
		}
		if _, err := strconv.Atoi(w); err == nil {
			continue
		}
		keep = append(keep, w)
	}
	return strings.Join(keep, " ")
}

func contained(f string) (alias, float64, string) {
	words := map[string]bool{}
	for w := range strings.FieldsSeq(f) {
		switch w {
		case "status", "source", "confidence", "label", "type", "owner", "opt", "sent", "open", "opened", "bounced", "verified",
			"catch", "count", "last", "for", "id", "ids", "clicks", "consent", "company", "permission", "subject", "template", "date", "provider", "domain", "image", "photo",
			"receiver", "recipient", "reviews", "agent", "our", "extension", "ext":
			return alias{}, 0, ""
		}
		words[w] = true
	}
	why := "a word in the column's name"
	switch {
	case words["email"] || words["mail"] || words["emails"]:
		return alias{Email, 6}, 0.6, why
	case words["linkedin"]:
		return alias{LinkedIn, 4}, 0.6, why
	case words["phone"] || words["mobile"] || words["telephone"] || words["whatsapp"]:
		return alias{Phone, 6}, 0.6, why
	case words["employees"]:
		return alias{CompanySize, 4}, 0.6, why
	}
	return alias{}, 0, ""
}

// customKey is the name under which a column that is no field of ours is kept.
func customKey(header string) string {
	key := strings.ReplaceAll(fold(header), " ", "_")
	if key == "" {
		key = "column"
	}
	for len(key) > 90 {
		_, n := utf8.DecodeLastRuneInString(key)
		key = key[:len(key)-n]
	}
	return key
}
