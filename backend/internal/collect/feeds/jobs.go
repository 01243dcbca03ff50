package feeds

import (
	"regexp"
	"strings"

	"winnow/backend/internal/collect"
	"winnow/backend/internal/collect/page"
	"winnow/backend/internal/collect/website"
	"winnow/backend/internal/intake/normalise"
)

// job is a job post: a sign of what a company is about to need.
type job struct {
	id, url, title, company, location, country, text, site, salary, at, method string
}

func (j job) find() collect.Find {
	d := page.NewDraft(j.url)
	d.Line("company", j.company, j.method, "")
	d.Line("custom.job_title", j.title, j.method, "")
	d.Line("location", j.location, j.method, "")
	d.Line("country", j.country, j.method, "")
	d.Put("url", j.url, j.method, "")
	d.Put("custom.company_site", j.site, j.method, "")
	d.Line("custom.salary", j.salary, j.method, "")
	d.Put("content", strings.TrimSpace("Hiring: "+j.title+"\n"+j.text), j.method, j.text)
	d.Put("tags", "hiring", j.method, "")
	d.Line("source_id", j.id, j.method, "")
	d.Find.Key = j.id
	if t, _, bad := normalise.Date(j.at, normalise.OrderUnknown); bad == nil {
		d.Find.At = t
		d.Put("posted_at", strings.TrimSpace(j.at), j.method, j.at)
	}
	for _, a := range website.Addresses(j.text) {
		d.Add("email", a, "text", a)
	}
	return d.Find
}

// ParseJobPage reads the JobPostings of a page's structured data.
func ParseJobPage(d page.Document) (r page.Reading) {
	p := page.ParseHTML(d, &r)
	link := p.Link("canonical")
	if link == "" {
		link = d.URL
	}
	for _, t := range append(p.JSONLD(&r), p.Microdata()...) {
		if t.Is("JobPosting") {
			if j := posting(t, link); j.title != "" {
				r.Hit("job_posting")
				r.Finds = append(r.Finds, j.find())
			}
		}
	}
	if len(r.Finds) == 0 {
		r.Unread(d, "Neither a feed nor a page with job posts in its structured data.")
	}
	return r
}

func posting(t page.Thing, link string) job {
	p := t.Props
	j := job{method: t.Source, title: line(page.FirstStr(p, "title", "name")), text: page.Plain(page.Plain(page.Str(p["description"]))), at: page.Str(p["datePosted"])}
	j.company = page.FirstStr(p, "hiringOrganization")
	if j.company == "" {
		j.company = page.GetStr(p, "hiringOrganization", "name")
	}
	j.site = page.GetStr(p, "hiringOrganization", "sameAs")
	if j.site == "" {
		j.site = page.GetStr(p, "hiringOrganization", "url")
	}
	j.id = page.GetStr(p, "identifier", "value")
	if j.id == "" {
		j.id = page.FirstStr(p, "identifier")
	}
	j.url = page.FirstStr(p, "url", "@id")
	if j.url == "" {
		j.url = link
	}
	if j.id == "" {
		j.id = j.url
	}
	a := page.Get(p, "jobLocation", "address")
	j.location = page.Str(a)
	if j.location == "" {
		j.location = strings.Trim(page.GetStr(a, "addressLocality")+", "+page.GetStr(a, "addressRegion"), ", ")
	}
	j.country = page.GetStr(a, "addressCountry")
	if j.country == "" {
		j.country = page.GetStr(a, "addressCountry", "name")
	}
	if j.location == "" && page.Str(p["jobLocationType"]) == "TELECOMMUTE" {
		j.location = "Remote"
	}
	lo, hi := page.GetStr(p, "baseSalary", "value", "minValue"), page.GetStr(p, "baseSalary", "value", "maxValue")
	if lo == "" {
		lo = page.GetStr(p, "baseSalary", "value", "value")
	}
	if lo != "" {
		j.salary = strings.TrimSpace(strings.Trim(lo+"-"+hi, "-") + " " + page.GetStr(p, "baseSalary", "currency"))
	}
	return j
}

// parseBoard reads the public JSON of job boards (Greenhouse, Lever, Ashby and their kin) by its shape.
func parseBoard(d page.Document, v any) (r page.Reading) {
	company := page.GetStr(v, "name")
	page.Objects(v, func(_ string, m map[string]any) bool {
		title := page.FirstStr(m, "title", "text", "jobTitle")
		link := page.FirstStr(m, "absolute_url", "hostedUrl", "jobUrl", "applyUrl", "url")
		if t := page.Str(m["@type"]); t == "JobPosting" {
			if j := posting(page.Thing{Props: m, Source: "json"}, d.URL); j.title != "" {
				r.Finds = append(r.Finds, j.find())
			}
			return false
		}
		if title == "" || !strings.HasPrefix(link, "http") {
			return true
		}
		j := job{method: "job board", title: line(title), url: link, id: page.FirstStr(m, "id", "jobId"), at: boardTime(m)}
		if j.id == "" {
			j.id = link
		}
		j.company = page.FirstStr(m, "company_name", "company", "companyName")
		if j.company == "" {
			j.company = company
		}
		if m := boardSlug.FindStringSubmatch(link); j.company == "" && m != nil {
			j.company = strings.ReplaceAll(m[1], "-", " ")
		}
		for _, path := range [][]string{{"location", "name"}, {"location"}, {"categories", "location"}, {"locationName"}} {
			if l := page.GetStr(m, path...); l != "" {
				j.location = l
				break
			}
		}
		j.text = page.Plain(page.Plain(page.FirstStr(m, "descriptionPlain", "content", "description", "descriptionHtml")))
		r.Hit("board_job")
		r.Finds = append(r.Finds, j.find())
		return false
	})
	if len(r.Finds) == 0 {
		r.Unread(d, "The answer is of no shape that is known: neither a feed, Hacker News, Reddit nor a job board.")
	}
	return r
}

// boardSlug is the company's name in the address of its board.
var boardSlug = regexp.MustCompile(`^https?://(?:jobs(?:\.eu)?\.lever\.co|(?:job-)?boards(?:\.eu)?\.greenhouse\.io|jobs\.ashbyhq\.com|apply\.workable\.com|jobs\.smartrecruiters\.com)/([A-Za-z0-9-]+)/`)

func boardTime(m map[string]any) string {
	return page.FirstStr(m, "first_published", "publishedAt", "published_at", "createdAt", "created_at", "updated_at", "datePosted")
}
