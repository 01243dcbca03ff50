package website

import (
	"regexp"
	"slices"
	"strings"

	"golang.org/x/net/html"

	"winnow/backend/internal/collect/page"
	"winnow/backend/internal/intake/normalise"
)

// personOn is somebody who works at the company.
type personOn struct {
	name, title     string
	method, snippet string
	node            *html.Node // the block that shows the name
	emails, phones  []string
	linkedIn, url   string
	company         string // only where the page names another than the site's
	marked          bool   // the page itself says that this is a person
}

// readPeople goes from marked-up people to names with titles in the text.
func (s *site) readPeople() {
	for _, t := range s.things {
		if t.Is("Person") && !t.Inside("review", "reviews", "author", "creator", "editor", "reviewedBy", "comment", "performer", "contributor") {
			s.thingPerson(t)
		}
		if t.Is("ContactPoint") && !t.Inside("review", "author") {
			if name := personName(page.Str(t.Props["name"])); name != "" {
				s.addPerson(&personOn{name: name, title: page.Str(t.Props["contactType"]), method: t.Source, emails: page.Strs(t.Props["email"]), phones: page.Strs(t.Props["telephone"])})
			}
		}
	}
	for _, c := range s.cards {
		if name, _ := normalise.Line(c.name); name != "" && !c.organisation {
			if clean := personName(name); clean != "" {
				name = clean
			}
			p := &personOn{name: name, title: c.title, method: "h-card", snippet: name, node: c.node, emails: c.emails, phones: c.phones, url: c.url, marked: true}
			if c.company != "" {
				p.company = c.company
			}
			s.addPerson(p)
		}
	}
	s.pairedPeople()
	s.inlinePeople()
}

func (s *site) thingPerson(t page.Thing) {
	name := page.Str(t.Props["name"])
	if name == "" {
		name = normalise.JoinName(page.Str(t.Props["givenName"]), page.Str(t.Props["additionalName"]), page.Str(t.Props["familyName"]))
	}
	clean := personName(name)
	if clean == "" {
		clean, _ = normalise.Line(name)
	}
	if clean == "" || strings.EqualFold(clean, s.company.text) {
		return
	}
	title := strings.Join(page.Strs(t.Props["jobTitle"]), ", ")
	if title == "" {
		title = page.Str(page.Get(t.Props, "hasOccupation", "name"))
	}
	if title == "" {
		switch t.Holder {
		case "founder", "founders":
			title = "Founder"
		}
	}
	p := &personOn{name: clean, title: title, method: t.Source, snippet: clean + ", " + title, emails: page.Strs(t.Props["email"]), phones: page.Strs(t.Props["telephone"]), marked: true}
	if org := page.GetStr(t.Props, "worksFor", "name"); org != "" && s.company.text != "" && !sameCompany(org, s.company.text) {
		p.company = org
	}
	for _, u := range append(page.Strs(t.Props["sameAs"]), page.Strs(t.Props["url"])...) {
		if _, kind, ok := normalise.LinkedIn(u); ok && kind == normalise.LinkedInPerson {
			p.linkedIn = u
		}
	}
	s.addPerson(p)
}

func sameCompany(a, b string) bool {
	ka, kb := normalise.CompanyKey(a), normalise.CompanyKey(b)
	return ka == kb || strings.HasPrefix(ka, kb) || strings.HasPrefix(kb, ka)
}

// addPerson takes somebody in, or completes what is known of them.
func (s *site) addPerson(p *personOn) {
	p.title = cleanTitle(p.title)
	if s.company.text != "" && normalise.Fold(p.name) == normalise.Fold(s.company.text) {
		return
	}
	for _, have := range s.people {
		if normalise.Fold(have.name) != normalise.Fold(p.name) {
			continue
		}
		if have.title == "" {
			have.title = p.title
		}
		if have.node == nil {
			have.node = p.node
		}
		if have.linkedIn == "" {
			have.linkedIn = p.linkedIn
		}
		if have.url == "" {
			have.url = p.url
		}
		have.emails = append(have.emails, p.emails...)
		have.phones = append(have.phones, p.phones...)
		return
	}
	s.people = append(s.people, p)
}

func cleanTitle(t string) string {
	t, _ = normalise.Line(t)
	t = credentials.ReplaceAllString(t, "")
	if strings.EqualFold(strings.Trim(t, " .:"), "inh") {
		return "Inhaber"
	}
	return strings.Trim(t, " ,;:-–—|•·")
}

// credentials stand between a name and a title: "P.E., President", "PhD, CPA – Partner".
var credentials = regexp.MustCompile(`(?i)^(?:(?:p\.?e|ph\.?d|m\.?d|mba|cpa|cfa|pmp|esq|ll\.?[mb]|m\.?sc|b\.?sc|m\.?a|b\.?a|dds|dmd|rn|aia|leed ap|ca|fca|acca|jd|j\.d|dipl\.-\S+)\.?(?:\s*[,–-]\s*|$))+`)

var (
	titleColon = regexp.MustCompile(`^(.{2,70}?)\s*:\s*(.{3,300})$`)
	nameSep    = regexp.MustCompile(`^(.{3,60}?)\s*(?:\s[–—-]\s|\s[–—]|[–—]\s|\s?[|/•·]\s?|,\s+|:\s+)\s*(.{2,100})$`)
	nameParen  = regexp.MustCompile(`^(.{3,60}?)\s*[(\[]([^()\[\]]{2,80})[)\]]\.?$`)
	nameList   = regexp.MustCompile(`\s*(?:,|;|/|&|\bund\b|\band\b|\bet\b|\by\b|\be\b|\ben\b|\bja\b|\boch\b|\bog\b)\s+|\s*[,;]\s*`)
	represents = regexp.MustCompile(`(?i)^(?:vertreten durch|gesetzlich vertreten durch|vertretungsberechtigte?r? ?(?:geschäftsführer(?:in)?|gesellschafter)?|represented by|représentée? par|vertegenwoordigd door|rappresentata da|representad[ao] por|inhaltlich verantwortlich|verantwortlich für den inhalt.*|verantwortlich i\.?s\.?d\.?.*|responsible for content.*|directeur de la publication|responsable de la publication|directrice de la publication|contact person|ansprechpartner(?:in)?|ihre? ansprechpartner(?:in)?|contact|your contact|interlocuteur|persona de contacto|referente)$`) //nolint:misspell // Spanish
	titleFirst = regexp.MustCompile(`^((?:\S+\s+){1,4}?)((?:(?:Dr|Prof|Mr|Mrs|Ms)\.\s+)?\p{Lu}[\p{L}.'’-]+(?:\s+(?:van|von|de|der|den|zu|la|di|da))*(?:\s+\p{Lu}[\p{L}.'’-]+){1,3})$`)
)

// inlinePeople reads people from single lines: "Ada Example – CEO", "CEO: Ada Example", "Geschäftsführer: A, B".
func (s *site) inlinePeople() {
	for i, l := range s.lines {
		if len(l.Text) > 400 || s.used(l) || s.inQuote(l.Block) || s.quotedSection(l.Block) {
			continue
		}
		if m := titleColon.FindStringSubmatch(l.Text); m != nil && s.titledList(m[1], m[2], l) {
			continue
		}
		if i+1 < len(s.lines) && tableLabel(l, s.lines[i+1]) && s.titledList(strings.TrimSuffix(l.Text, ":"), s.lines[i+1].Text, s.lines[i+1]) {
			continue
		}
		if len(l.Text) > 170 {
			continue
		}
		for _, shape := range []*regexp.Regexp{nameParen, nameSep} {
			m := shape.FindStringSubmatch(l.Text)
			if m == nil {
				continue
			}
			name, title := personName(m[1]), m[2]
			if name == "" && isTitle(m[1]) {
				name, title = personName(m[2]), m[1]
			}
			if name != "" && s.goodTitle(title) {
				s.addPerson(&personOn{name: name, title: title, method: "text", snippet: l.Text, node: l.Block})
				break
			}
		}
		if m := titleFirst.FindStringSubmatch(l.Text); m != nil && isTitle(m[1]) {
			if name := personName(m[2]); name != "" {
				s.addPerson(&personOn{name: name, title: m[1], method: "text", snippet: l.Text, node: l.Block})
			}
		}
	}
}

// used reports whether a line's words made a person already.
func (s *site) used(l page.Line) bool {
	return slices.ContainsFunc(s.done[l.Block], func(words string) bool { return strings.Contains(l.Text, words) })
}

// goodTitle: a title that does not say "at" another company.
func (s *site) goodTitle(title string) bool {
	if m := atOther.FindStringSubmatch(title); m != nil {
		if s.company.text == "" || !sameCompany(m[1], s.company.text) {
			return false
		}
		title = strings.TrimSuffix(title, m[0])
	}
	return isTitle(title) || isTitle(firstPart(title))
}

func firstPart(title string) string {
	first, _, _ := strings.Cut(title, ",")
	return first
}

// titledList reads "Geschäftsführer: Dörte Muster, Erik Muster" and "Vertreten durch: Dörte Muster und Erik Muster
// (Geschäftsführer)".
func (s *site) titledList(label, names string, l page.Line) bool {
	label = strings.TrimSpace(label)
	if i := strings.LastIndexAny(label, ",.–|"); i > 0 && isTitle(label[i+1:]) { // "Bäckerei Jäger, Inhaber"
		label = strings.TrimSpace(label[i+1:])
	}
	common := singular(label)
	if represents.MatchString(label) {
		common = ""
		if m := endTitle.FindStringSubmatch(names); m != nil && isTitle(m[1]) {
			common = m[1]
		}
		if common == "" && strings.HasPrefix(strings.ToLower(label), "vertret") || strings.HasPrefix(strings.ToLower(label), "gesetzlich vertr") && common == "" {
			common = managerOf(label)
		}
	} else if Seniority(label) == "" || personName(label) != "" || len(strings.Fields(label)) > 6 {
		return false
	}
	found := false
	for part := range splitNames(names) {
		name, title := part, common
		if m := nameParen.FindStringSubmatch(part); m != nil {
			if name = m[1]; isTitle(m[2]) {
				title = m[2]
			}
		}
		if words := titleFirst.FindStringSubmatch(name); words != nil && isTitle(words[1]) {
			name, title = words[2], strings.TrimSpace(words[1])
		}
		if clean := personName(name); clean != "" {
			found = true
			s.addPerson(&personOn{name: clean, title: title, method: "text", snippet: label + ": " + names, node: l.Block})
		}
	}
	return found
}

var endTitle = regexp.MustCompile(`\(([^()]{2,60})\)\.?$`)

// managerOf: who represents a company by law is its manager, when the label says so.
func managerOf(label string) string {
	if strings.Contains(strings.ToLower(label), "gesellschafter") && !strings.Contains(strings.ToLower(label), "geschäftsführ") {
		return "Gesellschafter"
	}
	return "Geschäftsführer"
}

// splitNames parts a list of names, keeping "Muster, Dr." and brackets whole.
func splitNames(names string) func(func(string) bool) {
	return func(yield func(string) bool) {
		for _, p := range nameList.Split(names, 12) {
			if p = strings.TrimSpace(p); p != "" && !yield(p) {
				return
			}
		}
	}
}

// singular: "Managing Directors" are each a Managing Director.
func singular(label string) string {
	label = strings.TrimSpace(label)
	switch normalise.Fold(label) {
	case "managing directors", "directors", "founders", "owners", "partners", "board members", "managers", "executive directors", "co founders", "associates", "general managers", "managing partners":
		return label[:len(label)-1]
	case "geschaftsfuhrung", "vertretungsberechtigte geschaftsfuhrer", "geschaftsfuhrer innen", "vertretungsberechtigter geschaftsfuhrer":
		return "Geschäftsführer"
	}
	return label
}

// tableLabel reports whether two lines are the cells of a row, or a term and what it means.
func tableLabel(a, b page.Line) bool {
	if strings.HasSuffix(a.Text, ":") || represents.MatchString(a.Text) {
		return true
	}
	if a.Block == nil || b.Block == nil || a.Block == b.Block {
		return false
	}
	switch {
	case (a.Block.Data == "td" || a.Block.Data == "th") && (b.Block.Data == "td" || b.Block.Data == "th"):
		return a.Block.Parent == b.Block.Parent
	case a.Block.Data == "dt" && b.Block.Data == "dd":
		return true
	}
	return false
}

var quoteHeading = regexp.MustCompile(`(?i)(what (?:our|people|they|others)\b.{0,30}\bsay|testimonials?\b|client (?:feedback|stories|reviews)|customer (?:stories|reviews|feedback|voices)|reviews\b|kundenstimmen|referenzen|das sagen unsere|ils nous font confiance|témoignages|avis clients|opiniones|testimonios|lo que dicen|dicono di noi|recensioni|loved by|trusted by|success stories|case studies|kunden über uns|word on the street|happy (?:clients|customers))`) //nolint:misspell // Spanish

// quotedSection reports whether the section around a block is headed as what customers say.
func (s *site) quotedSection(n *html.Node) bool {
	for up := 0; n != nil && up < 10; n, up = n.Parent, up+1 {
		if n.Data == "body" || n.Data == "main" {
			return false
		}
		if n.Data == "section" || n.Data == "div" || n.Data == "article" || n.Data == "aside" {
			for c := n.FirstChild; c != nil; c = c.NextSibling {
				if c.Type == html.ElementNode && len(c.Data) == 2 && c.Data[0] == 'h' && quoteHeading.MatchString(page.TextLine(c)) {
					return true
				}
			}
		}
	}
	return false
}

// sibling headings: a heading before the block at the same height may say it too.
func (s *site) headingBefore(n *html.Node) string {
	for up := 0; n != nil && up < 8; n, up = n.Parent, up+1 {
		for c := n.PrevSibling; c != nil; c = c.PrevSibling {
			if c.Type == html.ElementNode && len(c.Data) == 2 && c.Data[0] == 'h' && c.Data[1] >= '1' && c.Data[1] <= '3' {
				return page.TextLine(c)
			}
		}
		if slices.Contains([]string{"section", "main", "body"}, n.Data) {
			return ""
		}
	}
	return ""
}
