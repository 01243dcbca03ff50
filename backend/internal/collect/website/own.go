package website

import (
	"regexp"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/publicsuffix"

	"winnow/backend/internal/intake/normalise"
)

// addMail takes an address in unless it is none, or a place has shown it before.
func (s *site) addMail(raw, method, snippet string, n *html.Node, before string) {
	e, p := normalise.ParseEmail(raw)
	if p != nil {
		if strings.Contains(raw, "@") && method != "script" {
			s.reading.Note("email_unreadable", "No e-mail address: "+raw[:min(len(raw), 120)])
		}
		return
	}
	e.Address = strings.ToLower(e.Address)
	for _, have := range s.mails {
		if strings.EqualFold(have.Address, e.Address) {
			if have.node == nil || (have.before == "" && before != "") {
				have.node, have.before = n, before
			}
			return
		}
	}
	s.mails = append(s.mails, &mail{Email: e, method: method, snippet: snippet, node: n, before: before})
}

// own decides which addresses are contacts of the company: not placeholders and parts of programs, not those of the agency
// that made the site. What is dropped gets a note.
func (s *site) own() {
	for _, m := range s.mails {
		switch {
		case junk(m.Email):
			m.dropped = "part of a program or file name"
		case !realDomain(m.Domain):
			m.dropped = "no such top-level domain"
		}
	}
	s.dropPlaceholders()
	if s.domain == "" {
		s.domain = s.guessDomain()
	}
	ours := slices.ContainsFunc(s.mails, func(m *mail) bool { return m.dropped == "" && s.isOurs(m.Domain) })
	for _, m := range s.mails {
		m.system = systemMail(m.Email)
		if m.dropped != "" || s.isOurs(m.Domain) {
			continue
		}
		switch {
		case credits.MatchString(m.before) || s.inCredits(m):
			m.dropped = "belongs to who made the site"
		case authority.MatchString(m.before) && !freemail(m.Domain):
			m.dropped = "belongs to an authority or outside officer"
		case m.method == "script" && !freemail(m.Domain):
			m.dropped = "stands in a script and belongs to another domain"
		case freemail(m.Domain), s.ofMarkedPerson(m):
		case ours || s.address != "" && m.method == "text" && len(s.mails) > 3:
			m.dropped = "belongs to another domain than the site's"
		}
	}
	for _, m := range s.mails {
		if m.dropped != "" {
			s.reading.Note("email_dropped", m.Address+": "+m.dropped+".")
		}
	}
}

var (
	fileEnding = regexp.MustCompile(`(?i)\.(png|jpe?g|gif|svg|webp|avif|ico|css|js|mjs|map|woff2?|ttf|eot|pdf|mp4|webm|mp3|zip|docx?|xlsx?|php|html?|json|xml|min|scss|vue|tsx?)$`)
	hashLocal  = regexp.MustCompile(`^[0-9a-f]{16,}$|^[0-9a-f]{8}-[0-9a-f]{4}-`)
	credits    = regexp.MustCompile(`(?i)\b((web ?)?(site|website|page|web|design|theme|template|shop|online ?shop)\s*(&amp;|&|and|und|et|y|e)?\s*(design|development|entwicklung|umsetzung|hosting)?\s*(by|von|par|por|da|made by|designed by|developed by|built by|created by|powered by)|designed by|developed by|built by|powered by|created by|made (with .{0,10} )?by|crafted by|webdesign|web design|webmaster|webdesigner|realisation|réalisation|conception|conçu par|réalisé par|umsetzung|realisierung|gestaltung|programmierung|technische umsetzung|hosted by|hosting|hébergeur|hébergement|realizzato da|sviluppato da|desarrollado por|diseño( web)?|desenvolvido por|website door|gerealiseerd door|site by|agency)\b[^@]{0,120}$`)
	authority  = regexp.MustCompile(`(?i)(aufsichtsbehörde|data protection authority|supervisory authority|landesbeauftragte|cnil|information commissioner|ombuds|schlichtungsstelle|verbraucherschlichtung|garante per|agencia española|datenschutzbehörde|externer datenschutz|handelskammer|ihk\b)[^@]{0,200}$`)
)

// junk reports whether an address is only text that looks like one.
func junk(e normalise.Email) bool {
	local, _, _ := strings.Cut(strings.ToLower(e.Address), "@")
	if fileEnding.MatchString(e.Domain) || hashLocal.MatchString(local) || len(local) > 40 {
		return true
	}
	for _, d := range []string{"sentry.io", "wixpress.com", "sentry-next.wixpress.com", "schema.org", "w3.org", "jquery.com", "bootstrapcdn.com", "jsdelivr.net", "unpkg.com", "cloudflare.com", "googleapis.com", "gstatic.com", "polyfill.io", "sentry.wixpress.com", "ingest.sentry.io", "bugsnag.com", "wordpress.org", "core-js.io", "npmjs.com"} {
		if e.Domain == d || strings.HasSuffix(e.Domain, "."+d) {
			return true
		}
	}
	return false
}

// realDomain reports whether mail could go to a domain: its ending is known, or kept for examples.
func realDomain(domain string) bool {
	suffix, icann := publicsuffix.PublicSuffix(domain)
	if icann || strings.Contains(suffix, ".") {
		return suffix != domain
	}
	switch suffix {
	case "example", "test", "local", "localhost", "invalid":
		return suffix == "example" || suffix == "test"
	}
	return false
}

// placeholder reports whether an address stands for "your address here".
func placeholder(e normalise.Email) bool {
	switch registrable(e.Domain) {
	case "example.com", "example.org", "example.net", "domain.com", "yourdomain.com", "mydomain.com", "yoursite.com", "mysite.com", "yourcompany.com",
		"company.com", "email.com", "website.com", "yourwebsite.com", "test.com", "domain.tld", "beispiel.de", "musterfirma.de", "mustermann.de", "domaine.fr",
		"exemple.fr", "exemple.com", "ejemplo.com", "dominio.com", "esempio.it", "voorbeeld.nl", "address.com", "mail.com", "your-domain.com", "sample.com", "acme-placeholder.com":
		return true
	}
	local, _, _ := strings.Cut(strings.ToLower(e.Address), "@")
	switch local {
	case "your", "youremail", "your-email", "your.email", "yourname", "your.name", "you", "name", "user", "username", "firstname.lastname", "vorname.nachname",
		"prenom.nom", "nombre", "someone", "email", "mail@mail", "first.last", "firstname", "vorname", "xxx", "xyz", "abc", "null", "undefined":
		return local != "mail"
	}
	return false
}

// dropPlaceholders: a placeholder counts only where the page has no other address.
func (s *site) dropPlaceholders() {
	other := slices.ContainsFunc(s.mails, func(m *mail) bool { return m.dropped == "" && !placeholder(m.Email) })
	for _, m := range s.mails {
		if m.dropped == "" && placeholder(m.Email) && (other || registrable(m.Domain) != s.domain && s.domain != "") {
			m.dropped = "a placeholder"
		}
	}
}

// guessDomain takes the domain of most addresses for the site's, those that resemble the company's name first.
func (s *site) guessDomain() string {
	count := map[string]int{}
	best := ""
	for _, m := range s.mails {
		if m.dropped != "" || freemail(m.Domain) || credits.MatchString(m.before) {
			continue
		}
		d := registrable(m.Domain)
		count[d]++
		if s.resembles(d) {
			count[d] += 10
		}
		if m.method != "script" {
			count[d]++
		}
		if best == "" || count[d] > count[best] {
			best = d
		}
	}
	return best
}

// isOurs reports whether a domain is the site's own: the same registrable one, or one that bears its name or the company's.
func (s *site) isOurs(domain string) bool {
	d := registrable(domain)
	if s.domain == "" || d == s.domain {
		return true
	}
	a, b := label(d), label(s.domain)
	return len(a) >= 4 && len(b) >= 4 && (strings.HasPrefix(a, b) || strings.HasPrefix(b, a)) || s.resembles(d)
}

func label(domain string) string {
	first, _, _ := strings.Cut(domain, ".")
	return strings.ReplaceAll(first, "-", "")
}

// resembles reports whether a domain bears the company's name.
func (s *site) resembles(domain string) bool {
	key := strings.ReplaceAll(normalise.Latin(normalise.CompanyKey(s.company.text)), " ", "")
	l := label(domain)
	return len(key) >= 4 && len(l) >= 4 && (strings.HasPrefix(key, l) || strings.HasPrefix(l, key))
}

// ofMarkedPerson reports whether structured data gives an address to somebody who works here.
func (s *site) ofMarkedPerson(m *mail) bool {
	for _, p := range s.people {
		for _, e := range p.emails {
			if strings.EqualFold(strings.TrimPrefix(strings.ToLower(e), "mailto:"), m.Address) {
				return true
			}
		}
	}
	return false
}

// inCredits reports whether the line or the small block around an address names the makers of the site.
func (s *site) inCredits(m *mail) bool {
	for n, up := m.node, 0; n != nil && up < 3; n, up = n.Parent, up+1 {
		if t := lineText(n); len(t) > 200 {
			break
		} else if i := strings.Index(strings.ToLower(t), m.Address); credits.MatchString(t) || i >= 0 && credits.MatchString(t[:i]) {
			return true
		}
	}
	return false
}

func freemail(domain string) bool {
	switch domain {
	case "gmail.com", "googlemail.com", "yahoo.com", "yahoo.co.in", "yahoo.co.uk", "yahoo.in", "yahoo.fr", "yahoo.de", "hotmail.com", "hotmail.co.uk", "hotmail.fr", "outlook.com", "outlook.de", "live.com", "msn.com",
		"icloud.com", "me.com", "aol.com", "gmx.de", "gmx.net", "gmx.at", "gmx.ch", "web.de", "t-online.de", "freenet.de", "rediffmail.com", "protonmail.com", "proton.me",
		"zoho.com", "yandex.ru", "yandex.com", "mail.ru", "qq.com", "163.com", "126.com", "orange.fr", "wanadoo.fr", "free.fr", "sfr.fr", "laposte.net", "libero.it", "virgilio.it",
		"bluewin.ch", "aon.at", "btinternet.com", "comcast.net", "verizon.net", "att.net", "ymail.com", "fastmail.com", "hushmail.com", "terra.com.br", "uol.com.br", "seznam.cz", "wp.pl", "o2.pl", "interia.pl":
		return true
	}
	return false
}

// systemMail reports whether an address is for machines and complaints: kept beside the contacts, not among them.
func systemMail(e normalise.Email) bool {
	local, _, _ := strings.Cut(strings.ToLower(e.Address), "@")
	local = strings.NewReplacer("-", "", "_", "", ".", "").Replace(local)
	switch local {
	case "privacy", "noreply", "donotreply", "dontreply", "abuse", "postmaster", "hostmaster", "mailerdaemon", "datenschutz", "dataprotection", "dpo", "gdpr", "dsgvo", "unsubscribe",
		"bounce", "bounces", "webmaster", "security", "legal", "spam", "privacidad", "privacidade", "confidentialite", "rgpd", "dsb", "datenschutzbeauftragter", "nepasrepondre", "mailer", "compliance", "copyright", "dmca", "optout":
		return true
	}
	return false
}
