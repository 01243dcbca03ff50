package website

import (
	"regexp"
	"slices"
	"strings"

	"winnow/backend/internal/collect/page"
	"winnow/backend/internal/intake/normalise"
)

// isOrganisation reports whether a thing is a company; schema.org has some hundred kinds of local business.
func isOrganisation(t page.Thing) bool {
	for _, typ := range t.Types() {
		switch typ {
		case "Organization", "Corporation", "LocalBusiness", "NGO", "GovernmentOrganization", "EducationalOrganization", "MedicalOrganization", "Store",
			"ProfessionalService", "Restaurant", "Hotel", "Dentist", "Physician", "Attorney", "LegalService", "FinancialService", "AccountingService", "InsuranceAgency",
			"RealEstateAgent", "TravelAgency", "HomeAndConstructionBusiness", "Electrician", "Plumber", "GeneralContractor", "RoofingContractor", "HVACBusiness", "AutoDealer",
			"AutoRepair", "AutomotiveBusiness", "HealthAndBeautyBusiness", "MedicalBusiness", "MedicalClinic", "Hospital", "VeterinaryCare", "FoodEstablishment", "Bakery",
			"CafeOrCoffeeShop", "LodgingBusiness", "SportsActivityLocation", "EntertainmentBusiness", "EmploymentAgency", "ChildCare", "OnlineStore", "OnlineBusiness",
			"ResearchOrganization", "Airline", "NewsMediaOrganization", "School", "CollegeOrUniversity", "Library", "Notary", "MovingCompany", "Locksmith", "HousePainter", "SelfStorage", "Florist", "FurnitureStore", "HardwareStore", "ElectronicsStore", "ClothingStore", "JewelryStore", "Brewery", "Winery", "Optician", "Pharmacy", "DaySpa", "HairSalon", "BeautySalon", "ExerciseGym", "IndustrialBusiness":
			return true
		}
		if strings.HasSuffix(typ, "Business") || strings.HasSuffix(typ, "Organization") || strings.HasSuffix(typ, "Store") || strings.HasSuffix(typ, "Service") && typ != "Service" {
			return true
		}
	}
	return false
}

// foreign are the properties under which a thing is somebody else's.
func foreign(t page.Thing) bool {
	return t.Inside("review", "reviews", "reviewBody", "author", "memberOf", "affiliation", "alumniOf", "brand", "sponsor", "funder", "parentOrganization", "subOrganization", "itemReviewed", "publishingPrinciples", "award", "customer", "seller", "worksFor", "reviewedBy", "isPartOf", "creator", "copyrightHolder", "hiringOrganization")
}

// readCompany finds the company's name where it is surest.
func (s *site) readCompany() {
	take := func(name, method string) {
		name, _ = normalise.Line(strings.Trim(name, " .,-–|"))
		if s.company.text != "" || name == "" || len(name) > 120 || normalise.Placeholder(name) {
			return
		}
		s.company = value{text: name, method: method, snippet: name}
	}
	for _, t := range s.things {
		if isOrganisation(t) && !foreign(t) && !t.Inside("publisher", "provider") {
			take(page.FirstStr(t.Props, "name", "legalName"), t.Source)
			if legal := page.Str(t.Props["legalName"]); legal != "" && s.legal.text == "" {
				s.legal = value{legal, t.Source, legal}
			}
		}
	}
	for _, c := range s.cards {
		if c.organisation {
			take(c.company, "h-card")
		}
	}
	for _, t := range s.things {
		if isOrganisation(t) && t.Inside("publisher", "provider", "hiringOrganization") || t.Is("WebSite") {
			take(page.Str(t.Props["name"]), t.Source)
		}
	}
	take(s.page.Meta("og:site_name", "application-name"), "og:site_name")
	if name := s.legalName(); name != "" {
		take(name, "text")
	}
	take(s.titleName(), "title")
	take(s.nameOverAddress(), "text")
	if h := s.page.First("h1"); s.page.Title() == "" && h != nil {
		if name := page.TextLine(h); len(strings.Fields(name)) <= 4 && !pageName(name) {
			take(name, "heading")
		}
	}
	for _, c := range s.cards {
		take(c.company, "h-card")
	}
}

var (
	copyrightLine = regexp.MustCompile(`(?i)(?:©|\(c\)|copyright)\s*(?:©|\(c\)|copyright)?\s*(?:[0-9]{4}\s*(?:[-–]\s*(?:[0-9]{4}|present|heute))?)?\s*(?:by\s+)?([^|•·]{2,90})`)
	rights        = regexp.MustCompile(`(?i)[.,;–-]?\s*(all rights reserved|alle rechte vorbehalten|tous droits réservés|todos los derechos reservados|tutti i diritti riservati|alle rechten voorbehouden|privacy|imprint|impressum|terms|datenschutz|made (in|with|by)|designed|website by|web ?design).*$`)
	legalForm     = regexp.MustCompile(`(?:^|[\s,:;(])((?:\p{Lu}|[0-9])[\p{L}\p{N}&.+'’-]*(?:\s+(?:[\p{Lu}0-9&+][\p{L}\p{N}&.+'’-]*|und|and|et|y|e|of|für|der|von|de|du|la|&)){0,6},?\s+(?:GmbH(?: & Co\. ?KG(?:aA)?)?|AG|UG(?: \(haftungsbeschränkt\))?|KG|OHG|e\.K\.|e\.V\.|SE|Ltd\.?|Limited|LLP|LLC|L\.L\.C\.|Inc\.?|Incorporated|Corp\.?|Corporation|PLC|plc|Pvt\.? ?Ltd\.?|Private Limited|Pte\.? Ltd\.?|Pty\.? Ltd\.?|S\.?A\.?S\.?|SARL|S\.?A\.?R\.?L\.?|S\.?r\.?l\.?|S\.?p\.?A\.?|S\.?L\.?U?\.?|S\.?A\.?|B\.?V\.?|N\.?V\.?|AB|ASA?|A/S|ApS|Oyj?|OÜ|SIA|UAB|Sp\. ?z ?o\.?o\.?|s\.r\.o\.|a\.s\.|Kft\.?|Zrt\.?|Lda\.?|Ltda\.?|d\.o\.o\.|EOOD|OOD|FZE|FZ-LLC|FZCO|W\.L\.L\.))(?:[\s,;).|–-]|$)`)
)

// leadingNumbers are the end of what stood before a name on its line: a phone number, a house number.
var leadingNumbers = regexp.MustCompile(`^(?:[0-9][0-9./-]*\s+)+`)

// legalName is the company by its full name: the one that the page's foot, or most of it, names.
func (s *site) legalName() string {
	for i := len(s.lines) - 1; i >= 0 && i > len(s.lines)-25; i-- {
		l := s.lines[i].Text
		m := copyrightLine.FindStringSubmatch(l)
		if m == nil {
			continue
		}
		name := strings.Trim(rights.ReplaceAllString(m[1], ""), " .,-–|:;0123456789")
		if len([]rune(name)) >= 2 && len(strings.Fields(name)) <= 7 && !credits.MatchString(name) {
			return name
		}
	}
	count, best := map[string]int{}, ""
	for _, l := range s.lines {
		if len(l.Text) > 500 || s.inQuote(l.Block) {
			continue
		}
		for _, m := range legalForm.FindAllStringSubmatch(l.Text, 3) {
			if i := strings.Index(l.Text, m[1]); credits.MatchString(l.Text[:i]) || authority.MatchString(l.Text[:i]) {
				continue
			}
			name := leadingNumbers.ReplaceAllString(m[1], "")
			count[name]++
			if best == "" || count[name] > count[best] {
				best = name
			}
		}
	}
	return strings.TrimSuffix(best, ",")
}

var titleParts = regexp.MustCompile(`\s*::+\s*|\s+[|–—·•:»«/>~-]+\s+|\s*[|•»]\s*|:\s+`)

// titleName is the part of the page's title that is no name of a page: of "Contact | Acme" it is Acme.
func (s *site) titleName() string {
	title := s.page.Title()
	if title == "" {
		title = s.page.Meta("og:title")
	}
	parts := titleParts.Split(title, -1)
	parts = slices.DeleteFunc(parts, func(p string) bool { return strings.TrimSpace(p) == "" || pageName(p) })
	if len(parts) == 0 || len(titleParts.Split(title, -1)) == 1 && len(strings.Fields(parts[0])) > 4 {
		return ""
	}
	if len(titleParts.Split(title, -1)) == 1 {
		return lonelyTitle(parts[0])
	}
	best, most := "", -100
	labels := s.mailLabels()
	for _, p := range parts {
		score := -len(strings.Fields(p))
		if legalForm.MatchString(p) {
			score += 3
		}
		if named(p, labels) {
			score += 10
		}
		if score > most {
			best, most = p, score
		}
	}
	if len(strings.Fields(best)) > 5 {
		return ""
	}
	return best
}

// nameOverAddress is the first line of the block that holds the address: how a card and an imprint name the company.
func (s *site) nameOverAddress() string {
	for i, l := range s.lines {
		if l.Block == nil || s.placeAt(i).text == "" {
			continue
		}
		first := i
		for first > 0 && i-first < 5 && s.lines[first-1].Block == l.Block {
			first--
		}
		name := s.lines[first].Text
		if first < i && len(strings.Fields(name)) <= 6 && !strings.ContainsAny(name, "@:0123456789") && !pageName(name) {
			return name
		}
		return ""
	}
	return ""
}

// mailLabels are the names in the domains of the page's addresses, and in its own.
func (s *site) mailLabels() (labels []string) {
	body := s.page.Doc.Body[:min(len(s.page.Doc.Body), 500_000)]
	for _, m := range plainMail.FindAll(body, 100) {
		_, domain, _ := strings.Cut(strings.ToLower(string(m)), "@")
		labels = append(labels, label(registrable(domain)))
	}
	return append(labels, label(registrable(hostOf(s.page.Link("canonical")))), label(registrable(hostOf(s.page.Doc.URL))))
}

// named reports whether a company's name is in one of the labels.
func named(name string, labels []string) bool {
	key := strings.Fields(normalise.Latin(normalise.CompanyKey(name)))
	if len(key) == 0 {
		return false
	}
	whole := strings.Join(key, "")
	return slices.ContainsFunc(labels, func(l string) bool {
		return len(l) >= 4 && (strings.HasPrefix(whole, l) || len(whole) >= 4 && strings.HasPrefix(l, whole) || len(key[0]) >= 5 && strings.HasPrefix(l, key[0]))
	})
}

// lonelyTitle is a title of one part: "Contact Acme" names Acme, "Welcome" nobody.
func lonelyTitle(t string) string {
	m := titleOf.FindStringSubmatch(t)
	if m != nil {
		return m[1]
	}
	return ""
}

var titleOf = regexp.MustCompile(`(?i)^(?:welcome to|about|contact|the team at|willkommen bei|bienvenue chez|bienvenidos a|team|impressum|kontakt|über)\s+(\p{Lu}.{1,60})$`)

// pageName reports whether words name a page, not a company.
func pageName(p string) bool {
	switch normalise.Fold(p) {
	case "contact", "contact us", "contacts", "about", "about us", "who we are", "team", "our team", "meet the team", "the team", "leadership", "management", "management team", "our people", "people", "staff",
		"home", "homepage", "welcome", "start", "startseite", "accueil", "inicio", "impressum", "imprint", "legal notice", "kontakt", "kontaktieren sie uns", "uber uns", "unser team", "ueber uns", "das team", "ansprechpartner",
		"mentions legales", "nous contacter", "equipe", "notre equipe", "l equipe", "a propos", "qui sommes nous", "contacto", "contactenos", "nosotros", "sobre nosotros", "quienes somos", "equipo", "nuestro equipo",
		"contatti", "chi siamo", "il team", "il nostro team", "over ons", "ons team", "contacteer ons", "careers", "jobs", "karriere", "blog", "news", "services", "products", "get in touch", "company", "unternehmen", "entreprise", "empresa", "azienda",
		"contato", "fale conosco", "sobre", "sobre nos", "quem somos", "kontakty", "o nas", "yhteystiedot", "kontakta oss", "om oss", "kontakt os", "om os", "index", "board of directors", "our leadership", "leadership team", "executive team", "locations", "offices", "our offices", "official site", "official website", "privacy policy", "datenschutz", "impressum und datenschutz", "support", "help", "faq", "app", "bla", "untitled", "document", "page", "en", "de", "fr", "staff directory", "directory", "press", "partners":
		return true
	}
	for w := range strings.FieldsSeq(normalise.Fold(p)) {
		if !strings.Contains(pageWords, " "+w+" ") {
			return false
		}
	}
	return true
}

// pageWords are words of which the names of pages are made: "Board & Management", "Unser Team".
const pageWords = " sales support service services directory press media department departments regional general enquiries customer about us our the we a of and to your contact team people board management leadership directors staff company who are meet get in touch home welcome page info information contacts office offices locations find call email und das die der wir uns unser unsere ihr ihre kontakt uber ansprechpartner unternehmen impressum et la le les nous notre equipe contactez y el los nuestro equipo contacto e il chi siamo contatti over ons advisors partners executive careers jobs "
