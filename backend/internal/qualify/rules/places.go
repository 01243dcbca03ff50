package rules

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
)

// places knows countries by their names, states and towns.
type places struct {
	lex     *lexicon
	short   map[string][]string // a piece of a location → countries
	regions map[string][]string
}

func newPlaces() (*places, error) {
	p := &places{lex: newLexicon(), short: map[string][]string{}, regions: map[string][]string{}}
	text, err := data.ReadFile("data/places.txt")
	if err != nil {
		return nil, err
	}
	for n, line := range strings.Split(string(text), "\n") {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		name, rest, ok := strings.Cut(line, ":")
		if !ok {
			return nil, fmt.Errorf("places line %d has no colon", n+1)
		}
		names, shorts, _ := strings.Cut(rest, "|")
		p.add(name, names, shorts)
	}
	return p, p.readRegions()
}

func (p *places) add(name, names, shorts string) {
	c := p.lex.concept(name)
	for _, n := range strings.FieldsFunc(name+","+names, func(r rune) bool { return r == ',' || r == ';' }) {
		n = strings.TrimSpace(n)
		p.lex.add(c, n)
	}
	for s := range strings.SplitSeq(shorts, ",") {
		if s = strings.TrimSpace(s); s != "" {
			p.short[s] = append(p.short[s], name)
		}
	}
}

func (p *places) readRegions() error {
	text, err := data.ReadFile("data/regions.txt")
	if err != nil {
		return err
	}
	for line := range strings.SplitSeq(string(text), "\n") {
		name, list, ok := strings.Cut(line, ":")
		if !ok || strings.HasPrefix(line, "#") {
			continue
		}
		for c := range strings.SplitSeq(list, ",") {
			p.regions[name] = append(p.regions[name], strings.TrimSpace(c))
		}
	}
	return nil
}

// resolve lists the countries that a location names; the last telling piece wins, "A / B" names both.
func (p *places) resolve(location string) []string {
	var out []string
	for _, either := range strings.FieldsFunc(location, func(r rune) bool { return r == '/' || r == '|' || r == '&' || r == '+' }) {
		pieces := strings.FieldsFunc(either, func(r rune) bool { return r == ',' || r == '(' || r == ')' || r == '·' || r == '-' || r == '–' })
		out = append(out, p.lastPiece(pieces)...)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func (p *places) lastPiece(pieces []string) []string {
	var unsure []string
	for _, piece := range slices.Backward(pieces) {
		piece := strings.TrimSpace(strings.ToLower(piece))
		found := p.short[piece]
		if len(found) == 0 {
			found = p.named(piece)
		}
		switch {
		case len(found) == 1:
			if len(unsure) == 0 || slices.Contains(unsure, found[0]) {
				return found
			}
		case len(found) > 1 && len(unsure) == 0:
			unsure = found
		}
	}
	if len(unsure) > 0 {
		return unsure[:1]
	}
	return nil
}

// named finds place names in a text; the longest name that ends last wins.
func (p *places) named(text string) []string {
	toks, _ := tokenize([]rune(text))
	best, at, end := -1, -1, -1
	for i := range toks {
		for _, h := range p.lex.find(toks, i, len(toks), nil) {
			if h.to > end || (h.to == end && h.from < at) {
				best, at, end = int(h.c), h.from, h.to
			}
		}
	}
	if best < 0 {
		return nil
	}
	return []string{p.lex.list[best]}
}

// inText finds capitalised place names inside running text.
func (p *places) inText(d *doc) (string, span) {
	for _, sent := range d.sents {
		for i := sent.lo; i < sent.hi; i++ {
			t := &d.toks[i]
			if !t.word || (i == sent.lo && len(t.text) < 5) || !unicode.IsUpper(d.runes[t.start]) || commonWord(t.text) {
				continue
			}
			for _, h := range p.lex.find(d.toks, i, sent.hi, nil) {
				return p.lex.list[h.c], d.tokSpan(h.from, h.to)
			}
			if c := p.short[t.text]; len(c) == 1 && (t.text == "uk" || t.text == "us" || t.text == "uae") && string(d.runes[t.start:t.end]) == strings.ToUpper(t.text) {
				return c[0], d.tokSpan(i, i+1)
			}
		}
	}
	return "", span{}
}

// commonWord: towns whose names start sentences as plain words.
func commonWord(w string) bool {
	switch w {
	case "reading", "bath", "nice", "split", "mobile", "hull", "derby", "rugby", "turkey", "china", "mesa", "buffalo", "lincoln", "santiago", "salem", "kota", "anand", "alba", "cork", "poole", "corby", "truro", "dudley", "chester", "lima", "sofia", "victoria", "georgia", "jordan", "orlando", "madison", "austin", "charlotte", "jackson", "sheffield", "preston", "lancaster", "stafford", "kent", "chad":
		return true
	}
	return false
}
