package linkage

import (
	"strings"

	"winnow/backend/internal/intake/normalise"
)

// street reads a line such as "Suite 5, 12-14 N. Main St.": alt is the street's name, alt2 the house number, alt3 the
// unit; words are the words of the name. Street types, directions and ordinals are brought to one form.
func street(raw string) value {
	s := normalise.Latin(strings.NewReplacer("#", " unit ", "&", " and ", ".", " ", "№", " ").Replace(raw))
	tokens := strings.Fields(s)
	var v value
	var name []string
	for i := 0; i < len(tokens); i++ {
		w := tokens[i]
		switch {
		case unitWord(w) && i+1 < len(tokens) && (hasDigit(tokens[i+1]) || len(tokens[i+1]) <= 2):
			v.alt3 += tokens[i+1]
			i++
		case floorAfter(tokens, i):
			v.alt3 += w
			i++
		case v.alt2 == "" && houseNumber(w) && !ordinal(w) && (len(name) == 0 || i == len(tokens)-1):
			v.alt2 = w
			if len(name) == 0 && i+1 < len(tokens) && houseNumber(tokens[i+1]) && i+2 < len(tokens) && !ordinal(tokens[i+1]) {
				if strings.Contains(raw, tokens[i]+"/"+tokens[i+1]) { // 5/12 Main Street: unit 5 of number 12
					v.alt3, v.alt2 = w, tokens[i+1]
				}
				i++
			}
		default:
			name = append(name, streetWord(w))
		}
	}
	for _, w := range name {
		v.words = append(v.words, word{text: w, weight: 1})
	}
	v.alt = strings.Join(name, " ")
	v.text = strings.TrimSpace(v.alt2 + " " + v.alt)
	v.tight = tight(v.text)
	v.alt = tight(v.alt)
	return v
}

// houseNumber: 12, 12a, b12; not 5th.
func houseNumber(w string) bool {
	if !hasDigit(w) || len(w) > 6 {
		return false
	}
	letters := 0
	for i := range len(w) {
		if w[i] < '0' || w[i] > '9' {
			letters++
		}
	}
	return letters <= 1
}

func ordinal(w string) bool {
	return len(w) > 2 && w[0] >= '0' && w[0] <= '9' && (strings.HasSuffix(w, "st") || strings.HasSuffix(w, "nd") || strings.HasSuffix(w, "rd") || strings.HasSuffix(w, "th"))
}

func unitWord(w string) bool {
	switch w {
	case "suite", "ste", "unit", "apt", "apartment", "flat", "room", "rm", "floor", "fl", "flr", "level", "lvl", "shop", "office", "bldg", "building", "block", "no", "nr", "space", "spc":
		return true
	}
	return false
}

// floorAfter: "2nd floor".
func floorAfter(tokens []string, i int) bool {
	return i+1 < len(tokens) && ordinal(tokens[i]) && (tokens[i+1] == "floor" || tokens[i+1] == "fl" || tokens[i+1] == "flr")
}

// streetWord is the one form of a word of an address.
func streetWord(w string) string {
	if s, ok := streetForms[w]; ok {
		return s
	}
	return w
}

// streetType reports whether a word, in its one form, is what kind of street it is or a direction: the first thing
// that people leave out.
func streetType(w string) bool {
	switch w {
	case "st", "ave", "rd", "blvd", "dr", "ln", "ct", "pl", "sq", "hwy", "pkwy", "ter", "cir", "cl", "cres", "way", "fwy", "tpke", "ctr", "plz",
		"n", "s", "e", "w", "ne", "nw", "se", "sw":
		return true
	}
	return false
}

var streetForms = map[string]string{ //nolint:gochecknoglobals // a table
	"street": "st", "str": "st", "strasse": "st", "avenue": "ave", "av": "ave", "aven": "ave", "road": "rd", "boulevard": "blvd", "boul": "blvd", "blv": "blvd",
	"drive": "dr", "drv": "dr", "lane": "ln", "court": "ct", "crt": "ct", "place": "pl", "square": "sq", "highway": "hwy", "hiway": "hwy", "parkway": "pkwy",
	"pky": "pkwy", "terrace": "ter", "terr": "ter", "tce": "ter", "circle": "cir", "circuit": "cir", "circ": "cir", "cct": "cir", "close": "cl",
	"crescent": "cres", "cr": "cres", "freeway": "fwy", "turnpike": "tpke", "center": "ctr", "centre": "ctr", "plaza": "plz", "plza": "plz", "expressway": "expy",
	"north": "n", "south": "s", "east": "e", "west": "w", "northeast": "ne", "northwest": "nw", "southeast": "se", "southwest": "sw",
	"first": "1st", "second": "2nd", "third": "3rd", "fourth": "4th", "fifth": "5th", "sixth": "6th", "seventh": "7th", "eighth": "8th", "ninth": "9th",
	"tenth": "10th", "eleventh": "11th", "twelfth": "12th", "saint": "st", "mount": "mt", "fort": "ft", "route": "rt", "rte": "rt", "between": "bet", "btw": "bet",
}
