package rules

import (
	"embed"
	"fmt"
	"strings"

	"github.com/kljensen/snowball/english"
)

//go:embed data/*.txt
var data embed.FS // read-only; parsed once by New

// concept is the number of a named set of words.
type concept int

// maxConcepts bounds the vocabulary so that a sentence's concepts fit a bitset.
const maxConcepts = 1024

type bitset [maxConcepts / 64]uint64

func (b *bitset) set(c concept)      { b[c/64] |= 1 << (c % 64) }
func (b *bitset) has(c concept) bool { return b[c/64]&(1<<(c%64)) != 0 }
func (b *bitset) covers(o *bitset, words []int) bool {
	for _, w := range words {
		if b[w]&o[w] != o[w] {
			return false
		}
	}
	return true
}

// lexicon finds concepts in tokens by a trie over stems.
type lexicon struct {
	names map[string]concept
	list  []string
	state []bool              // by concept: a negator turns it round
	block map[concept]concept // "-X" → X: what looks like X inside such a phrase is none
	root  *node
}

type node struct {
	next     map[string]*node // by stem
	exact    map[string]*node // by the word as written
	prefix   map[string]*node // by the beginning of a word
	concepts []concept
}

func newLexicon() *lexicon {
	return &lexicon{names: map[string]concept{}, block: map[concept]concept{}, root: &node{}}
}

// load adds the lines of a vocabulary file.
func (l *lexicon) load(text string) error {
	for n, line := range strings.Split(text, "\n") {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		name, entries, ok := strings.Cut(line, ":")
		if !ok {
			return fmt.Errorf("line %d has no colon after its name", n+1)
		}
		state := strings.HasPrefix(name, "!")
		c := l.concept(strings.TrimPrefix(name, "!"))
		l.state[c] = l.state[c] || state
		if strings.HasPrefix(name, "-") {
			l.block[c] = l.concept(name[1:])
		}
		for e := range strings.SplitSeq(entries, ",") {
			l.add(c, e)
		}
	}
	if len(l.list) > maxConcepts {
		return fmt.Errorf("%d concepts, more than %d", len(l.list), maxConcepts)
	}
	return nil
}

// concept is the number of a name, a new one when it is new.
func (l *lexicon) concept(name string) concept {
	if c, ok := l.names[name]; ok {
		return c
	}
	c := concept(len(l.list))
	l.names[name] = c
	l.list = append(l.list, name)
	l.state = append(l.state, false)
	return c
}

// add teaches one entry: words to be found by stem, "~word" as written, "word*" by beginning.
func (l *lexicon) add(c concept, entry string) {
	entry = strings.TrimSpace(entry)
	if entry == "" {
		return
	}
	at := l.root
	for _, w := range entryWords(entry) {
		switch {
		case strings.HasSuffix(w, "*") && len(w) > 1:
			at = step(&at.prefix, strings.TrimSuffix(w, "*"))
		case strings.HasPrefix(w, "~") && len(w) > 1:
			at = step(&at.exact, strings.TrimPrefix(w, "~"))
		case strings.Contains(w, "'") && strings.HasSuffix(w, "'s"):
			at = step(&at.exact, w) // "my wife's" is not "my wife"
		default:
			at = step(&at.next, stemOf(w))
		}
	}
	at.concepts = append(at.concepts, c)
}

// entryWords splits an entry the way tokenize splits a text, keeping the marks ~ and *.
func entryWords(entry string) []string {
	var out []string
	for field := range strings.FieldsSeq(entry) {
		pre, suf := "", ""
		if strings.HasPrefix(field, "~") && len(field) > 1 {
			pre, field = "~", field[1:]
		}
		if strings.HasSuffix(field, "*") && len(field) > 1 {
			suf, field = "*", strings.TrimSuffix(field, "*")
		}
		toks, _ := tokenize([]rune(field))
		for i, t := range toks {
			w := t.text
			if pre != "" {
				w = pre + w
			} else if suf != "" && i == len(toks)-1 {
				w += suf
			}
			out = append(out, w)
		}
	}
	return out
}

func stemOf(w string) string {
	for i := 0; i < len(w); i++ {
		if w[i] >= 0x80 || (w[i] >= '0' && w[i] <= '9') {
			return w
		}
	}
	if len(w) <= 3 {
		return w // "aed" is no form of "a"
	}
	if stem := english.Stem(w, true); len(stem) > 2 {
		return stem
	}
	return w
}

func step(m *map[string]*node, key string) *node {
	if *m == nil {
		*m = map[string]*node{}
	}
	n := (*m)[key]
	if n == nil {
		n = &node{}
		(*m)[key] = n
	}
	return n
}

// hit is a concept found on tokens from ≤ i < to.
type hit struct {
	c        concept
	from, to int
	neg      bool
}

// find appends the concepts that start at token i of a sentence that ends before hi.
func (l *lexicon) find(toks []token, i, hi int, out []hit) []hit {
	return find(l.root, toks, i, i, hi, out)
}

func find(n *node, toks []token, from, i, hi int, out []hit) []hit {
	for _, c := range n.concepts {
		out = append(out, hit{c: c, from: from, to: i})
	}
	if i >= hi || (i > from && i-from > 7) {
		return out
	}
	t := &toks[i]
	// Between the words of a phrase a hyphen, apostrophe or slash may stand.
	if i > from && !t.word && (t.text == "-" || t.text == "'" || t.text == "/" || t.text == "’") && i+1 < hi {
		if n.next[t.text] == nil {
			i++
			t = &toks[i]
		}
	}
	if m := n.next[t.stem]; m != nil {
		out = find(m, toks, from, i+1, hi, out)
	}
	if m := n.exact[t.text]; m != nil {
		out = find(m, toks, from, i+1, hi, out)
	}
	if n.prefix != nil {
		for j := range t.text {
			if j >= 3 {
				if m := n.prefix[t.text[:j]]; m != nil {
					out = find(m, toks, from, i+1, hi, out)
				}
			}
		}
		if m := n.prefix[t.text]; m != nil {
			out = find(m, toks, from, i+1, hi, out)
		}
	}
	return out
}
