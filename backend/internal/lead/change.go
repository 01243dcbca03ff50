package lead

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"winnow/backend/internal/fault"
	"winnow/backend/internal/id"
)

// Bounds on what people may type in.
const (
	maxShort       = 500 // characters of a name, title, address …
	maxContent     = 100_000
	maxCustomText  = 4000
	maxCustomCount = 100
	maxTags        = 50
	maxTag         = 60
	maxValue       = 1_000_000_000_000_000 // micro-units
)

// Change is an edit by a person. What is absent stays.
type Change struct {
	Text   map[string]string  // field name (one of TextFields) → new value; "" clears
	Custom map[string]*string // custom field's name → new value; nil takes it away
	Tags   *[]string
	Status *Status
	Value  Optional[int64]  // micro-units of the workspace currency
	Owner  Optional[string] // user id; administrators only
}

// Optional is a value that may be left alone (Set false), cleared (Set, V nil) or given.
type Optional[T any] struct {
	Set bool
	V   *T
}

// TextFields are the text fields that people may edit.
func TextFields() []string {
	return []string{
		"name", "title", "company", "email", "phone", "linkedin_url", "url", "content", "industry", "location", "country",
		"timezone", "company_size", "language",
	}
}

// text is the address of a text field in a lead, nil for any other name.
func (l *Lead) text(field string) *string {
	return map[string]*string{
		"name": &l.Name, "title": &l.Title, "company": &l.Company, "email": &l.Email, "phone": &l.Phone,
		"linkedin_url": &l.LinkedinURL, "url": &l.URL, "content": &l.Content, "industry": &l.Industry, "location": &l.Location,
		"country": &l.Country, "timezone": &l.Timezone, "company_size": &l.CompanySize, "language": &l.Language,
		"source": &l.Source, "source_id": &l.SourceID,
	}[field]
}

// Field is the address of a text field in the lead, nil for any other name.
func (l *Lead) Field(name string) *string { return l.text(name) }

// CleanText brings what a person typed for a text field or a custom field ("custom." and a name) into stored form; problem
// says what is wrong with it, "" when nothing is.
func (s *Service) CleanText(field, v string) (stored, problem string) {
	limit := limitOf(field)
	if strings.HasPrefix(field, CustomPrefix) {
		limit = maxCustomText
	}
	v, problem = tidy(v, limit)
	if problem == "" && v != "" && s.norm != nil {
		v, _, problem = s.norm.Normalise(field, v)
	}
	return v, problem
}

// KeyOf is the value of the identity that a field's stored value gives its lead, "" for none.
func (s *Service) KeyOf(field, value string) string {
	if k := s.keyOf(field, value); k != nil {
		return k.Value
	}
	return ""
}

// clean brings the change into stored form and lists everything wrong with it. keys are the identities that the new
// values give, by field.
func (c Change) clean(n Normaliser) (Change, map[string]*Key, error) {
	var bad []fault.Field
	out := Change{Text: map[string]string{}, Custom: map[string]*string{}, Status: c.Status, Value: c.Value, Owner: c.Owner}
	keys := map[string]*Key{}
	for field, v := range c.Text {
		if !slices.Contains(TextFields(), field) {
			bad = append(bad, fault.Field{Name: field, Code: "unknown_field", Message: "There is no such field to edit."})
			continue
		}
		v, problem := tidy(v, limitOf(field))
		if problem == "" && v != "" && n != nil {
			v, keys[field], problem = n.Normalise(field, v)
		}
		if problem != "" {
			bad = append(bad, fault.Field{Name: field, Code: "value_wrong", Message: problem})
		}
		out.Text[field] = v
	}
	bad = append(bad, c.cleanCustom(&out)...)
	bad = append(bad, c.cleanTags(&out)...)
	bad = append(bad, c.checkRest()...)
	if len(bad) > 0 {
		return out, nil, fault.InvalidFields("lead_invalid", "Some of the lead's fields are not right; nothing was changed.", bad...)
	}
	return out, keys, nil
}

func limitOf(field string) int {
	if field == "content" {
		return maxContent
	}
	return maxShort
}

// tidy brings text into NFC without control characters, trimmed.
func tidy(s string, limit int) (out, problem string) {
	if !utf8.ValidString(s) {
		return "", "This is not valid text."
	}
	s = strings.TrimSpace(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\n' && r != '\t' {
			return -1
		}
		return r
	}, norm.NFC.String(s)))
	if utf8.RuneCountInString(s) > limit {
		return "", "This is too long: at most " + itoa(limit) + " characters."
	}
	return s, ""
}

func (c Change) cleanCustom(out *Change) (bad []fault.Field) {
	for name, v := range c.Custom {
		if !ValidCustomName(name) {
			bad = append(bad, fault.Field{Name: "custom." + name, Code: "name_wrong", Message: "A custom field needs a name of 1–100 bytes without control characters."})
			continue
		}
		if v == nil {
			out.Custom[name] = nil
			continue
		}
		text, problem := tidy(*v, maxCustomText)
		if problem != "" {
			bad = append(bad, fault.Field{Name: "custom." + name, Code: "value_wrong", Message: problem})
		}
		out.Custom[name] = &text
	}
	return bad
}

func (c Change) cleanTags(out *Change) []fault.Field {
	if c.Tags == nil {
		return nil
	}
	tags, problem := cleanTags(*c.Tags)
	out.Tags = &tags
	if problem != "" {
		return []fault.Field{{Name: "tags", Code: "value_wrong", Message: problem}}
	}
	return nil
}

// cleanTags tidies tags, drops empty and doubled ones and keeps their order.
func cleanTags(in []string) (tags []string, problem string) {
	tags = []string{}
	for _, t := range in {
		t, problem := tidy(t, maxTag)
		if problem != "" {
			return nil, problem
		}
		if t != "" && !slices.Contains(tags, t) {
			tags = append(tags, t)
		}
	}
	if len(tags) > maxTags {
		return nil, "A lead can have at most 50 tags."
	}
	return tags, ""
}

func (c Change) checkRest() (bad []fault.Field) {
	if c.Status != nil && !c.Status.Valid() {
		bad = append(bad, fault.Field{Name: "status", Code: "value_wrong", Message: "Use one of " + statusWords() + "."})
	}
	if c.Value.V != nil && (*c.Value.V < 0 || *c.Value.V > maxValue) {
		bad = append(bad, fault.Field{Name: "value_micros", Code: "value_wrong", Message: "The value must be between 0 and a thousand million."})
	}
	if c.Owner.V != nil && !id.Valid(*c.Owner.V) {
		bad = append(bad, fault.Field{Name: "owner_id", Code: "value_wrong", Message: "There is no such user."})
	}
	return bad
}

func statusWords() string {
	var words []string
	for _, s := range Statuses() {
		words = append(words, string(s))
	}
	return strings.Join(words, ", ")
}
