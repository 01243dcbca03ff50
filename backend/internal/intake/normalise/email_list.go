package normalise

import "strings"

// Emails reads every address of one cell: "a@x.com; b@x.com", "a ::: b", "A <a@x.com>, b@x.com", one a line.
// bad holds the parts that look meant as an address and are none; pieces without @ beside a good address
// (a phone in an "Email / Phone" column) are left in rest.
func Emails(cell string) (good []Email, bad, rest []string) {
	seen := map[string]bool{}
	for _, part := range splitCell(cell) {
		if part == "" || noAnswer(part) {
			continue
		}
		if !strings.Contains(part, "@") {
			rest = append(rest, part)
			continue
		}
		e, p := ParseEmail(part)
		if p != nil {
			bad = append(bad, part)
			continue
		}
		if !seen[e.Key] {
			seen[e.Key] = true
			good = append(good, e)
		}
	}
	return good, bad, rest
}

// splitCell cuts a cell of several values at ; , | newline, " / " and " ::: ", outside quotes and brackets.
func splitCell(cell string) []string {
	if !strings.ContainsAny(cell, ";,|\n/:") {
		return []string{strings.TrimSpace(cell)}
	}
	cell = strings.NewReplacer(" ::: ", "\n", " / ", "\n").Replace(cell)
	var parts []string
	quoted, start := false, 0
	for i := 0; i < len(cell); i++ {
		switch cell[i] {
		case '\\':
			if quoted {
				i++
			}
		case '"':
			quoted = !quoted
		case ';', ',', '|', '\n':
			if !quoted {
				parts = append(parts, strings.TrimSpace(cell[start:i]))
				start = i + 1
			}
		}
	}
	return append(parts, strings.TrimSpace(cell[start:]))
}

// roleLocal lists local parts that reach a desk and not a person (RFC 2142 and what companies use).
func roleLocal(local string) bool {
	local = dropTag(local)
	switch local {
	case "info", "sales", "contact", "hello", "hi", "support", "help", "helpdesk", "service", "office", "admin",
		"administrator", "mail", "email", "enquiries", "enquiry", "inquiries", "inquiry", "marketing", "team", "hr",
		"jobs", "careers", "career", "recruiting", "recruitment", "press", "media", "pr", "billing", "accounts",
		"accounting", "finance", "invoice", "invoices", "orders", "order", "purchase", "purchasing", "procurement",
		"reception", "customerservice", "customer.service", "customersupport", "customercare", "care", "feedback",
		"webmaster", "postmaster", "hostmaster", "abuse", "security", "privacy", "legal", "dpo", "it", "export",
		"import", "kontakt", "vertrieb", "buero", "büro", "zentrale", "verkauf", "bewerbung", "ventas", "contacto",
		"comercial", "administracion", "commercial", "contato", "vendas", "accueil", "direction", "secretariat",
		"partners", "partner", "newsletter", "news", "events", "bookings", "booking", "reservations", "welcome",
		"general", "company", "business", "shop", "store", "web", "website", "online":
		return true
	}
	return false
}

// dummyLocal lists addresses that were typed to get past a form, or that nobody reads.
func dummyLocal(local, domain string) bool {
	switch strings.NewReplacer("-", "", "_", "", ".", "").Replace(dropTag(local)) {
	case "noreply", "donotreply", "noresponse", "mailerdaemon", "bounce", "bounces", "test", "testing", "tester", "none",
		"na", "null", "unknown", "noemail", "nomail", "email", "example", "asdf", "qwerty", "abc", "xxx", "aaa", "user",
		"username", "yourname", "name", "fake", "dummy", "nobody", "undefined":
		return true
	}
	switch domain {
	case "test.com", "none.com", "noemail.com", "no.com", "na.com", "email.com.com", "domain.com", "yourdomain.com", "fake.com":
		return true
	}
	return false
}
