package generic

import (
	"regexp"
	"strings"
	"time"

	"winnow/backend/internal/collect/page"
	"winnow/backend/internal/collect/website"
	"winnow/backend/internal/intake/normalise"
)

// Mail is an enquiry that a portal or a web form sent by mail; reading it from MIME is done elsewhere.
type Mail struct {
	ID, From, FromName, ReplyTo, Subject string
	Text, HTML                           string
	Date                                 time.Time
}

// ParseMail reads an enquiry mail: its "label: value" lines in whatever order, else the sender. Portal names the sort of mail.
func ParseMail(m Mail) (r page.Reading, portal string) {
	portal = portalOf(m)
	text := m.Text
	if strings.TrimSpace(text) == "" {
		text = page.Plain(m.HTML)
	}
	var lines []page.Line
	for l := range strings.SplitSeq(strings.ReplaceAll(text, "\r\n", "\n"), "\n") {
		if l, _ = normalise.Line(strings.Trim(l, " *>|\t-•")); l != "" {
			lines = append(lines, page.Line{Text: l})
		}
	}
	d := page.NewDraft("")
	d.Find.Key, d.Find.At = m.ID, m.Date
	for _, f := range page.Facts(lines, mailLabel) {
		switch f.Field {
		case "email":
			for _, a := range website.Addresses(f.Value) {
				d.Add("email", a, "mail", f.Snippet)
			}
		case "phone":
			d.Add("phone", phonePart.FindString(f.Value), "mail", f.Snippet)
		default:
			d.Line(f.Field, f.Value, "mail", f.Snippet)
		}
	}
	if d.Get("email") == "" {
		for _, a := range []string{m.ReplyTo, m.From} {
			if e, bad := normalise.ParseEmail(a); bad == nil && !e.Dummy && (portal == "" || !fromPortal(e.Domain)) {
				d.Add("email", strings.ToLower(e.Address), "sender", a)
				break
			}
		}
	}
	if portal == "" && d.Get("name") == "" {
		d.Line("name", m.FromName, "sender", m.FromName)
	}
	content := strings.TrimSpace(m.Subject + "\n\n" + d.Get("content"))
	if d.Get("content") == "" {
		content = strings.TrimSpace(m.Subject + "\n\n" + strings.TrimSpace(text))
	}
	delete(d.Find.Fields, "content")
	d.Put("content", content, "mail", content)
	if !m.Date.IsZero() {
		d.Put("posted_at", m.Date.Format(time.RFC3339), "mail", "Date")
	}
	if d.Get("email") == "" && d.Get("phone") == "" && d.Get("name") == "" {
		r.Note("nobody", "The mail names nobody who could be answered: "+page.Snippet(m.Subject))
		return r, portal
	}
	r.Finds = append(r.Finds, d.Find)
	return r, portal
}

var phonePart = regexp.MustCompile(`\+?[0-9(][0-9 ()./-]{5,24}[0-9]`)

func portalOf(m Mail) string {
	e, bad := normalise.ParseEmail(m.From)
	if bad != nil {
		return ""
	}
	for _, p := range [][2]string{{"indiamart.com", "indiamart"}, {"tradeindia.com", "tradeindia"}, {"justdial.com", "justdial"}, {"exportersindia.com", "exportersindia"}, {"alibaba.com", "alibaba"}, {"sulekha.com", "sulekha"}} {
		if e.Domain == p[0] || strings.HasSuffix(e.Domain, "."+p[0]) {
			return p[1]
		}
	}
	return ""
}

func fromPortal(domain string) bool { return portalOf(Mail{From: "a@" + domain}) != "" }

// mailLabel is the field that a label in an enquiry mail means.
func mailLabel(label string) string {
	switch label {
	case "name", "full name", "your name", "buyer name", "contact name", "contact person", "sender name", "customer name", "from", "nom", "nombre", "nome", "naam", "buyer", "ansprechpartner":
		return "name"
	case "company", "company name", "organisation", "organization", "firma", "unternehmen", "societe", "empresa", "azienda", "bedrijf", "business name":
		return "company"
	case "email", "e mail", "email id", "email address", "your email", "mail", "e mail adresse", "correo", "courriel", "buyer email":
		return "email"
	case "phone", "mobile", "phone number", "mobile number", "mobile no", "telephone", "tel", "contact number", "telefon", "telefono", "telephone number", "buyer mobile", "whatsapp", "contact no", "handy":
		return "phone"
	case "job title", "title", "position", "designation", "role":
		return "title"
	case "city", "location", "ort", "stadt", "ville", "ciudad", "address", "adresse":
		return "location"
	case "country", "land", "pays", "pais", "paese":
		return "country"
	case "message", "your message", "enquiry", "inquiry", "comments", "requirement", "requirements", "nachricht", "mensaje", "messaggio", "bericht", "requirement details", "buyer message", "how can we help":
		return "content"
	case "product", "product name", "product required", "looking for", "interested in", "subject", "betreff":
		return "custom.product"
	case "quantity", "qty", "estimated quantity":
		return "custom.quantity"
	case "probable order value", "order value", "budget", "approx order value":
		return "custom.order_value"
	case "website", "url", "web":
		return "url"
	case "company size", "employees", "team size":
		return "company_size"
	}
	return ""
}
