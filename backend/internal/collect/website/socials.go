package website

import (
	"regexp"
	"strings"

	"winnow/backend/internal/collect/page"
	"winnow/backend/internal/intake/normalise"
)

// social is a profile that the page links to.
type social struct {
	field, address, method, words string
	kind                          normalise.LinkedInKind
	used                          bool
}

var textLinkedIn = regexp.MustCompile(`(?i)(?:https?://)?(?:[a-z]{2,3}\.)?linkedin\.com/(?:in|company|school|showcase)/[^\s"'<>)\],;]{2,120}`)

// readSocials collects profiles from structured data, links and text.
func (s *site) readSocials() {
	for _, t := range s.things {
		if isOrganisation(t) && !foreign(t) || t.Is("WebSite") {
			for _, u := range page.Strs(t.Props["sameAs"]) {
				s.addSocial(u, t.Source, "")
			}
		}
	}
	for _, a := range page.ByTag(s.page.Root, "a") {
		href := page.Attr(a, "href")
		if i := strings.Index(href, "linkedin.com/redir/redirect?url="); i > 0 || s.inQuote(a) {
			continue
		}
		s.addSocial(href, "link", page.TextLine(a))
	}
	for _, l := range s.lines {
		if strings.Contains(l.Text, "inkedin.com/") && !s.inQuote(l.Block) {
			for _, m := range textLinkedIn.FindAllString(l.Text, 50) {
				s.addSocial(strings.TrimRight(m, "."), "text", "")
			}
		}
	}
}

func (s *site) addSocial(address, method, words string) {
	address = strings.TrimSpace(address)
	var field string
	var kind normalise.LinkedInKind
	if canonical, k, ok := normalise.LinkedIn(address); ok {
		if k != normalise.LinkedInPerson && k != normalise.LinkedInCompany {
			return
		}
		field, kind, address = "linkedin_url", k, canonical
	} else if field = socialField(address); field == "" {
		return
	}
	for i := range s.links {
		if strings.EqualFold(s.links[i].address, address) {
			if s.links[i].words == "" {
				s.links[i].words = words
			}
			return
		}
	}
	s.links = append(s.links, social{field: field, address: address, method: method, words: words, kind: kind})
}

// socialField is the custom field for a profile on one of the networks; share buttons and single posts are no profiles.
func socialField(address string) string {
	host := strings.TrimPrefix(strings.ToLower(hostOf(address)), "www.")
	path := strings.Trim(strings.ToLower(pathOf(address)), "/")
	first, _, _ := strings.Cut(path, "/")
	if path == "" {
		return ""
	}
	switch first {
	case "share", "sharer", "sharer.php", "intent", "sharearticle", "dialog", "home", "hashtag", "plugins", "tr", "embed", "watch", "p", "reel", "status", "search", "policies", "legal", "privacy", "help", "login", "pin", "submit":
		return ""
	}
	switch host {
	case "facebook.com", "fb.com", "m.facebook.com", "de-de.facebook.com":
		return "custom.facebook"
	case "instagram.com":
		return "custom.instagram"
	case "twitter.com", "x.com", "mobile.twitter.com":
		return "custom.twitter"
	case "youtube.com":
		return "custom.youtube"
	case "xing.com":
		return "custom.xing"
	case "github.com", "gitlab.com":
		return "custom.github"
	case "tiktok.com":
		return "custom.tiktok"
	case "pinterest.com":
		return "custom.pinterest"
	case "crunchbase.com":
		return "custom.crunchbase"
	case "t.me", "telegram.me":
		return "custom.telegram"
	}
	return ""
}
