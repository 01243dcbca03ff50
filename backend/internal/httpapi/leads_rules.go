package httpapi

import (
	"strings"

	"winnow/backend/internal/intake/normalise"
	"winnow/backend/internal/lead"
)

// leadRules brings values that people type into a lead's form to the same rules as imported ones.
type leadRules struct {
	region    string
	countries *normalise.Countries
}

// NewLeadRules fills lead.Normaliser with intake's rules. region is the country of national phone numbers, may be "".
func NewLeadRules(region string) lead.Normaliser {
	return leadRules{strings.ToUpper(region), normalise.NewCountries()}
}

// Normalise is lead.Normaliser's.
func (r leadRules) Normalise(field, value string) (stored string, key *lead.Key, problem string) {
	switch field {
	case "email":
		e, p := normalise.ParseEmail(value)
		if p != nil {
			return value, nil, sentence(p)
		}
		if e.Person() {
			key = &lead.Key{Kind: lead.IdentityEmail, Value: e.Key}
		}
		return strings.ToLower(e.Address), key, ""
	case "phone":
		n, p := normalise.ParsePhone(value, r.region)
		if p != nil {
			return value, nil, sentence(p)
		}
		return n.E164, &lead.Key{Kind: lead.IdentityPhone, Value: n.E164}, ""
	case "linkedin_url":
		return linkedin(value)
	}
	return r.plain(field, value)
}

func linkedin(value string) (stored string, key *lead.Key, problem string) {
	u, kind, ok := normalise.LinkedIn(value)
	if !ok || (kind != normalise.LinkedInPerson && kind != normalise.LinkedInCompany) {
		return value, nil, "This is not the address of a LinkedIn profile, such as https://www.linkedin.com/in/name."
	}
	if kind == normalise.LinkedInPerson {
		key = &lead.Key{Kind: lead.IdentityLinkedin, Value: u}
	}
	return u, key, ""
}

func (r leadRules) plain(field, value string) (stored string, key *lead.Key, problem string) {
	switch field {
	case "url":
		u, ok := normalise.URL(value)
		if !ok {
			return value, nil, "This is not a web address, such as https://example.com/page."
		}
		return u, nil, ""
	case "name":
		return normalise.Name(value), nil, ""
	case "company_size":
		return normalise.CompanySize(value), nil, ""
	case "language":
		l := normalise.Language(value)
		if l == "" {
			return value, nil, "This is not a language code, such as en or de."
		}
		return l, nil, ""
	case "country":
		code := r.countries.Code(value)
		if code == "" {
			return value, nil, "This country is not known; use its name or its two-letter code."
		}
		return code, nil, ""
	}
	return value, nil, ""
}

func sentence(p *normalise.Problem) string {
	return strings.ToUpper(p.Message[:1]) + p.Message[1:] + "."
}
