package linkage

import (
	_ "embed"
	"slices"
	"strings"

	"winnow/backend/internal/intake/linkage/similar"
	"winnow/backend/internal/intake/normalise"
)

//go:embed nicknames.txt
var nicknameTable string

// nameTable knows short forms of given names: each form leads to the roots that it can stand for.
type nameTable struct{ roots map[string][]string }

func newNameTable() *nameTable {
	t := &nameTable{roots: map[string][]string{}}
	for line := range strings.SplitSeq(nicknameTable, "\n") {
		forms := strings.Fields(line)
		if len(forms) < 2 || forms[0] == "#" {
			continue
		}
		for _, f := range forms {
			t.roots[f] = append(t.roots[f], forms[0])
		}
	}
	return t
}

// known reports whether a word is a given name that the table has.
func (t *nameTable) known(w string) bool { return len(t.roots[w]) > 0 }

// alike reports whether one of two given names is a short form of the other, or both of a third.
func (t *nameTable) alike(a, b string) bool {
	return slices.ContainsFunc(t.roots[a], func(root string) bool { return slices.Contains(t.roots[b], root) })
}

// given reads given names: "Mary Ann" → text "mary ann", alt the first name, alt2 its sound.
func (p *parser) given(raw string) value {
	v := plain(stripTitles(normalise.Latin(raw)))
	v.alt, _, _ = strings.Cut(v.text, " ")
	v.alt2 = similar.Sound(v.alt)
	v.flag = len(v.tight) == 1
	return v
}

// surname reads a family name; particles stay, for "van Dyke" is no "Dyke", but both share a part.
func (p *parser) surname(raw string) value {
	v := plain(stripTitles(normalise.Latin(raw)))
	v.alt = v.text
	if i := strings.LastIndexByte(v.text, ' '); i >= 0 {
		v.alt = v.text[i+1:]
	}
	v.alt2 = similar.Sound(v.tight)
	v.flag = len(v.tight) == 1
	return v
}

func stripTitles(s string) string {
	for {
		w, rest, more := strings.Cut(s, " ")
		if !more {
			return s
		}
		switch w {
		case "mr", "mrs", "ms", "miss", "dr", "prof", "sir", "herr", "frau", "shri", "smt", "mme":
			s = rest
		default:
			return s
		}
	}
}

func plain(s string) value { return value{text: s, tight: tight(s)} }
