package linkage

import (
	"strings"

	"winnow/backend/internal/intake/normalise"
)

// OwnHost is the host of an e-mail address or a web address where it tells whose it is: one organisation's. Free mail
// hosts, and sites on which anybody has a page, tell nothing: "".
func OwnHost(addressOrSite string) string {
	var host string
	if _, after, ok := strings.Cut(addressOrSite, "@"); ok {
		host = strings.TrimPrefix(strings.ToLower(strings.TrimSpace(after)), "www.")
	} else {
		host = normalise.Domain(addressOrSite)
	}
	if !strings.Contains(host, ".") {
		return ""
	}
	for h := host; ; {
		if sharedHost(h) {
			return ""
		}
		_, parent, ok := strings.Cut(h, ".")
		if !ok || !strings.Contains(parent, ".") {
			return host
		}
		h = parent
	}
}
