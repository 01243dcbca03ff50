package intake

import (
	"slices"
	"strings"

	"winnow/backend/internal/intake/mapping"
	"winnow/backend/internal/intake/normalise"
	"winnow/backend/internal/lead"
)

// fillDefaults gives the candidate what its row does not say.
func (f *filler) fillDefaults() {
	for _, t := range textFields() {
		if v := f.defaults[t.name]; v != "" && *t.at(&f.c.Lead) == "" {
			*t.at(&f.c.Lead) = v
		}
	}
}

// normalDefaults brings the defaults into the form in which values come in.
func normalDefaults(given map[string]string, countries *normalise.Countries) map[string]string {
	out := make(map[string]string, len(given))
	for field, v := range given {
		v, _ = normalise.Line(v)
		switch field {
		case "company":
			v = normalise.Company(v)
		case "country":
			v = countries.Code(v)
		case "company_size":
			v = normalise.CompanySize(v)
		case "language":
			v = normalise.Language(v)
		}
		out[field] = v
	}
	return out
}

// empties lists the fields that the file has a column for and this row says nothing about, of those that may be cleared:
// not what a lead is known by.
func (f *filler) empties() (fields []string) {
	for _, t := range textFields() {
		if !clearable(t.name) || *t.at(&f.c.Lead) != "" {
			continue
		}
		if len(f.mapping.Of(mapping.Field(t.name))) > 0 {
			fields = append(fields, t.name)
		}
	}
	for _, c := range f.mapping.Columns {
		key, ok := c.Field.Custom()
		if _, given := f.c.Lead.Custom.V[key]; ok && !given {
			fields = append(fields, lead.CustomPrefix+key)
		}
	}
	slices.Sort(fields)
	return slices.Compact(fields)
}

func clearable(field string) bool {
	switch field {
	case "name", "email", "phone", "linkedin_url", "source", "source_id":
		return false
	}
	return !strings.HasPrefix(field, lead.CustomPrefix)
}
