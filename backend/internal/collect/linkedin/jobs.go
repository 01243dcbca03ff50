package linkedin

import (
	"regexp"
	"strings"

	"golang.org/x/net/html"

	"winnow/backend/internal/collect/page"
	"winnow/backend/internal/intake/normalise"
)

var jobID = regexp.MustCompile(`(?:jobPosting:|/jobs/view/(?:[^?#]*-)?|currentJobId=)([0-9]{6,})`)

// jobs reads job cards, by whatever class: an address or an id of a job, a heading, a company, a place, a day.
func (b *book) jobs(p *page.Page, things []page.Thing) {
	seen := map[string]bool{}
	for _, card := range page.All(p.Root, func(n *html.Node) bool {
		return strings.Contains(page.Attr(n, "data-entity-urn"), "jobPosting:") || page.HasClass(n, "job-search-card") || page.HasAttr(n, "data-job-id")
	}) {
		id := cardID(card)
		if id == "" || seen[id] {
			continue
		}
		seen[id] = true
		b.jobCard(card, id)
	}
	for _, t := range things {
		if t.Is("JobPosting") {
			b.jobPosting(p, t)
		}
	}
}

func cardID(card *html.Node) string {
	for _, s := range []string{page.Attr(card, "data-entity-urn"), page.Attr(card, "data-job-id"), page.Attr(card, "href")} {
		if m := jobID.FindStringSubmatch(s); m != nil {
			return m[1]
		}
	}
	for _, a := range page.ByTag(card, "a") {
		if m := jobID.FindStringSubmatch(page.Attr(a, "href")); m != nil {
			return m[1]
		}
	}
	return strings.TrimSpace(page.Attr(card, "data-job-id"))
}

func (b *book) jobCard(card *html.Node, id string) {
	e := &entry{Draft: page.NewDraft("")}
	text := func(words ...string) string {
		for _, w := range words {
			for _, n := range page.All(card, func(c *html.Node) bool { return strings.Contains(page.Attr(c, "class"), w) }) {
				if t := page.TextLine(n); t != "" {
					return t
				}
			}
		}
		return ""
	}
	title := text("card__title", "job-card-list__title", "card-title")
	for _, h := range []string{"h3", "h2"} {
		if l := page.ByTag(card, h); title == "" && len(l) > 0 {
			title = page.TextLine(l[0])
		}
	}
	company := text("card__subtitle", "card__primary-description", "company-name")
	if l := page.ByTag(card, "h4"); company == "" && len(l) > 0 {
		company = page.TextLine(l[0])
	}
	e.Line("company", bracketed.ReplaceAllString(company, ""), "job card", company)
	e.Line("custom.job_title", title, "job card", title)
	e.Line("location", text("card__location", "card__metadata-item"), "job card", "")
	e.Line("custom.salary", text("salary"), "job card", "")
	for _, a := range append(page.ByTag(card, "a"), card) {
		if canonical, kind, ok := normalise.LinkedIn(page.Attr(a, "href")); ok && kind == normalise.LinkedInCompany {
			e.Put("linkedin_url", canonical, "job card", "")
		}
	}
	for _, t := range page.ByTag(card, "time") {
		if m := moment(page.Attr(t, "datetime")); !m.IsZero() && e.Put("posted_at", m.Format("2006-01-02"), "job card", page.TextLine(t)) {
			e.Find.At = m
		}
	}
	e.Put("url", "https://www.linkedin.com/jobs/view/"+id, "job card", "")
	e.key(id)
	if title != "" {
		e.Put("content", "Hiring: "+title, "job card", title)
	}
	e.Put("tags", "hiring", "job card", "")
	if e.Get("company") == "" {
		b.reading.Note("job_without_company", "A job card shows no company: "+title)
		return
	}
	b.reading.Hit("job_card")
	b.list = append(b.list, e)
}

// bracketed is a remark in brackets behind a company's name.
var bracketed = regexp.MustCompile(`\s*\([^)]*\)\s*$`)

func (b *book) jobPosting(p *page.Page, t page.Thing) {
	e := &entry{Draft: page.NewDraft("")}
	org := t.Props["hiringOrganization"]
	e.Line("company", page.GetStr(org, "name"), t.Source, "")
	if e.Get("company") == "" {
		return
	}
	title := page.FirstStr(t.Props, "title", "name")
	e.Line("custom.job_title", title, t.Source, "")
	e.Line("location", strings.Trim(page.GetStr(t.Props, "jobLocation", "address", "addressLocality")+", "+page.GetStr(t.Props, "jobLocation", "address", "addressRegion"), ", "), t.Source, "")
	e.Line("country", page.GetStr(t.Props, "jobLocation", "address", "addressCountry"), t.Source, "")
	e.when(moment(page.Str(t.Props["datePosted"])), t.Source)
	if canonical, kind, ok := normalise.LinkedIn(page.GetStr(org, "sameAs")); ok && kind == normalise.LinkedInCompany {
		e.Put("linkedin_url", canonical, t.Source, "")
	}
	if link := p.Link("canonical"); link != "" {
		e.Put("url", link, t.Source, "")
	}
	e.Put("content", strings.TrimSpace("Hiring: "+title+"\n"+page.Plain(page.Plain(page.Str(t.Props["description"])))), t.Source, "")
	e.Put("tags", "hiring", t.Source, "")
	b.list = append(b.list, e)
}
