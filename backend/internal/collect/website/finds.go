package website

import (
	"net/url"
	"strings"

	"winnow/backend/internal/collect"
	"winnow/backend/internal/collect/page"
	"winnow/backend/internal/intake/normalise"
)

func pathOf(address string) string {
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil {
		return ""
	}
	if u.Host == "" { // "twitter.com/acme" without a scheme
		_, rest, _ := strings.Cut(u.Path, "/")
		return rest
	}
	return u.Path
}

// finds are the company, if the page shows how to reach it or says more of it than its name, and the people.
func (s *site) finds() (out []collect.Find) {
	people := s.peopleFinds()
	c := page.NewDraft(s.page.Doc.URL)
	reachable := s.companyContacts(c)
	s.companyFields(c)
	known := c.Get("company") != "" && (c.Get("location") != "" || c.Get("company_size") != "" || c.Get("custom.facebook") != "" || s.markedOrganisation() || c.Get("custom.description") != "")
	if reachable || known || c.Get("company") != "" && len(people) == 0 {
		c.Find.Key = s.domain
		out = append(out, c.Find)
	}
	return append(out, people...)
}

func (s *site) markedOrganisation() bool {
	for _, c := range s.cards {
		if c.organisation {
			return true
		}
	}
	return false
}

func (s *site) companyContacts(c *page.Draft) (reachable bool) {
	for _, m := range s.mails {
		if m.dropped != "" || m.person != nil {
			continue
		}
		if m.system {
			c.Add("custom.system_emails", m.Address, m.method, m.snippet)
			continue
		}
		reachable = c.Add("email", m.Address, m.method, m.snippet) || reachable
	}
	for _, p := range s.phones {
		switch {
		case p.fax:
			c.Add("custom.fax", p.number, p.method, p.snippet)
		case p.person == nil:
			reachable = c.Add("phone", p.number, p.method, p.snippet) || reachable
		}
	}
	for i, l := range s.links {
		if l.kind == normalise.LinkedInCompany && c.Put("linkedin_url", l.address, l.method, l.words) {
			s.links[i].used, reachable = true, true
		}
	}
	return reachable
}

func (s *site) companyFields(c *page.Draft) {
	c.Put("company", s.company.text, s.company.method, s.company.snippet)
	if s.legal.text != "" && s.legal.text != s.company.text {
		c.Put("custom.legal_name", s.legal.text, s.legal.method, s.legal.snippet)
	}
	for _, card := range s.cards {
		if card.organisation && card.url != "" && sameCompany(card.company, s.company.text) {
			c.Put("url", card.url, "h-card", card.company)
		}
	}
	c.Put("url", s.siteAddress(), "address", "")
	c.Put("location", s.place.text, s.place.method, s.place.snippet)
	if s.place.country != "" {
		c.Put("country", s.place.country, s.place.method, s.place.snippet)
	} else {
		c.Put("country", s.region, "domain, phone code or language", "")
	}
	c.Line("custom.street", s.place.street, s.place.method, s.place.snippet)
	c.Line("custom.postal_code", s.place.postal, s.place.method, s.place.snippet)
	c.Put("language", s.language, "text", "")
	for _, f := range s.facts {
		c.Put(f.field, f.text, f.method, f.snippet)
	}
	for _, l := range s.links {
		if l.field != "linkedin_url" {
			c.Put(l.field, l.address, l.method, l.words)
		}
	}
	about := s.page.Meta("description", "og:description")
	if about == "" {
		for _, t := range s.things {
			if isOrganisation(t) && !foreign(t) {
				about = page.Str(t.Props["description"])
			}
		}
	}
	c.Put("content", about, "meta", about)
}

// siteAddress is the site's front page.
func (s *site) siteAddress() string {
	if s.address != "" {
		return s.address
	}
	if s.page.Doc.URL == "" {
		return ""
	}
	u, err := url.Parse(s.page.Doc.URL)
	if err != nil || u.Host == "" {
		return ""
	}
	return u.Scheme + "://" + u.Host
}

func (s *site) peopleFinds() (out []collect.Find) {
	for _, p := range s.people {
		d := page.NewDraft(s.page.Doc.URL)
		d.Put("name", p.name, p.method, p.snippet)
		d.Put("title", p.title, p.method, p.snippet)
		if p.company != "" {
			d.Put("company", p.company, p.method, p.snippet)
		}
		d.Put("company", s.company.text, s.company.method, s.company.snippet)
		for _, m := range s.mails {
			if m.person == p && m.dropped == "" && !m.system {
				d.Add("email", m.Address, m.method, m.snippet)
			}
		}
		for _, ph := range s.phones {
			if ph.person == p && !ph.fax {
				d.Add("phone", ph.number, ph.method, ph.snippet)
			}
		}
		d.Put("linkedin_url", p.linkedIn, "link", p.name)
		for i := range s.links {
			if p.linkedIn != "" && strings.EqualFold(s.links[i].address, canonicalLinkedIn(p.linkedIn)) {
				s.links[i].used = true
			}
		}
		d.Put("custom.seniority", Seniority(p.title), "title", p.title)
		d.Put("custom.function", Function(p.title), "title", p.title)
		d.Put("url", p.url, p.method, p.name)
		d.Put("custom.company_site", s.siteAddress(), "address", "")
		d.Put("country", s.place.country, s.place.method, s.place.snippet)
		out = append(out, d.Find)
	}
	return append(out, s.profiles()...)
}

func canonicalLinkedIn(address string) string {
	c, _, _ := normalise.LinkedIn(address)
	return c
}

// profiles are LinkedIn profiles of people whose name the page does not show beside them.
func (s *site) profiles() (out []collect.Find) {
	for i, l := range s.links {
		if l.kind != normalise.LinkedInPerson || l.used {
			continue
		}
		s.links[i].used = true
		d := page.NewDraft(s.page.Doc.URL)
		d.Put("name", personName(l.words), l.method, l.words)
		d.Put("linkedin_url", l.address, l.method, l.words)
		d.Put("company", s.company.text, s.company.method, s.company.snippet)
		out = append(out, d.Find)
	}
	return out
}
