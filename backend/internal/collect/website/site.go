package website

import (
	"net/url"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/publicsuffix"

	"winnow/backend/internal/collect/page"
	"winnow/backend/internal/intake/normalise"
)

// site is what is known of a page's company while the page is being read.
type site struct {
	page      *page.Page
	reading   *page.Reading
	countries *normalise.Countries

	lines  []page.Line
	parts  []page.Line             // the lines, cut at inline elements
	done   map[*html.Node][]string // words of a block that made a person already
	things []page.Thing
	cards  []card

	company  value
	legal    value
	domain   string // registrable, "" when nothing tells it
	address  string // of the site
	region   string // ISO country
	language string
	place    place
	mails    []*mail
	phones   []*phone
	people   []*personOn
	links    []social
	facts    []fact
}

// value is something read and where.
type value struct{ text, method, snippet string }

// fact is a field of the company.
type fact struct {
	field string
	value
}

// read goes from what is surest to what is least sure; later steps use what earlier ones found.
func (s *site) read() {
	applyStyles(s.page)
	s.lines = page.Lines(s.page.Root)
	s.parts = page.Segments(s.page.Root)
	s.done = map[*html.Node][]string{}
	s.things = append(s.page.JSONLD(s.reading), s.page.Microdata()...)
	s.cards = readCards(s.page)
	s.language = s.languageOf()
	s.readCompany()
	s.domain = s.ownDomain()
	s.place = s.readPlace()
	s.region = s.regionOf()
	s.readPeople()
	s.readMails()
	s.own()
	s.readPhones()
	s.readSocials()
	s.attribute()
	s.readSize()
	s.readTechnologies()
}

// registrable is the part of a host that somebody registered: "acme.co.uk" of "shop.acme.co.uk".
func registrable(host string) string {
	host = strings.TrimSuffix(strings.ToLower(host), ".")
	if d, err := publicsuffix.EffectiveTLDPlusOne(host); err == nil {
		return d
	}
	return host
}

func hostOf(address string) string {
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil {
		return ""
	}
	return u.Hostname()
}

// ownDomain is the site's registrable domain: of its address, else of what the page says of itself.
func (s *site) ownDomain() string {
	tries := []string{s.page.Doc.URL, s.page.Link("canonical"), s.page.Meta("og:url", "twitter:url"), s.page.Base}
	for _, t := range s.things {
		if isOrganisation(t) {
			tries = append(tries, page.Strs(t.Props["url"])...)
		}
	}
	for _, l := range page.ByTag(s.page.Root, "link") {
		if rel := page.Attr(l, "rel"); rel == "alternate" || rel == "shortlink" || rel == "home" {
			tries = append(tries, page.Attr(l, "href"))
		}
	}
	for _, t := range tries {
		if host := hostOf(t); host != "" && strings.Contains(host, ".") && !platform(registrable(host)) {
			if s.address == "" {
				if u, err := url.Parse(t); err == nil {
					s.address = u.Scheme + "://" + u.Host
				}
			}
			return registrable(host)
		}
	}
	return ""
}

// platform are domains on which companies have pages that are not theirs.
func platform(domain string) bool {
	switch domain {
	case "linkedin.com", "facebook.com", "instagram.com", "twitter.com", "x.com", "youtube.com", "google.com", "schema.org", "wordpress.org", "w3.org",
		"tiktok.com", "pinterest.com", "xing.com", "github.com", "goo.gl", "bit.ly", "maps.app.goo.gl", "wikipedia.org", "crunchbase.com", "medium.com":
		return true
	}
	return false
}

// applyStyles writes what the page's own style sheets say about hidden and mirrored text into the elements that have the
// class or id, so that reading the text need not know style sheets.
func applyStyles(p *page.Page) {
	hide, mirror := map[string]bool{}, map[string]bool{}
	for _, st := range page.ByTag(p.Root, "style") {
		css := page.RawText(st)
		if len(css) > 500_000 {
			continue
		}
		for rule := range strings.SplitSeq(css, "}") {
			selectors, body, ok := strings.Cut(rule, "{")
			if !ok {
				continue
			}
			body = strings.ToLower(strings.NewReplacer(" ", "", "\n", "", "\t", "").Replace(body))
			var to map[string]bool
			switch {
			case strings.Contains(body, "bidi-override") && strings.Contains(body, "direction:rtl"):
				to = mirror
			case strings.Contains(body, "display:none") || strings.Contains(body, "visibility:hidden"):
				to = hide
			default:
				continue
			}
			for sel := range strings.SplitSeq(selectors, ",") {
				to[strings.TrimSpace(sel)] = true
			}
		}
	}
	if len(hide)+len(mirror) == 0 {
		return
	}
	for _, n := range page.All(p.Root, func(n *html.Node) bool { return len(n.Attr) > 0 }) {
		if matches(hide, n) {
			n.Attr = append(n.Attr, html.Attribute{Key: "hidden"})
		}
		if matches(mirror, n) {
			n.Attr = append(n.Attr, html.Attribute{Key: "style", Val: "unicode-bidi:bidi-override;direction:rtl"})
		}
	}
}

// matches knows the selectors that hide addresses: .class, #id, tag.class.
func matches(selectors map[string]bool, n *html.Node) bool {
	if id := page.Attr(n, "id"); id != "" && (selectors["#"+id] || selectors[n.Data+"#"+id]) {
		return true
	}
	for c := range strings.FieldsSeq(page.Attr(n, "class")) {
		if selectors["."+c] || selectors[n.Data+"."+c] {
			return true
		}
	}
	return false
}
