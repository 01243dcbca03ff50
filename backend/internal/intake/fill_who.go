package intake

import (
	"strings"

	"winnow/backend/internal/intake/mapping"
	"winnow/backend/internal/intake/normalise"
)

// filler fills one candidate from one row.
type filler struct {
	*shaper
	c         *Candidate
	cells     []string // cleaned
	rowRegion string   // the country that the row itself names, else the import's default
}

func (f *filler) warn(code, column, message string) {
	f.c.Warnings = append(f.c.Warnings, Warning{Code: code, Column: column, Count: 1, Message: message})
}

// values are the non-empty cells that feed a field, best first, with their columns.
func (f *filler) values(field mapping.Field) (vals, cols []string) {
	for _, i := range f.index[field] {
		if v := f.cells[i]; v != "" {
			vals, cols = append(vals, v), append(cols, f.columns[i])
		}
	}
	return vals, cols
}

// short is the first value of a field on one line, placeholders left out.
func (f *filler) short(field mapping.Field) string {
	for _, i := range f.index[field] {
		v, _ := normalise.Line(f.cells[i])
		if v == "" || normalise.Placeholder(v) {
			continue
		}
		if len(v) > maxShort {
			f.warn("value_cut", f.columns[i], "this value is longer than 500 characters and was cut")
			v = clip(v, maxShort)
		}
		return v
	}
	return ""
}

// who fills name, title and company.
func (f *filler) who() {
	l := &f.c.Lead
	l.Name = normalise.Name(f.short(mapping.Name))
	if l.Name == "" {
		l.Name = normalise.JoinName(f.short(mapping.FirstName), f.short(mapping.MiddleName), f.short(mapping.LastName))
	}
	l.Title = f.short(mapping.Title)
	l.Company = normalise.Company(f.short(mapping.Company))
	l.Industry = f.short(mapping.Industry)
	l.CompanySize = normalise.CompanySize(f.short(mapping.CompanySize))
	l.Language = normalise.Language(f.short(mapping.Language))
}

// reach fills e-mail, phone, LinkedIn and web addresses.
func (f *filler) reach() {
	if f.rowRegion = f.country(); f.rowRegion == "" {
		f.rowRegion = f.region
	}
	f.emails()
	f.phones()
	f.linkedIn()
	f.urls()
}

func (f *filler) emails() {
	vals, cols := f.values(mapping.Email)
	seen := map[string]bool{}
	for n, v := range vals {
		good, bad, rest := normalise.Emails(v)
		for _, e := range good {
			switch {
			case seen[e.Key]:
			case e.Dummy:
				f.warn("email_dummy", cols[n], "nobody reads this address: it is left out")
			default:
				f.c.Emails = append(f.c.Emails, e)
			}
			seen[e.Key] = true
		}
		for _, r := range rest { // "raj@acme.example / 9876501234"
			if p, prob := normalise.ParsePhone(r, f.rowRegion); prob == nil {
				f.c.Phones = append(f.c.Phones, Line{E164: p.E164})
			} else {
				bad = append(bad, r)
			}
		}
		if len(bad) > 0 {
			f.warn("email_invalid", cols[n], "not an e-mail address: it needs the form name@company.tld")
		}
	}
	best := -1
	for i, e := range f.c.Emails {
		if best < 0 || e.Person() && !f.c.Emails[best].Person() {
			best = i
		}
	}
	var others []string
	for i, e := range f.c.Emails {
		if i == best {
			f.c.Lead.Email = strings.ToLower(e.Address)
		} else {
			others = append(others, strings.ToLower(e.Address))
		}
	}
	f.custom("other_emails", strings.Join(others, ", "))
}

func (f *filler) phones() {
	seen := map[string]bool{}
	for _, p := range f.c.Phones {
		seen[p.E164] = true
	}
	read := func(field mapping.Field, shared bool) {
		vals, cols := f.values(field)
		for n, v := range vals {
			good, bad, why := normalise.Phones(v, f.rowRegion)
			for _, p := range good {
				if p.Ext != "" {
					f.custom("phone_extension", p.Ext)
				}
				if !seen[p.E164] {
					f.c.Phones = append(f.c.Phones, Line{E164: p.E164, Shared: shared || p.Ext != ""})
				}
				seen[p.E164] = true
			}
			if len(bad) > 0 {
				f.warn(why.Code, cols[n], why.Message)
			}
		}
	}
	read(mapping.Phone, false)
	read(mapping.CompanyPhone, true)
	var others []string
	for i, p := range f.c.Phones {
		if i == 0 {
			f.c.Lead.Phone = p.E164
		} else {
			others = append(others, p.E164)
		}
	}
	f.custom("other_phones", strings.Join(others, ", "))
}

func (f *filler) linkedIn() {
	vals, cols := f.values(mapping.LinkedIn)
	for n, v := range vals {
		canon, kind, ok := normalise.LinkedIn(v)
		switch {
		case !ok || kind == normalise.LinkedInPost:
			f.warn("linkedin_invalid", cols[n], "not the address of a LinkedIn profile")
		case kind == normalise.LinkedInCompany:
			f.custom("company_linkedin_url", canon)
		default:
			f.c.LinkedIn = append(f.c.LinkedIn, canon)
		}
	}
	for _, c := range f.c.LinkedIn {
		id, sales := strings.CutPrefix(c, "sales-lead:")
		if !sales {
			f.c.Lead.LinkedinURL = c
			return
		}
		if f.c.Lead.LinkedinURL == "" {
			f.c.Lead.LinkedinURL = "https://www.linkedin.com/sales/lead/" + id
		}
	}
}

func (f *filler) urls() {
	vals, cols := f.values(mapping.URL)
	var others []string
	for n, v := range vals {
		canon, ok := normalise.URL(v)
		if !ok {
			if !normalise.Placeholder(v) {
				f.warn("url_invalid", cols[n], "not a web address")
			}
			continue
		}
		if li, kind, ok := normalise.LinkedIn(v); ok && kind == normalise.LinkedInPerson {
			f.c.LinkedIn = append(f.c.LinkedIn, li)
			if f.c.Lead.LinkedinURL == "" {
				f.c.Lead.LinkedinURL = li
			}
			continue
		}
		if f.c.Lead.URL == "" {
			f.c.Lead.URL = canon
		} else if canon != f.c.Lead.URL {
			others = append(others, canon)
		}
	}
	f.custom("other_urls", strings.Join(others, ", "))
}
