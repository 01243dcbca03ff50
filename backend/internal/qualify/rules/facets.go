package rules

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// facet is one way trouble shows, e.g. "stock.mismatch"; family is the part before the dot.
type facet struct {
	name, family string
	alts         []alt
}

// alt is one wording: elements that must stand within width tokens of one sentence.
type alt struct {
	elems []elem
	width int
	weak  bool
	need  bitset
	words []int // indices of need that are not zero
}

type polarity int

const (
	asIs    polarity = iota // a state must not be negated
	negated                 // must be negated
	either
)

type elem struct {
	c   concept
	pol polarity
}

const defaultWidth = 10

// parseFacets reads the file of facets, adding literal phrases to the lexicon as nameless concepts.
func parseFacets(l *lexicon, text string) ([]facet, error) {
	var out []facet
	for n, line := range strings.Split(text, "\n") {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		name, body, ok := strings.Cut(line, ":")
		if !ok {
			return nil, fmt.Errorf("facets line %d has no colon", n+1)
		}
		f := facet{name: name}
		f.family, _, _ = strings.Cut(name, ".")
		for part := range strings.SplitSeq(body, "|") {
			a, err := parseAlt(l, strings.TrimSpace(part))
			if err != nil {
				return nil, fmt.Errorf("facets line %d: %w", n+1, err)
			}
			f.alts = append(f.alts, a)
		}
		out = append(out, f)
	}
	return out, nil
}

func parseAlt(l *lexicon, text string) (alt, error) {
	a := alt{width: defaultWidth}
	if strings.HasPrefix(text, "%") {
		a.weak, text = true, text[1:]
	}
	for _, w := range altWords(text) {
		if strings.HasPrefix(w, "@") {
			n, err := strconv.Atoi(w[1:])
			if err != nil {
				return a, fmt.Errorf("width %q is not a number", w)
			}
			a.width = n
			continue
		}
		for name := range strings.SplitSeq(w, "+") {
			e, err := parseElem(l, name)
			if err != nil {
				return a, err
			}
			a.elems = append(a.elems, e)
			a.need.set(e.c)
		}
	}
	for i, w := range a.need {
		if w != 0 {
			a.words = append(a.words, i)
		}
	}
	if len(a.elems) == 0 {
		return a, errors.New("an alternative is empty")
	}
	return a, nil
}

// altWords splits at spaces, keeping "quoted phrases" whole.
func altWords(text string) []string {
	var out []string
	for text != "" {
		text = strings.TrimSpace(text)
		if strings.HasPrefix(text, `"`) {
			phrase, rest, _ := strings.Cut(text[1:], `"`)
			out, text = append(out, `"`+phrase), rest
			continue
		}
		w, rest, _ := strings.Cut(text, " ")
		if w != "" {
			out = append(out, w)
		}
		text = rest
	}
	return out
}

// holdsNegator: "no dashboard" is trouble as it stands; "backlog" is none behind a "no".
func holdsNegator(phrase string) bool {
	for w := range strings.FieldsSeq(phrase) {
		switch w {
		case "no", "not", "never", "nobody", "none", "nothing", "can't", "cannot", "don't", "couldn't", "without", "keine":
			return true
		}
	}
	return false
}

func parseElem(l *lexicon, w string) (elem, error) {
	e := elem{}
	switch {
	case strings.HasSuffix(w, "!"):
		e.pol, w = negated, strings.TrimSuffix(w, "!")
	case strings.HasSuffix(w, "?"):
		e.pol, w = either, strings.TrimSuffix(w, "?")
	}
	if strings.HasPrefix(w, `"`) || w == strings.ToLower(w) {
		phrase := strings.TrimPrefix(w, `"`)
		name := "=" + phrase
		_, seen := l.names[name]
		e.c = l.concept(name)
		if !seen {
			l.add(e.c, phrase)
			l.state[e.c] = !holdsNegator(phrase)
		}
		return e, nil
	}
	c, ok := l.names[w]
	if !ok {
		return e, fmt.Errorf("concept %s is not in the lexicon", w)
	}
	e.c = c
	return e, nil
}

// match looks for an alternative in sentence s; lo and hi are the tokens it stands on.
func (d *doc) match(s int, a *alt) (lo, hi int, ok bool) {
	if !d.has[s].covers(&a.need, a.words) {
		return 0, 0, false
	}
	var picked [8]hit
	return d.pick(s, a, 0, &picked)
}

func (d *doc) pick(s int, a *alt, i int, picked *[8]hit) (int, int, bool) {
	if i == len(a.elems) || i == len(picked) {
		lo, hi := picked[0].from, picked[0].to
		for _, h := range picked[1:i] {
			lo, hi = min(lo, h.from), max(hi, h.to)
		}
		return lo, hi, hi-lo <= max(a.width, picked[0].to-picked[0].from)
	}
	e := a.elems[i]
	for _, h := range d.of(s, e.c) {
		if !e.allows(d.lex.state[e.c], h.neg) || overlaps(picked[:i], h) || tooFar(picked[:i], h, a.width) {
			continue
		}
		picked[i] = h
		if lo, hi, ok := d.pick(s, a, i+1, picked); ok {
			return lo, hi, true
		}
	}
	return 0, 0, false
}

func (e elem) allows(state, neg bool) bool {
	switch e.pol {
	case negated:
		return neg
	case either:
		return true
	default:
		return !state || !neg
	}
}

func overlaps(picked []hit, h hit) bool {
	return slices.ContainsFunc(picked, func(p hit) bool { return p.from < h.to && h.from < p.to })
}

func tooFar(picked []hit, h hit, width int) bool {
	return slices.ContainsFunc(picked, func(p hit) bool {
		return max(p.to, h.to)-min(p.from, h.from) > width
	})
}

// fired is a facet that stands in a sentence.
type fired struct {
	facet, sent, lo, hi int
	weak                bool
	whole               bool // a profile's phrase that stands there word for word
}

// fire lists the facets of every sentence, each at most once a sentence, by its first wording that stands.
func (d *doc) fire(facets []facet) []fired {
	var out []fired
	for s := range d.sents {
		for f := range facets {
			for a := range facets[f].alts {
				alt := &facets[f].alts[a]
				if lo, hi, ok := d.match(s, alt); ok {
					out = append(out, fired{facet: f, sent: s, lo: lo, hi: hi, weak: alt.weak})
					break
				}
			}
		}
	}
	return out
}
