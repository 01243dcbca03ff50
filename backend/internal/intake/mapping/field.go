// Package mapping decides which column of a file is which field of a lead: by the names that a dozen tools and a
// dozen languages give their columns, by what is in the columns, and by the user's word, which overrules both.
package mapping

import "strings"

// Field is what a column can be mapped to. Anything that begins with "custom." keeps the column under that name.
type Field string

// The fields.
const (
	Skip         Field = "" // the column is left out
	Name         Field = "name"
	FirstName    Field = "first_name"
	MiddleName   Field = "middle_name"
	LastName     Field = "last_name"
	Title        Field = "title"
	Company      Field = "company"
	Email        Field = "email"
	Phone        Field = "phone"
	CompanyPhone Field = "company_phone" // a line that many share: shown, but no identity
	LinkedIn     Field = "linkedin_url"
	URL          Field = "url"
	Content      Field = "content"
	Industry     Field = "industry"
	Location     Field = "location"
	City         Field = "city"
	State        Field = "state"
	Country      Field = "country"
	Address      Field = "address"
	Zip          Field = "zip"
	CompanySize  Field = "company_size"
	Language     Field = "language"
	Source       Field = "source"
	SourceID     Field = "source_id"
	Note         Field = "note"
	Tags         Field = "tags"
	PostedAt     Field = "posted_at"
	Created      Field = "created"
	Value        Field = "value"
)

// customPrefix begins the names of fields of the user's own.
const customPrefix = "custom."

// Custom reports whether f is a field of the user's own, and its key.
func (f Field) Custom() (key string, ok bool) { return strings.CutPrefix(string(f), customPrefix) }

// Fields lists every field with its label, in the order in which a form shows them.
func Fields() []struct {
	Name  Field
	Label string
} {
	return []struct {
		Name  Field
		Label string
	}{
		{Name, "Name"},
		{FirstName, "First name"},
		{MiddleName, "Middle name"},
		{LastName, "Last name"},
		{Title, "Job title"},
		{Company, "Company"},
		{Email, "E-mail"},
		{Phone, "Phone"},
		{CompanyPhone, "Company phone"},
		{LinkedIn, "LinkedIn profile"},
		{URL, "Web address"},
		{Content, "Post or message"},
		{Industry, "Industry"},
		{Location, "Location"},
		{City, "City"},
		{State, "State or region"},
		{Country, "Country"},
		{Address, "Street address"},
		{Zip, "Postal code"},
		{CompanySize, "Company size"},
		{Language, "Language"},
		{Source, "Source"},
		{SourceID, "Id in the source"},
		{Note, "Notes"},
		{Tags, "Tags"},
		{PostedAt, "Posted at"},
		{Created, "Created in the source"},
		{Value, "Value"},
	}
}

// Known reports whether f can be mapped to.
func Known(f Field) bool {
	if key, ok := f.Custom(); ok {
		return key != "" && len(key) <= 100
	}
	if f == Skip {
		return true
	}
	for _, k := range Fields() {
		if k.Name == f {
			return true
		}
	}
	return false
}

// several reports whether more than one column may feed the field: its values are collected, in order of rank.
func several(f Field) bool {
	switch f {
	case Email, Phone, CompanyPhone, LinkedIn, URL, Content, SourceID, Note, Tags, Country:
		return true
	default:
		return false
	}
}
