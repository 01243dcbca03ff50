package rules

import (
	"slices"
	"strconv"
	"strings"

	"winnow/backend/internal/qualify"
)

// readAudience turns the audience document into sets that a lead is held against.
func (a *Analyzer) readAudience(m *model) {
	aud := m.set.Audience
	m.kindsIn, m.kindsOut = map[concept]bool{}, map[concept]string{}
	for _, text := range aud.Industries {
		for _, k := range a.kindsOf(a.plain(text), 0) {
			m.kindsIn[k] = true
		}
	}
	m.softwareIn = m.kindsIn[a.lex.names["K_SOFTWARE"]]
	m.minSize, m.maxSize = aud.CompanySize.MinEmployees, aud.CompanySize.MaxEmployees
	for _, text := range aud.Exclusions {
		a.readExclusion(m, text)
	}
	for k := range m.kindsIn {
		delete(m.kindsOut, k)
	}
	m.countries = a.readGeographies(aud.Geographies)
	for _, t := range aud.Seniority.DecisionMaker {
		m.deciders = append(m.deciders, " "+foldText(t)+" ")
	}
	for _, t := range aud.Seniority.Influencer {
		m.influencers = append(m.influencers, " "+foldText(t)+" ")
	}
}

// readExclusion: "above 2000 employees" bounds size, other words exclude kinds of organisation.
func (a *Analyzer) readExclusion(m *model, text string) {
	d := a.plain(text)
	folded := " " + foldText(text) + " "
	for i := range d.toks {
		n, ok := number(d.toks[i].text)
		if !ok || n < 2 {
			continue
		}
		if strings.Contains(folded, " above ") || strings.Contains(folded, " over ") || strings.Contains(folded, " more than ") || strings.Contains(folded, " larger than ") {
			if d.all.has(a.voc.siteUnit) && !d.all.has(a.voc.peopleUnit) {
				m.overSites = int(n)
			} else {
				m.overSize = int(n)
			}
			return
		}
	}
	for _, k := range a.kindsOf(d, 0) {
		if !a.speakerKind(k) {
			m.kindsOut[k] = text
		}
	}
	if strings.Contains(folded, " non ") { // "non-medical businesses": whatever is known to be something else
		for _, k := range a.kinds {
			if _, out := m.kindsOut[k]; !out && !a.speakerKind(k) {
				m.kindsOut[k] = text
			}
		}
	}
}

// speakerKind: vendors, coaches, recruiters and students are told by what they say, not by a word of their name.
func (a *Analyzer) speakerKind(k concept) bool {
	switch a.lex.list[k] {
	case "K_VENDOR", "K_CONSULT", "K_RECRUIT", "K_STUDENT", "K_JOBSEEKER", "K_SOFTWARE", "K_SOLO", "K_ECOM", "K_MEDIA":
		return true
	}
	return false
}

// readGeographies: nil when anywhere will do, or when no name is known (better unclear than wrong).
func (a *Analyzer) readGeographies(names []string) map[string]bool {
	out := map[string]bool{}
	for _, n := range names {
		key := strings.ToLower(strings.TrimSpace(n))
		list := a.places.regions[key]
		if len(list) == 0 {
			list = a.places.resolve(n)
		}
		for _, c := range list {
			if c == "*" {
				return nil
			}
			out[c] = true
		}
	}
	if len(out) == 0 {
		return nil
	}
	return out
}

// kindsOf lists the kinds of organisation named from token lo on, in the order of the text.
func (a *Analyzer) kindsOf(d *doc, lo int) []concept {
	var hits []hit
	for _, h := range d.hits {
		if h.from >= lo && a.isKind(h.c) && !a.insideKind(d, h) {
			hits = append(hits, h)
		}
	}
	slices.SortStableFunc(hits, func(x, y hit) int { return x.from - y.from })
	var out []concept
	for _, h := range hits {
		if !slices.Contains(out, h.c) {
			out = append(out, h.c)
		}
	}
	return out
}

func (a *Analyzer) isKind(c concept) bool { return slices.Contains(a.kinds, c) }

// insideKind: "makers" in "solo makers" is part of a longer name of a kind.
func (a *Analyzer) insideKind(d *doc, h hit) bool {
	for _, o := range d.hits {
		if a.isKind(o.c) && o.from <= h.from && h.to <= o.to && o.to-o.from > h.to-h.from {
			return true
		}
	}
	return false
}

func foldText(s string) string {
	toks, _ := tokenize([]rune(s))
	var words []string
	for i := range toks {
		if toks[i].word {
			words = append(words, toks[i].text)
		}
	}
	return strings.Join(words, " ")
}

// verdict is in, out or neither of one question of fit, with the claim that shows it.
type verdict struct {
	in, out bool
	border  bool // close to a bound: neither in nor out
	claim   qualify.Claim
}

func (r *reading) judgeFit() {
	geo, kind, size := r.geography(), r.industry(), r.size()
	for _, v := range []struct {
		verdict
		code string
	}{{geo, qualify.DisqWrongGeo}, {kind, qualify.DisqWrongIndust}, {size, qualify.DisqWrongSize}} {
		if v.out {
			r.fit = qualify.FitOut
			r.audience = v.code
			c := v.claim
			c.Part, c.Value = qualify.PartFit, qualify.FitOut
			r.audienceClaim = c
			return
		}
	}
	r.fit = qualify.FitUnclear
	known := kind.in || (r.in.Company != "" && !kind.border)
	if geo.in && known && !size.border {
		r.fit = qualify.FitIn
		for _, v := range []verdict{geo, kind, size} {
			if v.in && v.claim.Quote != "" {
				c := v.claim
				c.Part, c.Value = qualify.PartFit, qualify.FitIn
				r.fitClaims = append(r.fitClaims, c)
			}
		}
		if !kind.in && r.in.Company != "" {
			r.fitClaims = append(r.fitClaims, wholeField(qualify.PartFit, "", qualify.FitIn, qualify.FieldCompany, r.in.Company))
		}
	}
}

func (r *reading) geography() verdict {
	if r.m.countries == nil {
		if r.in.Location != "" {
			return verdict{in: true, claim: wholeField(qualify.PartFit, "", "", qualify.FieldLocation, r.in.Location)}
		}
		return verdict{in: true}
	}
	if found := r.a.places.resolve(r.in.Location); len(found) > 0 {
		v := verdict{claim: wholeField(qualify.PartFit, "", "", qualify.FieldLocation, r.in.Location)}
		v.in = slices.ContainsFunc(found, func(c string) bool { return r.m.countries[c] })
		v.out = !v.in
		return v
	}
	if r.in.Location == "" {
		if c, sp := r.a.places.inText(r.d); c != "" && r.m.countries[c] {
			return verdict{in: true, claim: r.contentClaim(sp)}
		}
	}
	return verdict{}
}

// industry looks at the company's name first, then at how the text describes the own firm.
func (r *reading) industry() verdict {
	kinds := r.a.kindsOf(r.company, 0)
	if r.in.Industry != "" {
		kinds = append(kinds, r.a.kindsOf(r.a.plain(r.in.Industry), 0)...)
	}
	claim := wholeField(qualify.PartFit, "", "", qualify.FieldCompany, r.in.Company)
	if v, ok := r.kindVerdict(kinds, claim); ok {
		return v
	}
	if len(kinds) == 0 && r.in.Company != "" {
		if v, ok := r.kindVerdict(r.a.kindsOf(r.title, 0), wholeField(qualify.PartFit, "", "", qualify.FieldTitle, r.in.Title)); ok && v.in {
			return v
		}
	}
	self, sp := r.selfKinds()
	if v, ok := r.kindVerdict(self, r.contentClaim(sp)); ok && (v.in || r.placeKind(self[len(self)-1])) {
		return v
	}
	if r.in.Company == "" {
		if v, ok := r.strayKind(); ok {
			return v
		}
		for _, h := range r.d.hits {
			if r.m.kindsIn[h.c] {
				return verdict{in: true, claim: r.contentClaim(r.d.around(r.d.toks[h.from].sent, h.from, h.to))}
			}
		}
	}
	return verdict{border: len(kinds) > 0}
}

func (r *reading) kindVerdict(kinds []concept, claim qualify.Claim) (verdict, bool) {
	for _, k := range kinds {
		if r.m.kindsIn[k] && !r.strictlyOut(kinds) && !r.headOut(kinds) {
			return verdict{in: true, claim: claim}, true
		}
	}
	for _, k := range kinds {
		if _, out := r.m.kindsOut[k]; out || r.neverKind(k) {
			return verdict{out: claim.Quote != "", claim: claim}, true
		}
	}
	return verdict{}, false
}

// strictlyOut: an animal clinic is no clinic, a council's works department no maker.
func (r *reading) strictlyOut(kinds []concept) bool {
	for _, name := range []string{"K_VET", "K_GOV", "K_BPO"} {
		k := r.a.lex.names[name]
		if _, out := r.m.kindsOut[k]; out && slices.Contains(kinds, k) {
			return true
		}
	}
	return false
}

// headOut: the last word of a name says what it is: a spice restaurant is a restaurant, restaurant supplies are not.
func (r *reading) headOut(kinds []concept) bool {
	last := kinds[len(kinds)-1]
	if r.m.kindsIn[last] {
		return false
	}
	switch r.a.lex.list[last] {
	case "K_RESTAURANT", "K_SALON", "K_HOTEL", "K_GYM", "K_LAW", "K_SCHOOL", "K_NGO", "K_CONSULT", "K_AGENCY":
		return true
	}
	return false
}

// strayKind: without a company's name, "our restaurant" and the like tell, when nothing else of our trade is named.
func (r *reading) strayKind() (verdict, bool) {
	for _, h := range r.d.hits {
		if r.m.kindsIn[h.c] {
			return verdict{}, false
		}
	}
	for s := range r.d.sents {
		if !r.flags[s].first || r.flags[s].other {
			continue
		}
		for _, h := range r.d.hits[r.d.first[s]:r.d.first[s+1]] {
			_, excluded := r.m.kindsOut[h.c]
			if r.a.isKind(h.c) && (r.neverKind(h.c) || excluded && r.placeKind(h.c)) && !r.servedKind(s, h) {
				return verdict{out: true, claim: r.contentClaim(r.d.around(s, h.from, h.to))}, true
			}
		}
	}
	return verdict{}, false
}

// servedKind: "we supply restaurants", "for hotels and salons" names customers.
func (r *reading) servedKind(s int, h hit) bool {
	for j := max(r.d.sents[s].lo, h.from-4); j < min(r.d.sents[s].hi, h.to+2); j++ {
		switch r.d.toks[j].text {
		case "supply", "supplies", "supplying", "sell", "sells", "selling", "to", "customers", "clients", "dealers", "serve", "serving", "deliver", "delivering", "other":
			return true
		}
	}
	return false
}

// placeKind: kinds that people name plainly when they say what they run.
func (r *reading) placeKind(k concept) bool {
	switch r.a.lex.list[k] {
	case "K_AGENCY", "K_MANUFACTURING", "K_WHOLESALE", "K_ECOM", "K_LOGISTICS", "K_TRAVEL", "K_EDTECH", "K_FINTECH", "K_REALESTATE", "K_TELCO", "K_EVENT":
		return false
	}
	return true
}

// neverKind: kinds so far from goods, software or clinics that a list without them clearly fails.
func (r *reading) neverKind(k concept) bool {
	if r.m.kindsIn[k] || len(r.m.kindsIn) == 0 {
		return false
	}
	switch r.a.lex.list[k] {
	case "K_VET", "K_GOV":
		return true
	case "K_RESTAURANT", "K_SALON", "K_HOTEL", "K_GYM", "K_LAW", "K_SCHOOL", "K_NGO", "K_INSURANCE":
		return !r.m.softwareIn // software firms are named after the trade they serve
	case "K_DENTAL", "K_CLINIC", "K_HOSPITAL":
		return !r.m.softwareIn && !r.m.kindsIn[r.a.lex.names["K_CLINIC"]] && !r.m.kindsIn[r.a.lex.names["K_DENTAL"]]
	}
	return false
}

// selfKinds reads "we are a …", "I run a …", "my …" for kinds of organisation close behind.
func (r *reading) selfKinds() ([]concept, span) {
	var out []concept
	var at span
	for s, sent := range r.d.sents {
		if r.flags[s].other {
			continue
		}
		for i := sent.lo; i < sent.hi; i++ {
			if !r.opensSelf(i, sent.hi) {
				continue
			}
			for _, h := range r.d.hits[r.d.first[s]:r.d.first[s+1]] {
				if h.from > i && h.from <= i+6 && slices.Contains(r.a.kinds, h.c) && !r.a.speakerKind(h.c) && !slices.Contains(out, h.c) {
					out = append(out, h.c)
					at = r.d.around(s, i, h.to)
				}
			}
		}
	}
	return out, at
}

func (r *reading) opensSelf(i, hi int) bool {
	next := ""
	if i+1 < hi {
		next = r.d.toks[i+1].text
	}
	article := next == "a" || next == "an" || next == "the"
	switch w := r.d.toks[i].text; w {
	case "we":
		return next == "are" || next == "run" || next == "own" || next == "make"
	case "we're", "i'm", "im", "i":
		return article || w == "i" && (next == "run" || next == "own" || next == "manage" || next == "have" || next == "am" || next == "work" || next == "sell")
	case "somos", "for":
		return w == "somos" || article
	case "our", "my":
		return next == "company" || next == "small" || next == "family" || next == "firm" || next == "shop" || next == "business" || next == "restaurant" || next == "salon" || next == "clinic" || next == "factory"
	case "restaurant", "hotel", "salon":
		return false
	}
	return false
}

// size reads how many people work there, as the text or the field says.
func (r *reading) size() verdict {
	n, claim := r.people()
	if n == 0 {
		return r.sites()
	}
	if n > 1 && n < r.m.minSize && r.in.Company != "" {
		return verdict{} // a shift or a team, rather than the whole of a company that has a name
	}
	v := verdict{claim: claim}
	over, least := r.m.overSize, r.m.minSize
	switch {
	case over > 0 && n > over, over == 0 && r.m.maxSize > 0 && n > 2*r.m.maxSize:
		v.out = claim.Quote != ""
	case r.m.maxSize > 0 && n > r.m.maxSize:
		v.border = true
	case least > 0 && 2*n < least && (r.in.Company == "" || n == 1):
		v.out = claim.Quote != ""
	case least > 0 && n < least:
		v.border = true
	default:
		v.in = true
	}
	return v
}

func (r *reading) sites() verdict {
	if r.m.overSites == 0 {
		return verdict{}
	}
	for s := range r.d.sents {
		for _, u := range r.d.of(s, r.a.voc.siteUnit) {
			if n := r.numberBefore(u.from, 2); n > float64(r.m.overSites) {
				return verdict{out: true, claim: r.contentClaim(r.d.around(s, u.from-1, u.to))}
			}
		}
	}
	return verdict{}
}

// people is the number of people of the own firm, 0 when it is not told.
func (r *reading) people() (int, qualify.Claim) {
	best, claim := 0, qualify.Claim{}
	for s := range r.d.sents {
		if r.flags[s].other || r.review {
			continue
		}
		for _, u := range r.d.of(s, r.a.voc.peopleUnit) {
			n := r.numberBefore(u.from, 3)
			if n == 0 && u.to+1 < r.d.sents[s].hi && r.d.toks[u.to].text == ":" {
				n, _ = number(r.d.toks[u.to+1].text)
			}
			if int(n) > best {
				best, claim = int(n), r.contentClaim(r.d.around(s, u.from, u.to))
			}
		}
		if best > 0 {
			continue
		}
		for _, u := range r.d.of(s, r.a.voc.peopleSoft) {
			if n := r.numberBefore(u.from, 1); n >= 2 && r.speaksOfSelf(s, u.from) {
				best, claim = int(n), r.contentClaim(r.d.around(s, u.from, u.to))
			}
		}
	}
	if best == 0 {
		best, claim = r.soloOrField()
	}
	return best, claim
}

func (r *reading) soloOrField() (int, qualify.Claim) {
	if s := r.d.any(r.a.voc.solo); s >= 0 && !r.review && r.in.Company == "" {
		u := r.d.of(s, r.a.voc.solo)[0]
		return 1, r.contentClaim(r.d.around(s, u.from, u.to))
	}
	for _, f := range strings.FieldsFunc(r.in.CompanySize, func(c rune) bool { return c == '-' || c == '–' || c == ' ' || c == '+' }) {
		if n, ok := number(f); ok {
			return int(n), qualify.Claim{} // the field cannot be quoted: it can show "in" or "unclear", never "out"
		}
	}
	return 0, qualify.Claim{}
}

// speaksOfSelf: "we are 80 people", "26 of us", "45-person SaaS", "180 people?" but not "call three people".
func (r *reading) speaksOfSelf(s, i int) bool {
	if n := r.numberBefore(i, 1); n >= 15 {
		return true
	}
	for j := max(r.d.sents[s].lo, i-5); j < i; j++ {
		switch r.d.toks[j].text {
		case "we", "we're", "team", "are", "somos", "wir", "sind", "hum":
			return true
		}
	}
	return r.d.toks[i].text == "of" || r.d.toks[i].text == "person"
}

// numberBefore is the number within reach tokens before token i, in the same clause; 0 when there is none.
func (r *reading) numberBefore(i, reach int) float64 {
	for j := i - 1; j >= 0 && j >= i-reach-1; j-- {
		t := &r.d.toks[j]
		if n, ok := number(t.text); ok {
			return n
		}
		if t.brk || (!t.word && t.text != "-" && t.text != "+") {
			return 0
		}
	}
	return 0
}

// number reads "2,300", "14,000", "190k", "60" or a number word.
func number(w string) (float64, bool) {
	if n, ok := numberWord(w); ok {
		return n, true
	}
	clean := strings.ReplaceAll(w, ",", "")
	scale := 1.0
	switch {
	case strings.HasSuffix(clean, "k"):
		clean, scale = clean[:len(clean)-1], 1000
	case strings.HasSuffix(clean, "m"):
		clean, scale = clean[:len(clean)-1], 1e6
	}
	n, err := strconv.ParseFloat(clean, 64)
	return n * scale, err == nil && clean != "" && clean[0] >= '0' && clean[0] <= '9'
}

func numberWord(w string) (float64, bool) {
	for i, n := range []string{"one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"} {
		if w == n {
			return float64(i + 1), true
		}
	}
	switch w {
	case "dos", "zwei", "do", "deux", "دو":
		return 2, true
	case "tres", "drei", "teen", "तीन":
		return 3, true
	case "cuatro", "vier", "char", "चार":
		return 4, true
	case "cinco", "funf", "paanch", "पांच":
		return 5, true
	case "seis", "sechs":
		return 6, true
	case "fifteen":
		return 15, true
	case "twenty":
		return 20, true
	case "thirty":
		return 30, true
	case "forty":
		return 40, true
	case "fifty":
		return 50, true
	case "hundred":
		return 100, true
	}
	return 0, false
}
