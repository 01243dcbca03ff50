package normalise

import (
	"net/url"
	"strings"
)

// URL is the canonical form of a web address: https when no scheme was given, lower-case host without www-less
// guessing, no fragment, no tracking parameters, no trailing slash. ok is false for anything that is no web address.
func URL(raw string) (canonical string, ok bool) {
	s, _ := Line(Unquote(raw))
	if s == "" || len(s) > 2048 || strings.ContainsAny(s, " <>\"") {
		return "", false
	}
	if !strings.Contains(s, "://") {
		if strings.Contains(s, "@") || !strings.Contains(s, ".") {
			return "", false
		}
		s = "https://" + strings.TrimPrefix(s, "//")
	}
	u, err := url.Parse(s)
	if err != nil || u.User != nil || (u.Scheme != "http" && u.Scheme != "https") {
		return "", false
	}
	ascii, _, p := domainForms(u.Hostname())
	if p != nil {
		return "", false
	}
	host := ascii
	if port := u.Port(); port != "" && port != "80" && port != "443" {
		host += ":" + port
	}
	u.Host, u.Fragment, u.RawFragment = host, "", ""
	u.RawQuery = dropTracking(u.RawQuery)
	u.Path = strings.TrimRight(u.Path, "/")
	u.RawPath = strings.TrimRight(u.RawPath, "/")
	return u.String(), true
}

func dropTracking(query string) string {
	if query == "" {
		return ""
	}
	var keep []string
	for kv := range strings.SplitSeq(query, "&") {
		k, _, _ := strings.Cut(strings.ToLower(kv), "=")
		switch {
		case kv == "", strings.HasPrefix(k, "utm_"), strings.HasPrefix(k, "mc_"), strings.HasPrefix(k, "trk"):
		case k == "gclid", k == "fbclid", k == "msclkid", k == "igshid", k == "ref_src", k == "_hsenc", k == "_hsmi", k == "lipi", k == "originalsubdomain", k == "midtoken":
		default:
			keep = append(keep, kv)
		}
	}
	return strings.Join(keep, "&")
}

// Domain is the registrable-looking host of a web address without www., for comparing companies; empty if none.
func Domain(raw string) string {
	c, ok := URL(raw)
	if !ok {
		return ""
	}
	u, err := url.Parse(c)
	if err != nil {
		return ""
	}
	return strings.TrimPrefix(u.Hostname(), "www.")
}
