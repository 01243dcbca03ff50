package website

import (
	"regexp"
	"strings"

	"winnow/backend/internal/collect/page"
)

var (
	people    = `(?:employees|people|professionals|staff(?: members)?|team members|specialists|colleagues|experts|engineers|mitarbeiter(?:innen)?(?:\s*(?:\*|:|/)\s*-?innen)?|mitarbeitende[n]?|beschäftigte[n]?|angestellte[n]?|collaborateurs|salariés|employés|personnes|empleados|personas|trabajadores|profesionales|dipendenti|collaboratori|persone|medewerkers|werknemers|colaboradores|funcionários|työntekijää|anställda|medarbetare|pracowników|zaměstnanců|çalışan)`
	sizeRange = regexp.MustCompile(`(?i)\b([0-9][0-9.,]{0,7})\s*(?:-|–|to|bis|à|a)\s*([0-9][0-9.,]{0,7})\s+` + people + `\b`)
	sizeTeam  = regexp.MustCompile(`(?i)\b(?:team of|team with|staff of|family of|crew of|equipe de|équipe de|equipo de|team von|squad of|group of|workforce of)\s+(?:over |more than |about |around |approximately |some |nearly |almost |über |rund |ca\. |mehr als |plus de |más de |oltre )?([0-9][0-9.,]{0,7})(\+)?`)
	sizeCount = regexp.MustCompile(`(?i)(over|more than|above|über|mehr als|plus de|más de|oltre|meer dan|mais de|yli|över)?\s*\b([0-9][0-9.,]{0,7})\s*(\+)?\s+(?:[\p{L}-]+\s+){0,2}?` + people + `\b`)
	sizeLabel = regexp.MustCompile(`(?i)\b(?:company size|number of employees|employees|headcount|team size|mitarbeiter(?:zahl)?|anzahl mitarbeiter|effectif|empleados|dipendenti|unternehmensgröße)\s*[:：]\s*([0-9][0-9.,]{0,7})\s*(?:(?:-|–|to|bis)\s*([0-9][0-9.,]{0,7}))?(\+)?`)
	notOwn    = regexp.MustCompile(`(?i)(serv|help|support|train|customers?|clients?|companies with|businesses with|for teams? of|teams of|kunden|betriebe mit|unternehmen mit|up to|bis zu|users|nutzer|companies from|firms with|organi[sz]ations with|reach)[^.]{0,60}$`)
)

// readSize finds how many people work there: structured data, then what the text says of the company itself.
func (s *site) readSize() {
	for _, t := range s.things {
		if !isOrganisation(t) || foreign(t) {
			continue
		}
		n := t.Props["numberOfEmployees"]
		size := page.Str(n)
		if lo, hi := page.GetStr(n, "minValue"), page.GetStr(n, "maxValue"); lo != "" && hi != "" {
			size = lo + "-" + hi
		} else if lo != "" {
			size = lo + "+"
		} else if hi != "" {
			size = "1-" + hi
		} else if v := page.GetStr(n, "value"); v != "" {
			size = v
		}
		if size != "" && len(size) < 30 {
			s.facts = append(s.facts, fact{"company_size", value{size, t.Source, "numberOfEmployees " + size}})
			return
		}
	}
	for _, l := range s.lines {
		if len(l.Text) > 1500 || s.inQuote(l.Block) {
			continue
		}
		if size, words := sizeIn(l.Text); size != "" {
			s.facts = append(s.facts, fact{"company_size", value{size, "text", words}})
			return
		}
	}
}

func sizeIn(text string) (size, words string) {
	if m := sizeLabel.FindStringSubmatch(text); m != nil && !tooBig(m[1]) {
		if m[2] != "" {
			return whole(m[1]) + "-" + whole(m[2]), m[0]
		}
		return whole(m[1]) + m[3], m[0]
	}
	for _, shape := range []*regexp.Regexp{sizeRange, sizeTeam, sizeCount} {
		at := shape.FindStringIndex(text)
		if at == nil || notOwn.MatchString(text[max(0, at[0]-80):at[0]]) {
			continue
		}
		m := shape.FindStringSubmatch(text)
		switch shape {
		case sizeRange:
			return whole(m[1]) + "-" + whole(m[2]), m[0]
		case sizeTeam:
			if !tooBig(m[1]) {
				return whole(m[1]) + m[2], m[0]
			}
		default:
			if !tooBig(m[2]) {
				if m[1] != "" && m[3] == "" {
					m[3] = "+"
				}
				return whole(m[2]) + m[3], m[0]
			}
		}
	}
	return "", ""
}

func whole(n string) string { return strings.NewReplacer(",", "", ".", "").Replace(n) }

// tooBig: years and numbers of users are no sizes.
func tooBig(n string) bool {
	n = whole(n)
	return len(n) > 6 || len(n) == 0 || n == "0" || len(n) == 4 && (strings.HasPrefix(n, "19") || strings.HasPrefix(n, "20"))
}
