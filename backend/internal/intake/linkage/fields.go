package linkage

import "winnow/backend/internal/intake/normalise"

// People are the fields by which leads are compared, in order. A workspace's own fields follow them, each of the kind
// that Guess tells.
func People() []Field {
	return []Field{
		{"first_name", Given},
		{"last_name", Surname},
		{"company", Organisation},
		{"email", Email},
		{"phone", Phone},
		{"linkedin_url", Profile},
		{"url", Website},
		{"address", Street},
		{"city", Locality},
		{"zip", Postcode},
		{"state", State},
		{"country", Country},
	}
}

// Companies are the fields by which companies are compared, in order.
func Companies() []Field {
	return []Field{
		{"name", Organisation},
		{"domain", Website},
		{"phone", Phone},
		{"email", Email},
		{"linkedin_url", Profile},
		{"address", Street},
		{"city", Locality},
		{"zip", Postcode},
		{"state", State},
		{"country", Country},
	}
}

// SplitName gives the two parts of a person's whole name that are compared.
func SplitName(name string) (given, family string) { return normalise.SplitName(name) }
