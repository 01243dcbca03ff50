package intake

import (
	"strings"

	"winnow/backend/internal/intake/normalise"
	"winnow/backend/internal/lead"
)

// Rules brings what people type into the same form as what comes in by files; the lead room uses them for its forms
// (lead.Normaliser).
type Rules struct {
	region    string
	countries *normalise.Countries
}

// NewRules makes the rules; region is the default country of phone numbers, ISO 3166, may be empty.
func NewRules(region string) *Rules {
	return &Rules{region: strings.ToUpper(region), countries: normalise.NewCountries()}
}

// Normalise answers the stored form of a field's value, the identity it gives its lead (nil: none), and what is wrong
// with it ("": nothing).
func (r *Rules) Normalise(field, value string) (stored string, key *lead.Key, problem string) {
	line, _ := normalise.Line(value)
	if line == "" {
		return "", nil, ""
	}
	switch field {
	case "email":
		return email(line)
	case "phone":
		p, prob := normalise.ParsePhone(line, r.region)
		if prob != nil {
			return line, nil, prob.Message
		}
		return p.E164, &lead.Key{Kind: lead.IdentityPhone, Value: p.E164}, ""
	case "linkedin_url":
		return linkedIn(line)
	case "url":
		if u, ok := normalise.URL(line); ok {
			return u, nil, ""
		}
		return line, nil, "not a web address"
	case "country":
		if code := r.countries.Code(line); code != "" {
			return code, nil, ""
		}
		return line, nil, "no country is known by this name: use its name or its two-letter code"
	case "language":
		if tag := normalise.Language(line); tag != "" {
			return tag, nil, ""
		}
		return line, nil, "not a language: use a code such as en or de"
	case "name":
		return normalise.Name(line), nil, ""
	case "company":
		return normalise.Company(line), nil, ""
	case "source":
		return slug(line), nil, ""
	}
	text, _ := normalise.Text(value)
	return text, nil, ""
}

func email(line string) (string, *lead.Key, string) {
	e, prob := normalise.ParseEmail(line)
	if prob != nil {
		return line, nil, prob.Message
	}
	stored := strings.ToLower(e.Address)
	if !e.Person() { // a desk's or a made-up address tells no one apart
		return stored, nil, ""
	}
	return stored, &lead.Key{Kind: lead.IdentityEmail, Value: e.Key}, ""
}

func linkedIn(line string) (string, *lead.Key, string) {
	canon, kind, ok := normalise.LinkedIn(line)
	switch {
	case !ok || kind == normalise.LinkedInPost || kind == normalise.LinkedInCompany:
		return line, nil, "not the address of a person's LinkedIn profile"
	case kind == normalise.LinkedInSalesLead:
		return "https://www.linkedin.com/sales/lead/" + strings.TrimPrefix(canon, "sales-lead:"), &lead.Key{Kind: lead.IdentityLinkedin, Value: canon}, ""
	}
	return canon, &lead.Key{Kind: lead.IdentityLinkedin, Value: canon}, ""
}

var _ lead.Normaliser = (*Rules)(nil)
