package website

import (
	"strings"

	"golang.org/x/net/html"

	"winnow/backend/internal/collect/page"
	"winnow/backend/internal/intake/normalise"
)

// attribute gives addresses, numbers and profiles to the people they belong to: by the box that is one person's, and by the
// name in the address.
func (s *site) attribute() {
	for _, p := range s.people {
		for _, m := range s.mails {
			for _, e := range p.emails {
				if strings.EqualFold(strings.TrimPrefix(strings.ToLower(e), "mailto:"), m.Address) {
					m.person = p
				}
			}
		}
		for _, ph := range s.phones {
			for _, e := range p.phones {
				if sameDigits(e, ph.number) {
					ph.person = p
				}
			}
		}
	}
	holders := s.holders()
	for _, p := range s.people {
		if box := s.boxOf(p, holders); box != nil {
			s.giveBox(p, box)
		}
	}
	for _, m := range s.mails {
		if m.person == nil && !m.Role && !m.system && m.dropped == "" {
			m.person = s.byName(m)
		}
	}
}

// holders counts for every element how many people it holds.
func (s *site) holders() map[*html.Node]int {
	count := map[*html.Node]int{}
	for _, p := range s.people {
		for n := p.node; n != nil; n = n.Parent {
			count[n]++
		}
	}
	return count
}

// boxOf is the biggest element that holds this person alone and is no part of the page's frame.
func (s *site) boxOf(p *personOn, holders map[*html.Node]int) (box *html.Node) {
	for n := p.node; n != nil && holders[n] == 1; n = n.Parent {
		switch n.Data {
		case "body", "html", "main", "footer", "header", "nav":
			return box
		}
		if len(page.TextLine(n)) > 900 {
			return box
		}
		if box != nil && len(s.people) == 1 && (n.Data == "section" || len(page.TextLine(n)) > 400) {
			return box
		}
		box = n
	}
	return box
}

func within(n, box *html.Node) bool {
	for ; n != nil; n = n.Parent {
		if n == box {
			return true
		}
	}
	return false
}

func (s *site) giveBox(p *personOn, box *html.Node) {
	for _, m := range s.mails {
		if m.person == nil && m.node != nil && !m.Role && !m.system && within(m.node, box) && s.nobodyElse(m, p) {
			m.person = p
		}
	}
	for _, ph := range s.phones {
		if ph.person == nil && ph.node != nil && within(ph.node, box) && (len(s.people) > 1 || p.marked || len(page.TextLine(box)) < 200) {
			ph.person = p
		}
	}
	if p.linkedIn == "" {
		for _, a := range page.ByTag(box, "a") {
			if canonical, kind, ok := normalise.LinkedIn(page.Attr(a, "href")); ok && kind == normalise.LinkedInPerson {
				p.linkedIn = canonical
				break
			}
		}
	}
}

// nobodyElse: an address that bears the name of another person on the page is theirs.
func (s *site) nobodyElse(m *mail, p *personOn) bool {
	other := s.byName(m)
	return other == nil || other == p
}

// byName is the one person whose name makes the local part: ada, example, ada.example, a.example, aexample, example.ada.
func (s *site) byName(m *mail) (found *personOn) {
	local, _, _ := strings.Cut(strings.ToLower(m.Address), "@")
	local, _, _ = strings.Cut(local, "+")
	for _, p := range s.people {
		if !bears(local, p.name) {
			continue
		}
		if found != nil {
			return nil
		}
		found = p
	}
	return found
}

func bears(local, name string) bool {
	local = strings.NewReplacer(".", "", "_", "", "-", "").Replace(local)
	for _, n := range []string{name, strings.NewReplacer("ä", "ae", "ö", "oe", "ü", "ue", "ß", "ss", "Ä", "Ae", "Ö", "Oe", "Ü", "Ue", "å", "aa", "ø", "oe").Replace(name)} {
		first, last := normalise.SplitName(n)
		f := strings.ReplaceAll(normalise.Latin(first), " ", "")
		firstOnly, _, _ := strings.Cut(normalise.Latin(first), " ")
		l := strings.ReplaceAll(normalise.Latin(last), " ", "")
		lastWords := strings.Fields(normalise.Latin(last))
		if f == "" || l == "" {
			continue
		}
		end := lastWords[len(lastWords)-1]
		for _, form := range []string{f, firstOnly, l, end, f + l, firstOnly + l, firstOnly + end, l + f, f[:1] + l, f[:1] + end, l + f[:1], firstOnly + l[:1], end + f[:1], firstOnly + end[:1]} {
			if local == form && len(local) >= 3 || local == form && form == firstOnly {
				return true
			}
		}
	}
	return false
}
