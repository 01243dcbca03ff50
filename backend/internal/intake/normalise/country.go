package normalise

import (
	_ "embed"
	"strings"

	"golang.org/x/text/language"
)

//go:embed countries.tsv
var countryTable string

// Countries knows the names of countries in nine languages. Make it once with NewCountries.
type Countries struct {
	byName map[string]string
	name   map[string]string
}

// NewCountries reads the built-in table (ORIGIN.md says where it comes from).
func NewCountries() *Countries {
	c := &Countries{byName: map[string]string{}, name: map[string]string{}}
	for line := range strings.SplitSeq(countryTable, "\n") {
		cols := strings.Split(line, "\t")
		if len(cols) != 3 {
			continue
		}
		code := cols[0]
		names := strings.Split(cols[2], "|")
		if _, known := c.name[code]; !known {
			c.name[code] = names[0]
		}
		for _, n := range append(names, code, cols[1]) {
			if k := Fold(n); k != "" {
				if _, taken := c.byName[k]; !taken {
					c.byName[k] = code
				}
			}
		}
	}
	return c
}

// Code is the ISO 3166 alpha-2 code of a country named in any of the known languages, or by its codes; "" if unknown.
func (c *Countries) Code(name string) string { return c.byName[Fold(name)] }

// Name is the English name of an ISO code; "" if unknown.
func (c *Countries) Name(code string) string { return c.name[code] }

// OfLocation is the country that the last part of a place names ("Oslo, Norway" → NO); "" if it names none.
// Of two-letter endings only UK is read: "Springfield, IL" is no Israel.
func (c *Countries) OfLocation(place string) string {
	i := strings.LastIndexAny(place, ",;\n")
	last := strings.TrimSpace(place[i+1:])
	if len([]rune(last)) <= 2 && last != "UK" {
		return ""
	}
	return c.Code(last)
}

// Language is the BCP 47 base tag of a language code or locale ("en_US" → "en"); "" if it is none.
func Language(s string) string {
	s = strings.ReplaceAll(strings.TrimSpace(s), "_", "-")
	if s == "" || len(s) > 35 {
		return ""
	}
	t, err := language.Parse(s)
	if err != nil {
		return ""
	}
	b, conf := t.Base()
	if conf == language.No {
		return ""
	}
	return b.String()
}
