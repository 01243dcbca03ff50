package website

import (
	_ "embed"
	"regexp"
	"strings"
	"sync"

	"winnow/backend/internal/intake/normalise"
)

//go:embed titles.tsv
var titleTable string

// titleWords is the dictionary of job titles: folded words to ranks, the longest phrase's number of words.
type titleWords struct {
	rank map[string]string
	most int
}

var dictionary = sync.OnceValue(func() titleWords {
	t := titleWords{rank: map[string]string{}}
	for line := range strings.Lines(titleTable) {
		rank, words, ok := strings.Cut(strings.TrimSpace(line), "\t")
		if !ok {
			continue
		}
		for w := range strings.SplitSeq(words, "|") {
			f := normalise.Fold(w)
			if _, taken := t.rank[f]; !taken && f != "" {
				t.rank[f] = rank
			}
			t.most = max(t.most, len(strings.Fields(f)))
		}
	}
	return t
})

// Seniority is the rank of a job title: c_level, owner, vp, director, head, manager, staff; "" when no word of it is known.
// The highest rank named counts, so a "CEO & Co-founder" is c_level and a "VP, Sales" vp.
func Seniority(title string) string {
	best := ""
	for _, r := range ranksIn(title) {
		if best == "" || higher(r, best) {
			best = r
		}
	}
	return best
}

func higher(a, b string) bool { return rankNumber(a) < rankNumber(b) }

func rankNumber(r string) int {
	for i, name := range []string{"c_level", "owner", "vp", "director", "head", "manager", "staff"} {
		if name == r {
			return i
		}
	}
	return 99
}

func ranksIn(title string) (ranks []string) {
	d := dictionary()
	words := strings.Fields(normalise.Fold(title))
	if len(words) > 20 {
		words = words[:20]
	}
	for i := 0; i < len(words); i++ {
		for n := min(d.most, len(words)-i); n > 0; n-- {
			r, ok := d.rank[strings.Join(words[i:i+n], " ")]
			if !ok {
				continue
			}
			if n == 1 && words[i] == "president" && i > 0 && words[i-1] == "vice" {
				r = "vp"
			}
			ranks = append(ranks, r)
			i += n - 1
			break
		}
	}
	return ranks
}

var (
	atOther  = regexp.MustCompile(`(?i)\s+(?:at|@|bei|chez|presso|en la empresa)\s+(.{2,60})$`)
	sentence = regexp.MustCompile(`[.!?]\s+\p{Lu}|[!?]$|\p{Ll}{3,}\.$`)
)

// isTitle reports whether a line is a job title: short, no sentence, with a word of the dictionary.
func isTitle(s string) bool {
	words := strings.Fields(s)
	if len(words) == 0 || len(words) > 12 || len(s) > 100 || sentence.MatchString(s) || strings.ContainsAny(s, "@€$₹:{}<>") {
		return false
	}
	if strings.HasPrefix(s, "©") || len(onlyDigits(s)) > 4 {
		return false
	}
	return Seniority(s) != "" && !notTitle(s) && personName(s) == ""
}

// notTitle are headings and calls that hold a word of the dictionary.
func notTitle(s string) bool {
	f := normalise.Fold(s)
	for w := range strings.FieldsSeq(f) {
		switch w {
		case "our", "your", "we", "us", "you", "unser", "unsere", "unserer", "nos", "notre", "nuestro", "nuestra", "nostri", "nostro", "click", "read", "learn", "view", "more", "mehr", "join", "email", "contact", "kontakt", "call", "meet", "is", "are", "was", "ist", "sind", "est":
			return true
		}
	}
	switch f {
	case "sales", "support", "marketing", "administration", "management", "leadership", "partner", "partners", "customer service", "human resources", "team", "founders", "board", "community", "vertrieb", "verwaltung", "geschaftsfuhrung", "geschaftsleitung", "commercial", "reception", "hr", "growth", "sekretariat", "empfang", "buchhaltung", "innendienst", "aussendienst", "leitung":
		return true
	}
	return false
}

// Function is the part of a company that a title belongs to; "" when no word tells.
func Function(title string) string {
	f := " " + normalise.Fold(title) + " "
	for _, row := range [][2]string{
		{"sales", "sales|vertrieb|ventes|ventas|vendite|commercial|comercial|account executive|business development|revenue|cro|aussendienst|innendienst|försäljning|myynti|verkoop"},
		{"marketing", "marketing|cmo|brand|growth|communications|kommunikation|content|seo|pr"},
		{"technology", "cto|cio|it|engineering|engineer|developer|entwickler|technology|technical|technik|software|data|ciso|informatik|devops|technique|informatique"},
		{"finance", "cfo|finance|finanzen|financial|accounting|buchhaltung|controller|controlling|accountant|comptable|treasurer|finances"},
		{"people", "hr|chro|human resources|people|personal|personalleiter|recruiter|talent|recruiting|ressources humaines|recursos humanos"},
		{"operations", "coo|operations|operation|produktion|production|logistics|logistik|supply chain|betriebsleiter|plant|werkleiter|operaciones"}, //nolint:misspell // German
		{"product", "cpo|product|produkt|produit|producto"}, //nolint:misspell // Spanish
		{"legal", "legal|counsel|attorney|lawyer|rechtsanwalt|avocat|recht"},
		{"purchasing", "purchasing|procurement|einkauf|einkäufer|buyer|achats|compras|acquisti"},
		{"support", "support|customer success|customer service|kundenservice|kundendienst|service client"},
		{"general_management", "ceo|geschaftsfuhrer|geschaftsfuhrerin|managing director|founder|co founder|owner|inhaber|president|gerant|pdg|director general|general manager|toimitusjohtaja|proprietor|chairman"},
	} {
		for w := range strings.SplitSeq(row[1], "|") {
			if strings.Contains(f, " "+normalise.Fold(w)+" ") {
				return row[0]
			}
		}
	}
	return ""
}
