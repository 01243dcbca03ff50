package website

import (
	"regexp"
	"strings"

	"golang.org/x/net/html"

	"winnow/backend/internal/collect/page"
)

// Kind says what a page is.
type Kind string

// The kinds of page.
const (
	KindPage      Kind = "page"
	KindChallenge Kind = "challenge"        // a robot check: give up
	KindParked    Kind = "parked"           // the domain is for sale: dead
	KindShell     Kind = "needs_browser"    // hardly any text, many scripts
	KindRefresh   Kind = "redirect_in_page" // <meta http-equiv=refresh>
	KindOther     Kind = "not_html"
)

// Dead reports whether nothing on such a page speaks of the company.
func (k Kind) Dead() bool { return k == KindChallenge || k == KindParked }

// Advice says what such a page means.
func (k Kind) Advice() string {
	switch k {
	case KindChallenge:
		return "The site asks visitors to prove that they are people; we do not try to get past that."
	case KindParked:
		return "The domain is parked or for sale: nobody is there."
	case KindShell:
		return "The page is empty without JavaScript: it has to be read in a browser."
	case KindRefresh:
		return "The page sends its visitors on to another one."
	default:
		return ""
	}
}

var (
	challengeWords = regexp.MustCompile(`(?i)_cf_chl_opt|/cdn-cgi/challenge-platform/h/|cf-browser-verification|challenge-error-text|ddos-guard|px-captcha|_incapsula_resource|geo\.captcha-delivery\.com|sec-if-cpt-container`)
	challengeTitle = regexp.MustCompile(`(?i)^(just a moment|attention required|one moment, please|access denied|are you a (human|robot)|security check|checking your browser|please wait|verify(ing)? you are human|ddos protection|bot verification|robot or human|un instant|einen moment|un momento)`) //nolint:misspell // Spanish
	parkedWords    = regexp.MustCompile(`(?i)\b(buy this domain|domain (name )?(is |may be |might be )?(available )?for sale|this domain (name )?(is|may be|has been) (for sale|parked|registered|available|expired)|domain is parked|parked (free|domain)|is for sale|acheter ce domaine|domaine? .{0,40}à vendre|diese domain (steht|ist).{0,20}(verkauf|kaufen|verfügbar)|domain (kaufen|zu verkaufen)|este dominio .{0,20}(venta|vende)|dominio in vendita|questo dominio .{0,20}vendita|te koop|sedoparking|parkingcrew|bodis\.com|hugedomains|dan\.com|afternic|future home of something|website coming soon.{0,40}(hosting|registrar|godaddy)|related searches)\b`)
	domainWord     = regexp.MustCompile(`(?i)\b(domain|domaine|dominio|domein|sedo|hugedomains|afternic|dan\.com)`)
)

// kindOf looks at what a page shows and carries.
func kindOf(p *page.Page) Kind {
	text := page.TextLine(p.Root)
	scripts, inline := 0, 0
	var code strings.Builder
	for _, s := range page.ByTag(p.Root, "script") {
		scripts++
		if t := page.RawText(s); code.Len() < 100_000 {
			inline += len(t)
			code.WriteString(t)
			code.WriteString(page.Attr(s, "src"))
		}
	}
	title := p.Title()
	short := len(text) < 1500
	if short && challengeTitle.MatchString(title) || len(text) < 3000 && (challengeWords.MatchString(code.String()) || marked(p, challengeWords)) {
		return KindChallenge
	}
	if short && parkedWords.MatchString(title+" . "+text) && domainWord.MatchString(title+" "+text+" "+code.String()) {
		return KindParked
	}
	if refreshTarget(p) != "" && len(text) < 400 {
		return KindRefresh
	}
	if len(text) < 200 && (scripts >= 3 || appRoot(p) && scripts >= 1) && len(p.JSONLD(&page.Reading{})) == 0 {
		return KindShell
	}
	return KindPage
}

func marked(p *page.Page, words *regexp.Regexp) bool {
	found := false
	page.Walk(p.Root, func(n *html.Node) bool {
		if n.Type == html.ElementNode {
			found = found || words.MatchString(page.Attr(n, "id")) || words.MatchString(page.Attr(n, "class")) || words.MatchString(page.Attr(n, "src"))
		}
		return !found
	})
	return found
}

// appRoot reports whether the page has the empty element into which scripts draw.
func appRoot(p *page.Page) bool {
	return len(page.All(p.Root, func(n *html.Node) bool {
		id := page.Attr(n, "id")
		return (id == "root" || id == "app" || id == "__next" || id == "___gatsby" || id == "__nuxt" || strings.HasPrefix(n.Data, "app-")) && page.TextLine(n) == ""
	})) > 0
}

var refreshURL = regexp.MustCompile(`(?i)^\s*([0-9.]*)\s*[;,]\s*url\s*=\s*['"]?([^'"]+)`)

// refreshTarget is where <meta http-equiv=refresh> leads, "" when the page stays or only reloads itself later.
func refreshTarget(p *page.Page) string {
	for _, m := range page.ByTag(p.Root, "meta") {
		if strings.EqualFold(page.Attr(m, "http-equiv"), "refresh") {
			if u := refreshURL.FindStringSubmatch(page.Attr(m, "content")); u != nil && len(u[1]) < 2 {
				return page.Resolve(p.Base, strings.TrimSpace(u[2]))
			}
		}
	}
	return ""
}
