package resolution

import (
	"strings"

	"winnow/backend/internal/intake/linkage"
	"winnow/backend/internal/lead"
)

// group is the leads that are compared with each other: people, or companies without a person.
type group string

const (
	people    group = "people"
	companies group = "companies"
)

func groups() []group { return []group{people, companies} }

func (g group) fields() []linkage.Field {
	if g == people {
		return linkage.People()
	}
	return linkage.Companies()
}

// groupOf is the group of a lead, "" when it has neither a name nor a company to be compared by.
func groupOf(l *lead.Lead) group {
	switch {
	case l.Name != "":
		return people
	case l.Company != "":
		return companies
	}
	return ""
}

// columns are what a comparison reads of a lead.
func columns() []string {
	return []string{"id", "seq", "name", "company", "email", "phone", "linkedin_url", "url", "location", "country", "custom", "owner_id", "created_at", "version"}
}

// recordOf brings a lead into the order of its group's fields.
func recordOf(g group, l *lead.Lead) linkage.Record {
	own := func(key string) []string { return some(l.Custom.V[key]) }
	emails := append(some(l.Email), listed(l.Custom.V["other_emails"])...)
	phones := append(some(l.Phone), listed(l.Custom.V["other_phones"])...)
	city := own("city")
	if len(city) == 0 {
		place, _, _ := strings.Cut(l.Location, ",")
		city = some(strings.TrimSpace(place))
	}
	site := append(own("website"), own("domain")...)
	where := [][]string{own("address"), city, own("zip"), own("state"), some(l.Country)}
	if g == companies {
		profile := append(some(l.LinkedinURL), own("company_linkedin_url")...)
		return linkage.Record{Values: append([][]string{some(l.Company), site, phones, emails, profile}, where...)}
	}
	given, family := linkage.SplitName(l.Name)
	return linkage.Record{Values: append([][]string{some(given), some(family), some(l.Company), emails, phones, some(l.LinkedinURL), site}, where...)}
}

func some(v string) []string {
	if v == "" {
		return nil
	}
	return []string{v}
}

func listed(v string) (out []string) {
	for one := range strings.SplitSeq(v, ",") {
		if one = strings.TrimSpace(one); one != "" {
			out = append(out, one)
		}
	}
	return out
}
