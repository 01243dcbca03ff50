package llm

import (
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"winnow/backend/internal/qualify"
)

// span is a stretch of code points, half-open.
type span struct{ start, end int }

// text is a field as it is stored and as the model sees it. The model does not see invisible characters (they hide
// words from people), orders to the reader, or contact data.
type text struct {
	stored []rune // its beginning, when it is very long
	seen   []rune
	from   []int  // from[i], to[i]: the stored code points that seen[i] stands for
	to     []int  //
	joint  []bool // joint[i]: something with a meaning was left out just before seen[i]
	orders []span // of stored, left out
	cut    bool   // the end was left out
}

// view is a lead as the model sees it.
type view struct {
	fields map[string]text // of qualify's quotable fields
	other  map[string]string
	orders bool // some field gave orders
}

// look prepares a lead. Only what stands here leaves the house: no name, no e-mail, no phone, no notes.
func look(in qualify.Input) view {
	v := view{fields: map[string]text{}, other: map[string]string{}}
	for _, f := range []string{qualify.FieldContent, qualify.FieldTitle, qualify.FieldCompany, qualify.FieldLocation} {
		most := maxShort
		if f == qualify.FieldContent {
			most = maxContent
		}
		t := show(in.Text(f), most)
		v.fields[f] = t
		v.orders = v.orders || len(t.orders) > 0
	}
	for name, value := range map[string]string{"source": in.Source, "industry": in.Industry, "company_size": in.CompanySize} {
		t := show(value, maxShort)
		v.other[name] = strings.Join(strings.Fields(string(t.seen)), " ")
		v.orders = v.orders || len(t.orders) > 0
	}
	return v
}

var contact = regexp.MustCompile(`[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+` + `|\+\d[\d ().-]{7,}\d` + `|\b\d{10,14}\b` + `|\(?\b\d{3,5}\)?[ -]\d{3,4}[ -]\d{3,5}\b`)

// show makes the view of a field.
func show(s string, most int) text {
	t := text{stored: []rune(norm.NFC.String(s))}
	if bound := 4 * most; len(t.stored) > bound { // what is looked at is bounded, whatever was posted
		t.stored, t.cut = t.stored[:bound], true
	}
	plain := visible(t.stored)
	hidden := make([]byte, len(t.stored)) // what stands in for a stored code point: 0 itself, 'o' left out, 'c' contact
	for _, o := range findOrders(plain.runes) {
		o = span{plain.at[o.start], plain.at[o.end-1] + 1}
		t.orders = append(t.orders, o)
		mark(hidden, o, 'o')
	}
	offsets := byteToRune(plain.runes)
	for _, m := range contact.FindAllStringIndex(string(plain.runes), -1) {
		c := span{plain.at[offsets[m[0]]], plain.at[offsets[m[1]]-1] + 1}
		mark(hidden, c, 'c')
	}
	joint := false
	for i := 0; i < len(t.stored); i++ {
		switch {
		case len(t.seen) >= most:
			t.cut = true
			return t
		case hidden[i] == 'o':
			joint = true
		case hidden[i] == 'c':
			end := i
			for end < len(hidden) && hidden[end] == 'c' {
				end++
			}
			for _, r := range "[contact]" {
				t.add(r, i, end, joint)
				joint = false
			}
			i = end - 1
		case !shown(t.stored[i]):
		default:
			t.add(t.stored[i], i, i+1, joint)
			joint = false
		}
	}
	return t
}

func (t *text) add(r rune, from, to int, joint bool) {
	t.seen, t.from, t.to, t.joint = append(t.seen, r), append(t.from, from), append(t.to, to), append(t.joint, joint)
}

func mark(hidden []byte, s span, with byte) {
	for i := s.start; i < s.end; i++ {
		hidden[i] = with
	}
}

// visibleText is a text without invisible characters, and where each code point stood.
type visibleText struct {
	runes []rune
	at    []int
}

func visible(stored []rune) visibleText {
	var v visibleText
	for i, r := range stored {
		if shown(r) {
			v.runes, v.at = append(v.runes, r), append(v.at, i)
		}
	}
	return v
}

// shown is false for what people cannot see: zero-width, bidi and tag characters, variation selectors, controls.
func shown(r rune) bool {
	switch {
	case r == '\n', r == '\t':
		return true
	case unicode.Is(unicode.Cf, r), unicode.Is(unicode.Cc, r), unicode.Is(unicode.Co, r):
		return false
	case r >= 0xfe00 && r <= 0xfe0f, r >= 0xe0100 && r <= 0xe01ef, r == 0x034f, r == 0x115f, r == 0x1160, r == 0x3164, r == 0xffa0:
		return false
	}
	return true
}

// locate finds a quote of what the model saw and gives the stored words it stands for; false when it is not there
// word for word, or when the stored words say more than the quote does.
func (t text) locate(quote string) (string, int, bool) {
	want := []rune(norm.NFC.String(strings.TrimSpace(quote)))
	if len(want) == 0 {
		return "", 0, false
	}
	for i := 0; i+len(want) <= len(t.seen); i++ {
		if string(t.seen[i:i+len(want)]) != string(want) || t.jointWithin(i, i+len(want)) {
			continue
		}
		start, end := t.from[i], t.to[i+len(want)-1]
		return string(t.stored[start:end]), start, true
	}
	return "", 0, false
}

func (t text) jointWithin(i, j int) bool {
	for k := i + 1; k < j; k++ {
		if t.joint[k] {
			return true
		}
	}
	return false
}

// wordy counts letters and digits.
func wordy(rs []rune) int {
	n := 0
	for _, r := range rs {
		if unicode.IsLetter(r) || unicode.IsNumber(r) {
			n++
		}
	}
	return n
}

// byteToRune gives for each byte offset of the UTF-8 form, its end included, the index of its code point.
func byteToRune(rs []rune) map[int]int {
	out := make(map[int]int, len(rs)+1)
	at := 0
	for i, r := range rs {
		out[at] = i
		at += len(string(r))
	}
	out[at] = len(rs)
	return out
}
