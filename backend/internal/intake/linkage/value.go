package linkage

import (
	"strings"

	"winnow/backend/internal/intake/linkage/similar"
	"winnow/backend/internal/intake/normalise"
)

// Field is one column of the records that are compared.
type Field struct {
	Name string `json:"name"`
	Kind Kind   `json:"kind"`
}

// Record is what comes in: for each field, in their order, its values as they stand, several where there are several.
type Record struct {
	Values [][]string
}

// value is one field of one record, ready to be compared. The zero value says nothing.
type value struct {
	text  string  // folded to Latin letters
	tight string  // text without gaps: what equality compares; empty when nothing is known
	alt   string  // kind's own: nickname's root, street's name, e-mail's local part
	alt2  string  // kind's own: sound, house number, e-mail's host
	alt3  string  // kind's own: unit, first and last word
	words []word  // organisations, streets, labels, texts
	more  []value // further values of the same field
	n     float64 // numbers; dates as yyyymmdd
	flag  bool    // e-mail: shared by many (role); name: an initial
	hash  uint64  // of tight
	set   uint64  // letters of tight
}

// word is one word of a longer value and what its rarity weighs.
type word struct {
	text   string
	set    uint64 // letters of text
	weight float32
}

func (v *value) known() bool { return v.tight != "" }

// hashOf is stable over runs and machines: stored models name their frequent values by it.
func hashOf(s string) uint64 {
	h := uint64(14695981039346656037)
	for i := range len(s) {
		h ^= uint64(s[i])
		h *= 1099511628211
	}
	h ^= h >> 29
	h *= 0xbf58476d1ce4e5b9
	return h ^ h>>32
}

// alike is the Jaro-Winkler likeness of two values, 0 where their letters already differ too much.
func alike(a, b *value) float64 {
	if !similar.MayBeAlike(a.set, b.set) {
		return 0
	}
	if a.tight > b.tight {
		a, b = b, a
	}
	return similar.JaroWinkler(a.tight, b.tight)
}

func tight(s string) string {
	if !strings.Contains(s, " ") {
		return s
	}
	return strings.ReplaceAll(s, " ", "")
}

// blank reports whether a cell says nothing: empty, a placeholder, or a filler such as 0000 or xxx.
func blank(s string) bool {
	s = strings.TrimSpace(s)
	if s == "" || normalise.Placeholder(s) {
		return true
	}
	switch strings.ToLower(s) {
	case "na", "nil", "no", "x", "xx", "xxx", "test", "dummy", "missing", "not applicable", "not specified", "no data", "keine", "inconnu":
		return true
	}
	return false
}

// filler reports whether digits were only typed to fill a field: one digit over and over, or 1234567….
func filler(digits string) bool {
	if len(digits) < 5 {
		return false
	}
	same, run := true, true
	for i := 1; i < len(digits); i++ {
		same = same && digits[i] == digits[0]
		run = run && (digits[i] == digits[i-1]+1 || digits[i-1] == '9' && digits[i] == '0')
	}
	return same || run
}

// parse prepares the values of one field; the first is the main one.
func (p *parser) parse(k Kind, raw []string) value {
	var out value
	for _, r := range raw {
		if blank(r) {
			continue
		}
		for _, v := range p.one(k, r) {
			v.hash, v.set = hashOf(v.tight), similar.Letters(v.tight)
			for i := range v.words {
				v.words[i].set = similar.Letters(v.words[i].text)
			}
			switch {
			case !v.known():
			case !out.known():
				more := out.more
				out = v
				out.more = more
			case v.tight != out.tight && len(out.more) < 8:
				out.more = append(out.more, v)
			}
		}
	}
	return out
}

// parser holds the tables that parsing needs. It is safe for concurrent use.
type parser struct {
	names     *nameTable
	countries *normalise.Countries
}

func newParser() *parser {
	return &parser{names: newNameTable(), countries: normalise.NewCountries()}
}

func (p *parser) one(k Kind, raw string) []value {
	switch k {
	case Given:
		return []value{p.given(raw)}
	case Surname:
		return []value{p.surname(raw)}
	case Organisation:
		return []value{organisation(raw)}
	case Street:
		return []value{street(raw)}
	case Locality:
		return []value{locality(raw)}
	case Postcode:
		return []value{postcode(raw)}
	case State:
		return []value{state(raw)}
	case Country:
		return []value{p.country(raw)}
	case Date:
		return []value{date(raw)}
	case Phone:
		return phones(raw)
	case Email:
		return emails(raw)
	case Website:
		return []value{website(raw)}
	case ID:
		return []value{code(raw)}
	case Number:
		return []value{number(raw)}
	case Text:
		return []value{text(raw)}
	case Profile:
		return []value{plain(strings.ToLower(strings.TrimSpace(raw)))}
	default:
		return []value{label(raw)}
	}
}
