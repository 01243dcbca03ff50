package linkage

import (
	"strings"

	"winnow/backend/internal/intake/normalise"
)

// phones reads every number of a cell to its digits: text keeps all of them, tight the last ten, alt2 the last seven. What
// country they belong to is left open, for the end of a number is the same with and without its prefix.
func phones(raw string) []value {
	if !strings.ContainsAny(raw, ";,|\n/o") {
		return []value{phone(raw)}
	}
	raw = strings.NewReplacer(",", ";", "|", ";", "\n", ";", " / ", ";", " or ", ";", " ::: ", ";").Replace(raw)
	var out []value
	for part := range strings.SplitSeq(raw, ";") {
		out = append(out, phone(part))
	}
	return out
}

func phone(raw string) value {
	low := strings.ToLower(raw)
	for _, mark := range []string{"ext", "x"} { // an extension is behind the number that counts
		if i := strings.Index(low, mark); i > 6 {
			low = low[:i]
		}
	}
	d := strings.TrimLeft(digitsOnly(low), "0")
	if len(d) < 6 || filler(d) || strings.Count(d, d[len(d)-1:]) >= len(d)-2 || strings.HasSuffix(d, strings.Repeat(d[len(d)-1:], 7)) {
		return value{}
	}
	v := value{text: d, tight: d}
	if len(d) > 10 {
		v.tight = d[len(d)-10:]
	}
	v.alt2 = d[max(0, len(d)-7):]
	return v
}

// emails reads every address of a cell: tight is the provider's own form, alt the part before @, alt2 the host.
func emails(raw string) []value {
	good, bad, _ := normalise.Emails(raw)
	var out []value
	for _, e := range good {
		if !e.Dummy {
			out = append(out, address(e.Key, e.Role))
		}
	}
	for _, b := range bad { // a typo may have made it invalid; it is compared all the same
		out = append(out, address(strings.ToLower(strings.TrimSpace(b)), false))
	}
	return out
}

func address(key string, role bool) value {
	local, host, _ := strings.Cut(key, "@")
	if local == "" {
		return value{}
	}
	return value{text: key, tight: key, alt: local, alt2: host, flag: role}
}

func website(raw string) value {
	d := normalise.Domain(raw)
	if d == "" || sharedHost(d) {
		return value{}
	}
	return value{text: d, tight: d}
}

// freemail hosts belong to nobody in particular: two people at one of them have nothing in common.
func freemail(host string) bool {
	switch host {
	case "gmail.com", "yahoo.com", "hotmail.com", "outlook.com", "live.com", "msn.com", "aol.com", "icloud.com", "me.com", "mac.com",
		"gmx.de", "gmx.net", "gmx.at", "gmx.ch", "web.de", "t-online.de", "freenet.de", "mail.ru", "yandex.ru", "yandex.com", "bk.ru", "list.ru", "inbox.ru",
		"qq.com", "163.com", "126.com", "sina.com", "protonmail.com", "proton.me", "pm.me", "tutanota.com", "zoho.com", "mail.com", "email.com",
		"rediffmail.com", "ymail.com", "rocketmail.com", "yahoo.co.uk", "yahoo.co.in", "yahoo.in", "yahoo.fr", "yahoo.de", "yahoo.it", "yahoo.es", "yahoo.ca",
		"yahoo.com.br", "yahoo.com.au", "hotmail.co.uk", "hotmail.fr", "hotmail.de", "hotmail.it", "hotmail.es", "live.co.uk", "live.fr", "live.nl", "outlook.de",
		"outlook.fr", "btinternet.com", "sky.com", "virginmedia.com", "ntlworld.com", "talktalk.net", "comcast.net", "verizon.net", "att.net", "sbcglobal.net",
		"bellsouth.net", "cox.net", "charter.net", "earthlink.net", "optonline.net", "bigpond.com", "optusnet.com.au", "orange.fr", "wanadoo.fr", "free.fr",
		"laposte.net", "sfr.fr", "libero.it", "virgilio.it", "tiscali.it", "uol.com.br", "bol.com.br", "terra.com.br", "ig.com.br", "wp.pl", "o2.pl", "onet.pl",
		"interia.pl", "seznam.cz", "centrum.cz", "abv.bg", "ukr.net", "naver.com", "daum.net", "hanmail.net", "fastmail.com", "hey.com", "xtra.co.nz":
		return true
	}
	return false
}

// sharedHost: pages on these say nothing about whose they are.
func sharedHost(host string) bool {
	switch host {
	case "linkedin.com", "facebook.com", "instagram.com", "twitter.com", "x.com", "youtube.com", "google.com", "maps.google.com", "goo.gl", "bit.ly",
		"sites.google.com", "business.site", "wordpress.com", "blogspot.com", "wixsite.com", "reddit.com", "yelp.com", "tripadvisor.com", "indiamart.com",
		"medium.com", "github.com", "t.me", "wa.me", "linktr.ee", "docs.google.com":
		return true
	}
	return freemail(host)
}
