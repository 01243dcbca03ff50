package website

import (
	"regexp"
	"strings"

	"golang.org/x/net/html"

	"winnow/backend/internal/collect/page"
)

var (
	teamClass  = regexp.MustCompile(`(?i)(team|member|person|people|staff|employee|leader|founder|board|profile|bio\b|mitarbeiter|ansprechpartner|equipe|équipe|equipo|advisor|executive|speaker|contact-?card|crew|vorstand|management)`)
	roleClass  = regexp.MustCompile(`(?i)(role|job|position|designation|funktion|function|poste|cargo|title$|^title|-title|_title|puesto|ruolo|functie|subtitle|sub-?head|occupation|department)`)
	nameClass  = regexp.MustCompile(`(?i)(^|[-_ ])(name|fullname|full-name|person-name|nom|nombre)([-_ ]|$)`)
	pairedSize = 700 // bytes of text that one person's card has at most between name and title
)

// pair is a name with the line beside it that may be a title.
type pair struct {
	name  string
	title page.Line
	at    page.Line
	known bool   // the dictionary knows the title
	shape string // how name and title are marked up, to find their like
}

// pairedPeople reads cards: a name in one block and a title in the next. Where several cards of one shape have known titles,
// the others of that shape are believed too.
func (s *site) pairedPeople() {
	var pairs []pair
	taken := map[int]bool{}
	for i, l := range s.parts {
		if taken[i] || l.Block == nil || s.inQuote(l.Block) || s.quotedSection(l.Block) || quoteHeading.MatchString(s.headingBefore(l.Block)) {
			continue
		}
		name := personName(l.Text)
		if name == "" || !l.First && (i == 0 || blockOf(s.parts[i-1].Block) != blockOf(l.Block) || !s.parts[i-1].First) {
			continue
		}
		j := s.titleBeside(i, taken)
		if j < 0 {
			continue
		}
		t := s.parts[j]
		p := pair{name: name, title: t, at: l, known: s.goodTitle(t.Text) || roleClass.MatchString(classOf(t.Block)) && s.plausible(t.Text)}
		p.shape = shapeOf(l.Block) + ">" + shapeOf(t.Block)
		if p.known {
			taken[j] = true
		}
		pairs = append(pairs, p)
	}
	known := map[string]int{}
	for _, p := range pairs {
		if p.known {
			known[p.shape]++
		}
	}
	for _, p := range pairs {
		like := (known[p.shape] >= 2 || known[p.shape] == 1 && cardHasContact(p.at.Block)) && s.plausible(p.title.Text)
		inTeam := teamClass.MatchString(around(p.at.Block)) && heading(p.at.Block) && s.plausible(p.title.Text)
		if !p.known && !like && !inTeam {
			continue
		}
		s.done[blockOf(p.at.Block)] = append(s.done[blockOf(p.at.Block)], p.at.Text)
		s.done[blockOf(p.title.Block)] = append(s.done[blockOf(p.title.Block)], p.title.Text)
		s.addPerson(&personOn{name: p.name, title: s.ownTitle(p.title.Text), method: "text", snippet: p.at.Text + " · " + p.title.Text, node: p.at.Block})
	}
	s.namedOnly()
}

// ownTitle takes "at Acme" off a title at the company itself.
func (s *site) ownTitle(t string) string {
	if m := atOther.FindStringSubmatch(t); m != nil && s.company.text != "" && sameCompany(m[1], s.company.text) {
		return strings.TrimSuffix(t, m[0])
	}
	return t
}

// plausible: a line that could be a title even though no word of it is known.
func (s *site) plausible(t string) bool {
	words := strings.Fields(t)
	return len(words) > 0 && len(words) <= 8 && len(t) <= 80 && !sentence.MatchString(t) && !strings.ContainsAny(t, "@:{}<>€$₹") && len(onlyDigits(t)) <= 2 &&
		personName(t) == "" && !notTitle(t) && atOther.FindString(t) == "" && !strings.HasSuffix(t, "…")
}

// titleBeside is the line that is nearest to a name in the page's tree: before or behind it, -1 when neither can be a title.
func (s *site) titleBeside(i int, taken map[int]bool) int {
	best, deepest := -1, 0
	for _, j := range []int{i + 1, i - 1, i + 2} {
		if j < 0 || j >= len(s.parts) || taken[j] || s.parts[j].Block == nil {
			continue
		}
		t := s.parts[j].Text
		if !s.goodTitle(t) && (j != i+1 || !s.plausible(t)) {
			continue
		}
		if j == i+2 && (personName(s.parts[i+1].Text) != "" || len(s.parts[i+1].Text) > 40) {
			continue
		}
		depth := commonDepth(s.parts[i].Block, s.parts[j].Block)
		if s.goodTitle(t) {
			depth = depth*2 + 1
		} else {
			depth *= 2
		}
		if best < 0 || depth > deepest {
			best, deepest = j, depth
		}
	}
	return best
}

// commonDepth is how deep in the tree the smallest element lies that holds both.
func commonDepth(a, b *html.Node) int {
	seen := map[*html.Node]bool{}
	for n := a; n != nil; n = n.Parent {
		seen[n] = true
	}
	for n := b; n != nil; n = n.Parent {
		if seen[n] {
			d := 0
			for ; n != nil; n = n.Parent {
				d++
			}
			return d
		}
	}
	return 0
}

// blockOf is the block that an element stands in.
func blockOf(n *html.Node) *html.Node {
	for n != nil && (n.Type != html.ElementNode || !page.Block(n)) {
		n = n.Parent
	}
	return n
}

func classOf(n *html.Node) string {
	if n == nil {
		return ""
	}
	return page.Attr(n, "class")
}

func shapeOf(n *html.Node) string {
	first, _, _ := strings.Cut(strings.TrimSpace(classOf(n)), " ")
	return n.Data + "." + first
}

// around are the classes and ids of a block and of what is around it.
func around(n *html.Node) string {
	var b strings.Builder
	for up := 0; n != nil && up < 6; n, up = n.Parent, up+1 {
		if n.Data == "body" {
			break
		}
		b.WriteString(classOf(n) + " " + page.Attr(n, "id") + " ")
	}
	return b.String()
}

func heading(n *html.Node) bool {
	return n != nil && (len(n.Data) == 2 && n.Data[0] == 'h' && n.Data[1] >= '2' && n.Data[1] <= '6' || nameClass.MatchString(classOf(n)) || n.Data == "figcaption" || n.Data == "dt")
}

// namedOnly takes people of whom a card shows nothing but the name and how to reach them: only in blocks that say that they
// hold people.
func (s *site) namedOnly() {
	for _, l := range s.parts {
		name := personName(l.Text)
		if name == "" || l.Block == nil || s.inQuote(l.Block) || s.quotedSection(l.Block) || !heading(l.Block) {
			continue
		}
		box := l.Block.Parent
		if box == nil || !teamClass.MatchString(classOf(box)) || len(page.TextLine(box)) > pairedSize {
			continue
		}
		if hasContact(box) {
			s.addPerson(&personOn{name: name, method: "text", snippet: l.Text, node: l.Block})
		}
	}
}

// cardHasContact reports whether one of the small boxes around a name shows how to reach somebody.
func cardHasContact(n *html.Node) bool {
	for up := 0; n != nil && up < 4; n, up = n.Parent, up+1 {
		if len(page.TextLine(n)) > pairedSize {
			return false
		}
		if hasContact(n) {
			return true
		}
	}
	return false
}

func hasContact(box *html.Node) bool {
	for _, a := range page.ByTag(box, "a") {
		href := strings.ToLower(page.Attr(a, "href"))
		if strings.HasPrefix(href, "mailto:") || strings.HasPrefix(href, "tel:") || strings.Contains(href, "linkedin.com/in/") || page.HasAttr(a, "data-cfemail") {
			return true
		}
	}
	return len(mailsInText(page.TextLine(box))) > 0
}
