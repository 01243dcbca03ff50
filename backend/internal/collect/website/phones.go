package website

import (
	"regexp"
	"strings"

	"github.com/nyaruka/phonenumbers"
	"golang.org/x/net/html"

	"winnow/backend/internal/collect/page"
	"winnow/backend/internal/intake/normalise"
)

// phone is a number that stands on the page.
type phone struct {
	number, method, snippet string
	node                    *html.Node
	fax                     bool
	person                  *personOn
}

// readPhones collects numbers: structured data, links, and text where a label or the + of an international number says that
// it is one.
func (s *site) readPhones() {
	for _, t := range s.things {
		if t.Inside("review", "reviews", "author") {
			continue
		}
		for _, v := range page.Strs(t.Props["telephone"]) {
			s.addPhone(v, t.Source, v, nil, certain)
		}
		for _, v := range page.Strs(t.Props["faxNumber"]) {
			s.addFax(v)
		}
	}
	for _, c := range s.cards {
		for _, v := range c.phones {
			s.addPhone(v, "h-card", c.name+" "+v, c.node, certain)
		}
	}
	for _, a := range page.ByTag(s.page.Root, "a") {
		if v, ok := phoneLink(page.Attr(a, "href")); ok {
			before := s.wordsBefore(a)
			if faxWord.MatchString(before) || faxWord.MatchString(page.TextLine(a)) {
				s.addFax(v)
				continue
			}
			s.addPhone(v, "tel", page.TextLine(a)+" "+v, a, certain)
		}
	}
	for i, l := range s.lines {
		before := ""
		if i > 0 && len(s.lines[i-1].Text) < 40 {
			before = s.lines[i-1].Text
		}
		s.textPhones(l, before)
	}
}

// wordsBefore are the words of the same line before an element.
func (s *site) wordsBefore(n *html.Node) string {
	var b strings.Builder
	for c := n.PrevSibling; c != nil && b.Len() < 60; c = c.PrevSibling {
		if c.Type == html.ElementNode && page.Block(c) {
			break
		}
		if t := page.TextLine(c); t != "" || c.Type == html.TextNode {
			prev := b.String()
			b.Reset()
			b.WriteString(page.RawText(c) + prev)
		}
	}
	t := b.String()
	if i := strings.LastIndexAny(t, "|;\n·•"); i >= 0 {
		t = t[i:]
	}
	return t
}

// phoneLink is the number of a tel:, callto:, sms:, whatsapp: or wa.me link.
func phoneLink(href string) (string, bool) {
	href = strings.TrimSpace(href)
	scheme, rest, ok := strings.Cut(href, ":")
	if !ok {
		return "", false
	}
	switch strings.ToLower(scheme) {
	case "tel", "callto", "phone", "sms":
		rest = unescapePath(strings.TrimLeft(rest, "/"))
		rest, _, _ = strings.Cut(rest, "?")
		return strings.TrimSpace(rest), rest != ""
	case "whatsapp", "https", "http":
		if m := whatsApp.FindStringSubmatch(unescapePath(href)); m != nil {
			return "+" + strings.TrimLeft(m[1], "+0"), true
		}
	}
	return "", false
}

var whatsApp = regexp.MustCompile(`(?i)(?:wa\.me/|(?:api|web)\.whatsapp\.com/send/?\?(?:[^#]*&)?phone=|whatsapp://send/?\?(?:[^#]*&)?phone=)(\+?[0-9]{8,15})`)

type certainty int

const (
	certain  certainty = iota // a link or structured data: the page says that it is a number
	labelled                  // text behind "Tel."
	bare                      // text alone
)

var (
	candidate = regexp.MustCompile(`(?:\+|\b00|\(\+?|\b)\(?[0-9](?:[0-9]|[ ()./\-–‑\x{00a0}\x{202f}]{1,3}\(?[0-9]){5,30}(?:\s*(?:ext|extn|extension|x|durchwahl|dw|poste|ramal)\.?\s*[0-9]{1,6}\b)?`)
	telWord   = regexp.MustCompile(`(?i)(\btel|\bt(?:el)?\s*[.:]|phone|\bph\b|\bp\s*:|mobile?\b|\bmob\b|\bm\s*:|\bcell|call|\bfon\b|telefon|telefono|teléfono|téléphone|telephone|handy|hotline|whats ?app|☎|📞|📱|✆|\bgsm\b|puhelin|puh\b|mobil|contact (?:no|number)|zentrale|rufnummer|portable|móvil|celular|cellulare|komórka|telefone|toll[- ]free|helpline|ring us|landline|office\s*:|direct(?: line)?\s*:|फ़ोन|电话|電話|тел|هاتف)[^0-9+(]{0,40}$`)
	faxWord   = regexp.MustCompile(`(?i)(\bfax\b|telefax|\bf\s*:|faks|téléc[. ]|télécopie|faxnummer)[^0-9+(]{0,30}$`)
	notPhone  = regexp.MustCompile(`(?i)(\bvat\b|ust[.-]?\s?id|steuer|siret|siren|\bkvk\b|\bbtw\b|\bcif\b|\bnif\b|order|invoice|iban|\bbic\b|konto|account|\bhrb\b|\bhra\b|reg(?:istration)?\.?\s*(?:no|number|nr)|company (?:no|number)|isbn|ean|sku|article|artikel|\bid\b|gstin?|\bpan\b|\bcin\b|\bnr\.|version|plz|zip|postcode|©|copyright|rcs|tva|y-tunnus|business id|\babn\b|\bacn\b|duns|ticket|ref(?:erence)?\b|serial|model|case|license|licence)[^0-9+(]{0,25}$`)
	dateShape = regexp.MustCompile(`^(?:19|20)[0-9]{2}[-./ ][0-9]{1,2}[-./ ][0-9]{1,2}$|^[0-9]{1,2}[-./ ][0-9]{1,2}[-./ ](?:19|20)?[0-9]{2}$|^(?:19|20)[0-9]{2}\s?[-–]\s?(?:19|20)[0-9]{2}$`)
	usShape   = regexp.MustCompile(`^(?:\+?1[ .-])?(?:\([0-9]{3}\) ?|[0-9]{3}[-.])[0-9]{3}[-.][0-9]{4}\b`)
)

func (s *site) textPhones(l page.Line, before string) {
	text := l.Text
	if len(text) > 20_000 {
		text = text[:20_000]
	}
	last := 0
	for n, m := range s.candidates(text) {
		raw := strings.TrimSpace(text[m[0]:m[1]])
		head := text[last:m[0]]
		if n == 0 && len(head) < 3 {
			head = before + " " + head
		}
		last = m[1]
		if len(strings.Trim(head, " /")) == 0 && n > 0 && len(s.phones) > 0 {
			head = "Tel. " // the second of two
		}
		switch {
		case dateShape.MatchString(raw), joinsWord(text, m), notPhone.MatchString(head):
			continue
		case faxWord.MatchString(head):
			s.addFax(raw)
			continue
		}
		sure := bare
		if telWord.MatchString(head) {
			sure = labelled
		}
		s.addPhone(raw, "text", text[max(0, m[0]-60):m[1]], l.Block, sure)
	}
}

// candidates are the places of what may be numbers; two numbers with a slash between them are two.
func (s *site) candidates(text string) (out [][]int) {
	for _, m := range candidate.FindAllStringIndex(text, 200) {
		raw := text[m[0]:m[1]]
		at := strings.IndexByte(raw, '/')
		for at >= 0 {
			right := strings.TrimLeft(raw[at+1:], " (")
			if len(onlyDigits(raw[:at])) >= 7 && len(onlyDigits(right)) >= 7 && (strings.HasPrefix(right, "0") || strings.HasPrefix(right, "+") || len(onlyDigits(raw)) > 14) {
				break
			}
			next := strings.IndexByte(raw[at+1:], '/')
			if next < 0 {
				at = -1
				break
			}
			at += 1 + next
		}
		if at < 0 {
			out = append(out, m)
			continue
		}
		out = append(out, []int{m[0], m[0] + at}, []int{m[0] + at + 1 + len(raw[at+1:]) - len(strings.TrimLeft(raw[at+1:], " ")), m[1]})
	}
	return out
}

// joinsWord reports whether digits are a part of something longer: FI12345678, 12345678.png, 2.5.1
func joinsWord(text string, m []int) bool {
	if m[0] > 0 {
		if c := text[m[0]-1]; c == '/' && m[0] > 1 && text[m[0]-2] >= '0' && text[m[0]-2] <= '9' {
			return false // the second of two numbers
		} else if c == '_' || c == '/' || c == '@' || c == '=' || c == '#' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c == '$' {
			return true
		}
		if strings.HasSuffix(text[:m[0]], "€") || strings.HasSuffix(text[:m[0]], "₹") || strings.HasSuffix(text[:m[0]], "£") {
			return true
		}
	}
	if m[1] < len(text) {
		if c := text[m[1]]; c == '@' || c == '_' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '%' {
			return true
		}
	}
	return false
}

// addPhone checks a number with the country that it belongs to and takes it in its international form.
func (s *site) addPhone(raw, method, snippet string, n *html.Node, sure certainty) {
	number, ok := s.checkPhone(raw, sure)
	if !ok {
		if sure != bare {
			s.reading.Note("phone_unreadable", "No phone number: "+page.Snippet(raw))
		}
		return
	}
	for _, have := range s.phones {
		if sameDigits(have.number, number) {
			if have.node == nil {
				have.node = n
			}
			return
		}
	}
	s.phones = append(s.phones, &phone{number: number, method: method, snippet: snippet, node: n})
}

func (s *site) addFax(raw string) {
	if number, ok := s.checkPhone(raw, labelled); ok {
		s.phones = append(s.phones, &phone{number: number, method: "text", snippet: "Fax " + raw, fax: true})
	}
}

func (s *site) checkPhone(raw string, sure certainty) (string, bool) {
	raw = trunkZero.ReplaceAllString(raw, "")
	d := onlyDigits(raw)
	intl := strings.HasPrefix(raw, "+") || strings.HasPrefix(raw, "00") || strings.HasPrefix(raw, "(+")
	raw = strings.TrimPrefix(raw, "(")
	if strings.Count(raw, "(") < strings.Count(raw, ")") && !strings.HasPrefix(raw, "+") {
		raw = "(" + raw
	}
	region := s.region
	if region == "" && usShape.MatchString(raw) {
		region = "US"
	}
	if intl && len(d) < 8 {
		return "", false
	}
	p, bad := normalise.ParsePhone(raw, region)
	if bad == nil && (sure != bare || intl || s.shapedLikePhone(raw, region)) {
		if p.Ext != "" {
			return p.E164 + " ext. " + p.Ext, true
		}
		return p.E164, true
	}
	switch {
	case bad == nil:
		return "", false
	case sure == certain && intl && len(d) >= 8 && len(d) <= 15 && knownCode(d): // the page's own claim; a digit may be missing
		return "+" + strings.TrimPrefix(d, "00"), true
	case sure == bare || region != "" && sure == labelled:
		return "", false
	}
	return strings.TrimSpace(raw), len(d) >= 7 && len(d) <= 13 && !sameDigit(d)
}

// trunkZero is the (0) that is written into international numbers.
var trunkZero = regexp.MustCompile(`\(0\)\s?`)

// shapedLikePhone: bare text is taken for a national number only where it is written as one is in its country.
func (s *site) shapedLikePhone(raw, region string) bool {
	if usShape.MatchString(raw) {
		return region == "US" || region == "CA"
	}
	if !strings.ContainsAny(raw, " -/()") {
		return false
	}
	n, err := phonenumbers.Parse(raw, region)
	if err != nil || !phonenumbers.IsValidNumber(n) {
		return false
	}
	return strings.HasPrefix(strings.TrimLeft(raw, "( "), "0") && len(strings.Fields(raw)) > 1
}

// knownCode reports whether an international number begins with the code of a country.
func knownCode(d string) bool {
	d = strings.TrimPrefix(d, "00")
	for n := 1; n <= 3 && n < len(d); n++ {
		code := 0
		for _, c := range d[:n] {
			code = code*10 + int(c-'0')
		}
		if phonenumbers.GetRegionCodeForCountryCode(code) != "ZZ" {
			return true
		}
	}
	return false
}

func onlyDigits(s string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, s)
}

func sameDigit(d string) bool { return strings.Count(d, d[:1]) == len(d) }

func sameDigits(a, b string) bool {
	a, _, _ = strings.Cut(a, " ext")
	b, _, _ = strings.Cut(b, " ext")
	a, b = strings.TrimLeft(onlyDigits(a), "0"), strings.TrimLeft(onlyDigits(b), "0")
	if len(a) > len(b) {
		a, b = b, a
	}
	return len(a) >= 7 && strings.HasSuffix(b, a)
}
