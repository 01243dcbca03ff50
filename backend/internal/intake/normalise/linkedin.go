package normalise

import (
	"net/url"
	"regexp"
	"strings"
)

// LinkedInKind says what a LinkedIn address points to.
type LinkedInKind string

// The kinds of LinkedIn address.
const (
	LinkedInPerson    LinkedInKind = "person"
	LinkedInSalesLead LinkedInKind = "sales_lead" // Sales Navigator's own id of a person
	LinkedInCompany   LinkedInKind = "company"
	LinkedInPost      LinkedInKind = "post"
)

var (
	activity = regexp.MustCompile(`-(activity|share|ugcPost)-([0-9]{15,})`)
	postURN  = regexp.MustCompile(`^urn:li:(activity|share|ugcPost):[0-9]{15,}$`)
)

// LinkedIn is the canonical form of a LinkedIn address: https://www.linkedin.com/in/slug (lower case, no locale host,
// no tracking, no sub-pages), sales-lead:ID, https://www.linkedin.com/company/slug, or the URN of a post.
// ok is false for what is none of these, and for slugs that only a broken scraper makes (| , ) : inside).
func LinkedIn(raw string) (canonical string, kind LinkedInKind, ok bool) {
	s, _ := Line(Unquote(raw))
	if postURN.MatchString(s) {
		return s, LinkedInPost, true
	}
	if !strings.Contains(s, "://") {
		s = "https://" + s
	}
	u, err := url.Parse(s)
	if err != nil {
		return "", "", false
	}
	host := strings.ToLower(u.Hostname())
	if host != "linkedin.com" && !strings.HasSuffix(host, ".linkedin.com") {
		return "", "", false
	}
	seg := strings.Split(strings.Trim(u.EscapedPath(), "/"), "/")
	if len(seg) < 2 {
		return "", "", false
	}
	return linkedInPath(seg)
}

func linkedInPath(seg []string) (string, LinkedInKind, bool) {
	last := seg[1]
	switch strings.ToLower(seg[0]) {
	case "in":
		if slug, ok := slug(last); ok {
			return "https://www.linkedin.com/in/" + slug, LinkedInPerson, true
		}
	case "company", "school", "showcase":
		if slug, ok := slug(last); ok {
			return "https://www.linkedin.com/" + strings.ToLower(seg[0]) + "/" + slug, LinkedInCompany, true
		}
	case "sales":
		if len(seg) >= 3 && (last == "lead" || last == "people") {
			if id, _, _ := strings.Cut(unescape(seg[2]), ","); id != "" {
				return "sales-lead:" + id, LinkedInSalesLead, true
			}
		}
		if len(seg) >= 3 && last == "company" {
			return "https://www.linkedin.com/company/" + strings.ToLower(seg[2]), LinkedInCompany, true
		}
	case "posts":
		if m := activity.FindStringSubmatch(last); m != nil {
			return "urn:li:" + m[1] + ":" + m[2], LinkedInPost, true
		}
	case "feed":
		if len(seg) >= 3 {
			if urn := unescape(seg[2]); postURN.MatchString(urn) {
				return urn, LinkedInPost, true
			}
		}
	}
	return "", "", false
}

func unescape(s string) string {
	if u, err := url.PathUnescape(s); err == nil {
		return u
	}
	return s
}

// slug is the lower-case form of a profile's name in its address. Sales ids (ACoAA…, ACwAA…) used as a slug are
// case-sensitive and stay as they are.
func slug(s string) (string, bool) {
	plain := unescape(s)
	if plain == "" || strings.ContainsAny(plain, "|,):(;<> \"") {
		return "", false
	}
	if strings.HasPrefix(s, "ACoAA") || strings.HasPrefix(s, "ACwAA") {
		return s, true
	}
	return strings.ToLower(s), true
}
