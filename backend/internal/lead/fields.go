package lead

import (
	"strings"
)

// CustomPrefix begins the name of a custom field in mappings, filters and provenance: "custom.budget".
const CustomPrefix = "custom."

// Field is a field of a lead that files may fill and people may edit. Its Name is the same in a mapping, a filter,
// a provenance row and the API.
type Field struct {
	Name  string `json:"name"`
	Label string `json:"label"`
}

// Fields lists the fields that can be mapped, edited and traced, in the order in which people read them. Beside them
// stand custom fields ("custom." and a name).
func Fields() []Field {
	return []Field{
		{"name", "Name"},
		{"title", "Job title"},
		{"company", "Company"},
		{"email", "E-mail"},
		{"phone", "Phone"},
		{"linkedin_url", "LinkedIn profile"},
		{"url", "Link"},
		{"source", "Source"},
		{"source_id", "Id at the source"},
		{"content", "Text"},
		{"industry", "Industry"},
		{"location", "Location"},
		{"country", "Country"},
		{"timezone", "Time zone"},
		{"company_size", "Company size"},
		{"language", "Language"},
		{"value", "Expected value"},
		{"tags", "Tags"},
		{"posted_at", "Posted at"},
		{"status", "Status"},
	}
}

// IsField reports whether name is one of Fields or a custom field with a usable name.
func IsField(name string) bool {
	if custom, ok := strings.CutPrefix(name, CustomPrefix); ok {
		return ValidCustomName(custom)
	}
	for _, f := range Fields() {
		if f.Name == name {
			return true
		}
	}
	return false
}

// MaxCustomName bounds the length of a custom field's name in bytes.
const MaxCustomName = 100

// ValidCustomName reports whether s can name a custom field: 1–100 bytes of printable text, no control characters.
func ValidCustomName(s string) bool {
	if s == "" || len(s) > MaxCustomName || strings.TrimSpace(s) != s {
		return false
	}
	for _, r := range s {
		if r < ' ' || r == 0x7f || r == '\ufffd' {
			return false
		}
	}
	return true
}
