package website

import (
	"regexp"
	"strings"
	"sync"
	"unicode"

	"winnow/backend/internal/intake/normalise"
)

var (
	degrees   = regexp.MustCompile(`(?i)(?:,\s*|\s+)(?:ph\.?\s?d\.?|m\.?d\.?|mba|m\.?sc\.?|b\.?sc\.?|m\.?a\.?|b\.?a\.?|ll\.?m\.?|cpa|cfa|pmp|esq\.?|jr\.?|sr\.?|dds|dmd|rn|pe|ca|b\.?eng\.?|m\.?eng\.?|dipl\.-\S+|mag\.|emba|fca|acca|shrm-cp|rdh|do|i{2,3}|iv)\.?$`)
	addresses = regexp.MustCompile(`(?i)^(?:(?:herr|herrn|frau|mr|mrs|ms|miss|mx|dr|prof|professor|sir|dame|ing|dipl|mag|shri|smt|m|mme|mlle|sr|sra|dott|avv|ir|drs|er|ca|adv|rev)\.?(?:-[\p{L}]+\.?)?(?:\s*\((?:fh|univ)\))?\s+)+`)
	pronouns  = regexp.MustCompile(`(?i)\s*\((?:he|she|they|er|sie|il|elle)\b[^)]{0,20}\)\s*$`)
)

// personName cleans a line that may be a person's name: academic titles and degrees go. "" when it is none.
func personName(s string) string {
	s, _ = normalise.Line(s)
	if len(s) < 3 || len(s) > 80 {
		return ""
	}
	s = strings.Trim(pronouns.ReplaceAllString(s, ""), " ,;:-–|*•·")
	s = addresses.ReplaceAllString(s, "")
	for range 3 {
		s = strings.Trim(degrees.ReplaceAllString(s, ""), " ,")
	}
	if !nameShaped(s) {
		return ""
	}
	return normalise.Name(s)
}

// nameShaped: two to five words that begin with a capital, particles between them allowed, none of which is an ordinary word.
func nameShaped(s string) bool {
	words := strings.Fields(s)
	if len(words) < 2 || len(words) > 5 {
		return false
	}
	long := 0
	for i, w := range words {
		switch {
		case particle(w):
			if i == len(words)-1 {
				return false
			}
			continue
		case !capital(w), ordinary(w), plainTitleWord(w):
			return false
		}
		if len([]rune(strings.Trim(w, "."))) > 1 {
			long++
		}
	}
	return long >= 2 || (long == 1 && len(words) == 2 && strings.Contains(s, "."))
}

func capital(w string) bool {
	r := []rune(w)
	if !unicode.IsUpper(r[0]) && (!unicode.IsLetter(r[0]) || unicode.IsLower(r[0])) {
		return r[0] == 'd' && len(r) > 3 && (r[1] == '\'' || r[1] == '’') && unicode.IsUpper(r[2])
	}
	for _, c := range r {
		if !unicode.IsLetter(c) && !unicode.IsMark(c) && c != '-' && c != '\'' && c != '’' && c != '.' && c != '‑' {
			return false
		}
	}
	return !strings.Contains(strings.TrimSuffix(w, "."), ".") || len(r) <= 5
}

func particle(w string) bool {
	switch strings.ToLower(w) {
	case "van", "von", "de", "da", "del", "della", "di", "du", "la", "le", "der", "den", "ten", "ter", "al", "el", "bin", "ibn", "dos", "das", "zu", "zur", "vom", "zum", "y", "e", "af", "av", "bint", "do", "las", "los", "'t", "op", "st.", "mac", "o":
		return true
	}
	return false
}

// plainTitleWord: "Office Manager" and "Vice President" are no names.
func plainTitleWord(w string) bool {
	f := normalise.Fold(w)
	if _, ok := dictionary().rank[f]; !ok {
		return false
	}
	switch f {
	case "koch", "baker", "cook", "meister", "schreiner", "fahrer", "chef", "coach", "cleric", "clerk", "page", "chase", "chair", "meyer", "chairman", "agent", "lehrer", "tischler", "pa", "lead", "leiter", "carpenter", "driver", "buyer", "gartner", "partner", "principal", "fellow", "makler", "capo", "hoofd", "vd", "dg":
		return f != "koch" && f != "baker" && f != "cook" && f != "meister" && f != "schreiner" && f != "chase" && f != "page" && f != "carpenter" && f != "lehrer" && f != "gartner" && f != "fahrer" && f != "tischler" && f != "driver"
	}
	return true
}

// ordinary are words that stand in headings and menus and never in a name.
func ordinary(w string) bool {
	return ordinaryWords()[normalise.Fold(w)]
}

var ordinaryWords = sync.OnceValue(func() map[string]bool {
	set := map[string]bool{}
	for w := range strings.FieldsSeq(ordinaryText) {
		set[w] = true
	}
	return set
})

const ordinaryText = `
foundation association university institute bank agency studio studios capital ventures labs school college hospital clinic church museum society union council
ministry hotel restaurant cafe store market markets insurance logistics solar energy power tools machinery polymers industries enterprises traders trading exports
about account accueil address adresse all alle and anfahrt ansprechpartner api are area at authority avenue awards
azienda back best blog board buchhaltung building by career careers cart case center centre certified chi city click
client clients close code companies company consulting contact contactez contacto contatti content cookie cookies corp
corporation country court culture customer customers data datenschutz dear december demo department digital directions
directors district docs documentation download einkauf email empfang engineering equipe equipo events excellence
experience facebook features february finance floor follow for founders free friday from general germany
geschaftsfuhrung get github global gmbh google great group guide handelsregister happy headquartered headquarters
hello help here hi hide history holding holdings home honesty hours how human impressum imprint in inc india
industrial industries industry inicio innovation instagram integrity international is iso january jobs july karriere
kingdom kit kontakt kundenservice leadership learn legal legales leistungen limited link linkedin links llc location
locations login ltd made management map maps march marketing media meet mentions menu mission monday more my new news
newsletter next nos nosotros notice notre november nuestro number october of office offices on open opening operations
or our partners people personal phd phone platform policy press previous pricing privacy product products produkte
professional projects protection quality quick read read-more rechte register registered registergericht resources
respect responsibility responsible reviews road robotics sales saturday search sekretariat september service services
servicios servizi shop show siamo sign site sitemap social software solution solutions state states store story street
studies study subscribe suite sunday supervisory support sustainability systems tax team teams teamwork technologies
technology telefon terms testimonial testimonials thank thanks the thursday to top touch tower trial trust tuesday
twitter uber umsatzsteuer united unser unsere unternehmen up us usa value values vat verkauf vertretungsberechtigter
vertrieb view vision vorbehalten we web webinar website wednesday welcome whatsapp when where whitepaper who why with
worldwide xing years your youtube zentrale zip
`
