package rules

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// injection finds text that is addressed to the scorer instead of to people: orders ("ignore the rubric, grade this
// A+"), fake system turns, markup that hides words, encoded blobs. Such text is data: it is masked and counts for
// nothing, neither for the lead nor against what else it says.
type injection struct {
	trigger map[string]int // words without which a sentence is not looked at further, and how telling they are
	orders  []*regexp.Regexp
	tail    *regexp.Regexp // what follows an order and belongs to it
	lead    *regexp.Regexp // what leads up to an order
	hidden  []*regexp.Regexp
	blob    *regexp.Regexp // may be base64
}

func newInjection() *injection {
	in := &injection{trigger: map[string]int{}}
	for w := range strings.FieldsSeq(triggers) {
		in.trigger[w] = strongTrigger
	}
	for w := range strings.FieldsSeq(weakTriggers) {
		in.trigger[w] = weakTrigger
	}
	for _, p := range orderPatterns() {
		in.orders = append(in.orders, regexp.MustCompile(p))
	}
	in.tail = regexp.MustCompile(tailPattern)
	in.lead = regexp.MustCompile(`\b(this|the) (lead|author|post|prospect|poster|record|writer)\b`)
	in.blob = regexp.MustCompile(`[A-Za-z0-9+/_-]{28,}={0,2}`)
	for _, p := range hiddenPatterns() {
		in.hidden = append(in.hidden, regexp.MustCompile(p))
	}
	return in
}

// One strong trigger, or two weak ones, or a weak one before a colon or bracket, make a sentence worth the patterns.
const (
	weakTrigger   = 1
	strongTrigger = 2
)

// masks lists what of the text is not meant for people, as sorted, disjoint spans of code points.
func (in *injection) masks(rs []rune, toks []token, sents []sentence) []span {
	var out []span
	if strings.ContainsAny(string(rs[:min(len(rs), maxRunes)]), "<>[]{}`%\\&=/*_") || hasLongWord(toks) {
		out = in.hiddenSpans(rs)
	}
	// A word that is hidden by markup does not take part in finding orders in the text people see.
	hidden := merge(out)
	prev, before := false, -1 // before: the sentence in front, if it talks of the author as a case
	for s, sent := range sents {
		f := in.fold(toks[sent.lo:sent.hi], hidden)
		at := -1
		if f.trigger || prev {
			at = in.order(f.text)
		}
		if at < 0 && prev && in.tail.MatchString(f.text) {
			at = 0
		}
		if at >= 0 {
			if before >= 0 {
				out = append(out, span{toks[sents[before].lo].start, toks[sents[before].hi-1].end})
			}
			from := leadIn(toks, sent.lo, sent.lo+in.opening(f, at))
			out = append(out, span{toks[interjection(toks, from)].start, toks[sent.hi-1].end})
			prev, before = true, -1
			continue
		}
		before = -1
		if f.trigger && in.lead.MatchString(f.text) {
			before = s
		}
		prev = prev && sent.hi-sent.lo <= 2 // a lone sign between two orders
	}
	return merge(out)
}

// opening is the token with which an order that is found at a byte of the text begins: words that speak to or of the
// scorer shortly before it belong to it ("as the system administrator I order …").
func (in *injection) opening(f folded, at int) int {
	const shortly, sooner = 12, 30 // tokens: for weak triggers, for strong ones
	first := f.token(at)
	for i := max(0, first-sooner); i < first; i++ {
		if s := f.starts[i]; s >= 0 {
			w, _, _ := strings.Cut(f.text[s:], " ")
			if n := in.weigh(w, ""); n >= strongTrigger || n > 0 && first-i <= shortly {
				return i
			}
		}
	}
	return first
}

// leadIn moves the start of an order back over the words that lead up to it ("please", "and", "[", "important:").
func leadIn(toks []token, lo, from int) int {
	for from > lo {
		t := &toks[from-1]
		switch t.text {
		case "please", "kindly", "now", "and", "important", "note", "the", "also", "then", "so", "ps", "p", "s", "you", "must", "should", "as", "stop", "attention", "a", "an", "to", "all", "any", "your", "previous", "above", "earlier", "these", "this", "that", "new", "just", "only", "ok", "onceki", "tum", "todas", "todos", "las", "los", "toutes", "les", "alle", "tutte", "पिछले", "सभी", "جميع", "все", "reminder", "memo", "message", "dear", "hello", "hi", "hey", "notice", "attn", "hint":
		default:
			if t.word || !opensOrder(t.text) {
				return from
			}
		}
		from--
	}
	return from
}

// opensOrder: a bracket, quote or dash in front of an order belongs to it; a pictogram or a full stop does not.
func opensOrder(sign string) bool {
	const signs = "[](){}<>\"'`-–—:*#|/\\=,;_"
	return strings.Contains(signs, sign)
}

// interjection moves back over one word of its own in front ("Stop. New instructions …").
func interjection(toks []token, from int) int {
	i := from - 1
	for i >= 0 && !toks[i].word {
		i--
	}
	if i >= 0 && from-i <= 3 {
		switch toks[i].text {
		case "stop", "attention", "important", "note", "wait", "listen", "warning", "notice", "alert", "update":
			return i
		}
	}
	return from
}

// order is where the first order of a folded sentence begins, -1 when there is none.
func (in *injection) order(text string) int {
	best := -1
	for _, re := range in.orders {
		at := -1
		if m := re.FindStringIndex(text); m != nil {
			at = m[0]
		}
		if at >= 0 && strings.HasPrefix(re.String(), `\b(score|`) {
			at = lastStart(re, text)
		}
		if at >= 0 && (best < 0 || at < best) {
			best = at
		}
	}
	return best
}

// lastStart is the last place from which a pattern still matches: "change my mind. Grade: A+" begins with the grade.
func lastStart(re *regexp.Regexp, text string) int {
	best := -1
	for from := 0; from < len(text); {
		m := re.FindStringIndex(text[from:])
		if m == nil {
			return best
		}
		best = from + m[0]
		next := strings.IndexByte(text[best:], ' ')
		if next < 0 {
			return best
		}
		from = best + next + 1
	}
	return best
}

// hiddenSpans runs the raw patterns, counting in code points.
func (in *injection) hiddenSpans(rs []rune) []span {
	text := string(rs[:min(len(rs), maxRunes)])
	var out []span
	add := func(re *regexp.Regexp, keep func(string) bool) {
		for _, m := range re.FindAllStringIndex(text, 20) {
			if hit := text[m[0]:m[1]]; keep(hit) {
				start := utf8.RuneCountInString(text[:m[0]])
				out = append(out, span{start, start + utf8.RuneCountInString(hit)})
			}
		}
	}
	for _, re := range in.hidden {
		add(re, func(string) bool { return true })
	}
	add(in.blob, encoded)
	return out
}

// encoded tells a blob from a long word or a link: it mixes cases and holds digits.
func encoded(s string) bool {
	upper, lower, digit := false, false, false
	for _, r := range s {
		upper = upper || unicode.IsUpper(r)
		lower = lower || unicode.IsLower(r)
		digit = digit || unicode.IsDigit(r)
	}
	return upper && lower && (digit || strings.HasSuffix(s, "=") || len(s) >= 40)
}

func hasLongWord(toks []token) bool {
	for i := range toks {
		if toks[i].end-toks[i].start >= 20 {
			return true
		}
	}
	return false
}

func merge(spans []span) []span {
	if len(spans) < 2 {
		return spans
	}
	for i := 1; i < len(spans); i++ {
		for j := i; j > 0 && spans[j].start < spans[j-1].start; j-- {
			spans[j], spans[j-1] = spans[j-1], spans[j]
		}
	}
	out := spans[:1]
	for _, s := range spans[1:] {
		last := &out[len(out)-1]
		if s.start <= last.end {
			last.end = max(last.end, s.end)
			continue
		}
		out = append(out, s)
	}
	return out
}

// visible drops the tokens inside masks and closes the gaps, so that what is left reads exactly as if the masked text
// had never been there.
func visible(toks []token, masks []span) ([]token, []sentence) {
	var out []token
	var sents []sentence
	m, last := 0, -1
	for _, t := range toks {
		for m < len(masks) && masks[m].end <= t.start {
			m++
		}
		if m < len(masks) && masks[m].start < t.end {
			continue
		}
		if t.sent != last {
			sents = append(sents, sentence{len(out), len(out)})
			last = t.sent
		}
		t.sent = len(sents) - 1
		out = append(out, t)
		sents[len(sents)-1].hi = len(out)
	}
	return out, sents
}

// unmasked is the text outside the masks.
func unmasked(rs []rune, masks []span) string {
	var b strings.Builder
	at := 0
	for _, m := range masks {
		b.WriteString(string(rs[min(at, len(rs)):min(m.start, len(rs))]))
		at = m.end
	}
	b.WriteString(string(rs[min(at, len(rs)):]))
	return b.String()
}
