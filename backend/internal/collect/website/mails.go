package website

import (
	"encoding/base64"
	"encoding/hex"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/net/html"

	"winnow/backend/internal/collect/page"
	"winnow/backend/internal/intake/normalise"
)

// mail is an address that stands on the page.
type mail struct {
	normalise.Email
	method, snippet string
	node            *html.Node // where it stands; nil for scripts and structured data
	before          string     // the words before it
	person          *personOn
	system          bool // privacy, noreply, abuse …: kept, but no contact
	dropped         string
}

// readMails collects addresses in the order of trust; the first place that shows one is its proof.
func (s *site) readMails() {
	for _, t := range s.things {
		if t.Inside("review", "reviews", "author") && !t.Is("Organization", "LocalBusiness") {
			continue
		}
		for _, v := range page.Strs(t.Props["email"]) {
			s.addMail(v, t.Source, v, nil, "")
		}
	}
	for _, c := range s.cards {
		for _, v := range c.emails {
			s.addMail(v, "h-card", c.name+" "+v, c.node, "")
		}
	}
	s.linkedMails()
	labels := s.linkLabels()
	for _, l := range s.parts {
		if !strings.Contains(l.Text, "@") {
			continue
		}
		for _, f := range mailsInText(l.Text) {
			if !labels[strings.ToLower(f.address)] && f.method == "text" && strings.EqualFold(f.address, l.Text) {
				s.addMail(f.address, f.method, l.Text, l.Block, "")
			}
		}
	}
	for i, l := range s.lines {
		before := ""
		if i > 0 {
			before = s.lines[i-1].Text
		}
		for _, f := range mailsInText(l.Text) {
			if labels[strings.ToLower(f.address)] || s.glued(f.address) {
				continue
			}
			s.addMail(f.address, f.method, l.Text, l.Block, before+" "+l.Text[:min(f.at, len(l.Text))])
		}
	}
	for _, sc := range page.ByTag(s.page.Root, "script") {
		if strings.Contains(page.Attr(sc, "type"), "ld+json") {
			continue
		}
		for _, a := range mailsInScript(page.RawText(sc)) {
			s.addMail(a, "script", a, nil, "")
		}
	}
}

// glued reports whether an address is a known one with the end of the words before it: 56info@acme.example.
func (s *site) glued(address string) bool {
	low := strings.ToLower(address)
	return slices.ContainsFunc(s.mails, func(m *mail) bool { return len(low) > len(m.Address) && strings.HasSuffix(low, m.Address) })
}

// linkLabels are the addresses that stand as the words of a link to another address: the link counts.
func (s *site) linkLabels() map[string]bool {
	labels := map[string]bool{}
	for _, a := range page.ByTag(s.page.Root, "a") {
		to := mailsInLink(page.Attr(a, "href"))
		if len(to) == 0 {
			continue
		}
		for _, f := range mailsInText(page.TextLine(a)) {
			if !slices.ContainsFunc(to, func(t string) bool { return strings.EqualFold(t, f.address) }) {
				labels[strings.ToLower(f.address)] = true
			}
		}
	}
	return labels
}

// linkedMails reads mailto: and Cloudflare's links, and attributes that scripts make addresses of.
func (s *site) linkedMails() {
	page.Walk(s.page.Root, func(n *html.Node) bool {
		if n.Type != html.ElementNode || page.Hidden(n) {
			return n.Type != html.ElementNode
		}
		words := page.TextLine(n)
		if hexed := page.Attr(n, "data-cfemail"); hexed != "" {
			s.addCloudflare(hexed, n)
		}
		if n.Data == "a" || n.Data == "area" {
			href := strings.TrimSpace(page.Attr(n, "href"))
			for _, a := range mailsInLink(href) {
				s.addMail(a, "mailto", words+" "+href, n, words)
			}
			if _, hexed, ok := strings.Cut(href, "/cdn-cgi/l/email-protection#"); ok {
				s.addCloudflare(hexed, n)
			}
		}
		for _, a := range mailsInAttributes(n) {
			s.addMail(a, "attribute", a, n, words)
		}
		return true
	})
}

func (s *site) addCloudflare(hexed string, n *html.Node) {
	if a := Cloudflare(hexed); a != "" {
		s.addMail(a, "cfemail", hexed, n, "")
		return
	}
	s.reading.Note("cfemail_broken", "A hidden e-mail address cannot be read: "+page.Snippet(hexed))
}

// Cloudflare reads an address that Cloudflare hid: hex digits, the first byte is the key to the others; "" for junk.
func Cloudflare(hexed string) string {
	b, err := hex.DecodeString(strings.TrimSpace(hexed))
	if err != nil || len(b) < 4 {
		return ""
	}
	out := make([]byte, len(b)-1)
	for i, c := range b[1:] {
		out[i] = c ^ b[0]
	}
	plain, _, _ := strings.Cut(string(out), "?")
	e, p := normalise.ParseEmail(plain)
	if p != nil {
		return ""
	}
	return strings.ToLower(e.Address)
}

// mailsInLink are the receivers of a mailto: link, with cc and bcc.
func mailsInLink(href string) (out []string) {
	if enc := typo3.FindStringSubmatch(href); enc != nil {
		href = unshift(enc[1])
	}
	scheme, rest, ok := strings.Cut(href, ":")
	if !ok || !strings.EqualFold(strings.TrimSpace(scheme), "mailto") {
		return nil
	}
	to, query, _ := strings.Cut(strings.TrimPrefix(rest, "//"), "?")
	lists := []string{to}
	if q, err := url.ParseQuery(strings.ReplaceAll(query, "+", "%2B")); err == nil {
		for k, v := range q {
			if k = strings.ToLower(k); k == "cc" || k == "bcc" || k == "to" {
				lists = append(lists, v...)
			}
		}
	}
	for _, l := range lists {
		if plain, err := url.PathUnescape(l); err == nil {
			l = plain
		}
		l = html.UnescapeString(l)
		for _, f := range mailsInText(l) {
			out = append(out, f.address)
		}
	}
	return out
}

// typo3 is how a widespread system hides mailto: by shifting every letter by a constant.
var typo3 = regexp.MustCompile(`(?i)^javascript:\s*linkTo_UnCryptMailto\(\s*['"](?:%27)?([^'"]+?)(?:%27)?['"]`)

// unshift tries the shifts until the link begins with mailto:.
func unshift(s string) string {
	if plain, err := url.PathUnescape(s); err == nil {
		s = plain
	}
	turn := func(c, lo, hi byte, by int) byte {
		n := int(hi-lo) + 1
		return lo + byte(((int(c-lo)+by)%n+n)%n) //nolint:gosec // smaller than n
	}
	for by := -26; by <= 26; by++ {
		out := []byte(s)
		for i, c := range out {
			switch {
			case c >= '+' && c <= ':':
				out[i] = turn(c, '+', ':', by)
			case c >= '@' && c <= 'Z':
				out[i] = turn(c, '@', 'Z', by)
			case c >= 'a' && c <= 'z':
				out[i] = turn(c, 'a', 'z', by)
			}
		}
		if strings.HasPrefix(string(out), "mailto:") {
			return string(out)
		}
	}
	return ""
}

// mailsInAttributes reads data-email, data-user with data-domain, and their kin; values may be base64 or reversed.
func mailsInAttributes(n *html.Node) (out []string) {
	local, domain, tld := "", "", ""
	for _, a := range n.Attr {
		if !strings.HasPrefix(a.Key, "data-") || a.Key == "data-cfemail" || len(a.Val) > 300 {
			continue
		}
		key, v := a.Key[5:], strings.TrimSpace(a.Val)
		switch key {
		case "user", "local", "name", "mailbox", "u", "account", "username", "part1", "first":
			local = v
		case "domain", "host", "d", "website", "part2":
			domain = v
		case "tld", "part3":
			tld = v
		}
		if !strings.Contains(key, "mail") && !strings.Contains(key, "contact") && key != "href" && key != "enc" && key != "address" {
			continue
		}
		out = append(out, hiddenMails(v)...)
	}
	if local != "" && domain != "" {
		if tld != "" {
			domain += "." + strings.TrimPrefix(tld, ".")
		}
		out = append(out, local+"@"+strings.TrimPrefix(domain, "@"))
	}
	return out
}

func hiddenMails(v string) (out []string) {
	for _, f := range mailsInText(strings.TrimPrefix(v, "mailto:")) {
		out = append(out, f.address)
	}
	if len(out) > 0 {
		return out
	}
	if b, err := base64.StdEncoding.DecodeString(v); err == nil {
		for _, f := range mailsInText(string(b)) {
			out = append(out, f.address)
		}
	}
	return out
}
