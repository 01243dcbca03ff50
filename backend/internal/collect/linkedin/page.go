package linkedin

import (
	"net/url"
	"regexp"
	"strings"

	"winnow/backend/internal/collect/page"
	"winnow/backend/internal/intake/normalise"
)

// ParsePage reads a saved page: a public profile, a post with its comments, a list of jobs, a company, or any page of a
// signed-in member with the data that it carries.
func ParsePage(d page.Document) (r page.Reading) {
	if Blocked(0, d.Body) {
		r.Note("blocked", "LinkedIn shows a sign-in wall instead of the page: stop, and do not try again.")
		return r
	}
	p := page.ParseHTML(d, &r)
	b := &book{reading: &r}
	for _, c := range page.ByTag(p.Root, "code") {
		if strings.HasPrefix(page.Attr(c, "id"), "bpr-guid-") {
			if v, err := page.ParseJSON([]byte(strings.TrimSpace(page.RawText(c)))); err == nil {
				r.Hit("embedded_data")
				b.data(v)
			} else {
				r.Note("embedded_data_broken", "A block of data in the page cannot be read: "+page.Attr(c, "id"))
			}
		}
	}
	things := p.JSONLD(&r)
	b.profile(p, things)
	b.post(p, things)
	b.jobs(p, things)
	r.Finds = b.finds()
	if len(r.Finds) == 0 {
		r.Changed = true
		r.Unread(d, "The page shows no profile, post or job that can be read.")
	}
	return r
}

// masked reports whether a value is hidden from guests: "*** ****".
func masked(s string) bool { return strings.Contains(s, "**") }

var (
	ogProfile = regexp.MustCompile(`^(.+?)\s+[-–—]\s+(.+?)\s*\|\s*LinkedIn$`)
	metaPart  = regexp.MustCompile(`(?:^|·\s*)(Experience|Location|Education|Berufserfahrung|Standort|Ort|Lieu|Expérience|Ubicación|Experiencia)\s*:\s*([^·]+)`)
)

func (b *book) profile(p *page.Page, things []page.Thing) {
	for _, t := range things {
		if !t.Is("Person") || t.Inside("author", "comment", "creator", "contributor", "worksFor", "sharedContent", "interactionStatistic") {
			continue
		}
		e := b.person(page.Str(t.Props["name"]), profileAddress(p, t, things), "json-ld")
		if e == nil {
			continue
		}
		b.reading.Hit("person_json_ld")
		for _, title := range append(page.Strs(t.Props["jobTitle"]), headline(p)) {
			if !masked(title) {
				e.headline(title, "json-ld")
			}
		}
		for _, org := range many(t.Props["worksFor"]) {
			if name := page.GetStr(org, "name"); name != "" && !masked(name) {
				e.Line("company", name, "json-ld", "")
				break
			}
		}
		place := page.GetStr(t.Props, "address", "addressLocality")
		if !masked(place) {
			e.Line("location", place, "json-ld", "")
		}
		e.Line("country", page.GetStr(t.Props, "address", "addressCountry"), "json-ld", "")
		if about := page.FirstStr(t.Props, "description", "disambiguatingDescription"); !masked(about) {
			e.Put("content", page.Plain(about), "json-ld", about)
		}
	}
	if m := ogProfile.FindStringSubmatch(p.Meta("og:title")); m != nil && len(b.list) <= 1 && isProfile(p) {
		e := b.person(m[1], profileURL(p), "og:title")
		if e != nil {
			rest := m[2]
			if title, org, ok := strings.Cut(rest, " - "); ok && !masked(title) {
				e.Line("title", title, "og:title", rest)
				rest = org
			}
			e.Line("company", rest, "og:title", m[0])
		}
	}
	if len(b.list) == 1 && isProfile(p) {
		b.profileRest(p, b.list[0])
	}
}

// profileRest reads what the description and the links of a profile add.
func (b *book) profileRest(p *page.Page, e *entry) {
	for _, m := range metaPart.FindAllStringSubmatch(p.Meta("description", "og:description"), 5) {
		switch m[1] {
		case "Experience", "Berufserfahrung", "Expérience", "Experiencia":
			if !masked(m[2]) {
				e.Line("company", m[2], "description", m[0])
			}
		case "Education":
		default:
			e.Line("location", m[2], "description", m[0])
		}
	}
	for _, a := range page.ByTag(p.Root, "a") {
		if site := redirected(page.Attr(a, "href")); site != "" {
			e.Put("url", site, "link", page.TextLine(a))
		}
	}
}

// redirected is the address behind LinkedIn's own redirect.
func redirected(href string) string {
	u, err := url.Parse(href)
	if err != nil || !strings.Contains(u.Path, "/redir/redirect") {
		return ""
	}
	return u.Query().Get("url")
}

func isProfile(p *page.Page) bool {
	if p.Meta("og:type") == "profile" || strings.Contains(profileURL(p), "/in/") {
		return true
	}
	return strings.HasSuffix(p.Meta("og:title"), "| LinkedIn") && !strings.Contains(p.Meta("og:title"), " on LinkedIn")
}

func profileURL(p *page.Page) string {
	for _, a := range []string{p.Link("canonical"), p.Meta("og:url"), p.Doc.URL} {
		if _, kind, ok := normalise.LinkedIn(a); ok && kind == normalise.LinkedInPerson {
			return a
		}
	}
	return ""
}

func profileAddress(p *page.Page, t page.Thing, things []page.Thing) string {
	for _, a := range append(page.Strs(t.Props["sameAs"]), page.Str(t.Props["url"]), page.Str(t.Props["@id"]), profileURL(p)) {
		if _, kind, ok := normalise.LinkedIn(a); ok && kind == normalise.LinkedInPerson {
			return a
		}
	}
	for _, o := range things { // a post of the profile's owner names its author's address
		if a := page.GetStr(o.Props, "author", "url"); a != "" && !o.Inside("comment") {
			name := page.GetStr(o.Props, "author", "name")
			if _, kind, ok := normalise.LinkedIn(a); ok && kind == normalise.LinkedInPerson && (name == "" || name == page.Str(t.Props["name"])) {
				return a
			}
		}
	}
	return ""
}

func headline(p *page.Page) string {
	for _, class := range []string{"top-card-layout__headline", "text-body-medium", "pv-text-details__headline"} {
		for _, n := range page.ByClass(p.Root, class) {
			if t := page.TextLine(n); t != "" {
				return t
			}
		}
	}
	return ""
}

func many(v any) []any {
	if l, ok := v.([]any); ok {
		return l
	}
	if v == nil {
		return nil
	}
	return []any{v}
}
