package linkage

import (
	"slices"
	"strings"

	"winnow/backend/internal/intake/linkage/similar"
)

// Limits of blocks: a small one gives all its pairs; a larger one is cut by a second and a third key.
const (
	smallBlock = 12
	cutBlock   = 40
	cuts       = 3
)

// key is something that two records of one entity are likely to share.
type key uint64

func keyOf(space string, parts ...string) key {
	return key(hashOf(space + "\x1f" + strings.Join(parts, "\x1f")))
}

// keys lists a record's blocking keys. A typo in one field leaves the others; names go into one space, so that swapped
// ones meet.
func (e *engine) keys(r *entry, dst []key) []key {
	for c := range e.model.Fields {
		k := e.model.Fields[c].Kind
		v := &r.values[c]
		if !v.known() {
			continue
		}
		dst = e.keysOf(k, v, e.model.Fields[c].Name, dst)
		for i := range v.more {
			dst = e.keysOf(k, &v.more[i], e.model.Fields[c].Name, dst)
		}
	}
	slices.Sort(dst)
	return slices.Compact(dst)
}

func (e *engine) keysOf(k Kind, v *value, field string, dst []key) []key {
	switch k {
	case Given, Surname:
		dst = append(dst, keyOf("name", v.alt2), keyOf("begin", head(v.tight, 4)), keyOf("end", tail(v.tight, 4)))
		if k == Given {
			for _, root := range e.names.roots[v.alt] {
				dst = append(dst, keyOf("root", root))
			}
		}
	case Organisation:
		dst = append(dst, keyOf("org", head(v.tight, 6)), keyOf("orgend", tail(v.tight, 6)))
		if v.alt != "" {
			dst = append(dst, keyOf("org", v.alt))
		}
		dst = rareWords(v, "orgword", 4, dst)
	case Street:
		dst = append(dst, keyOf("street", v.tight), keyOf("number", v.alt2))
		dst = rareWords(v, "streetword", 3, dst)
	case Locality:
		dst = append(dst, keyOf("town", v.alt2), keyOf("townbegin", head(v.tight, 4)))
	case Date:
		dst = append(dst, keyOf(field, v.tight), keyOf(field+"ym", v.tight[:6]), keyOf(field+"md", v.tight[4:]), keyOf(field+"yd", v.tight[:4], v.tight[6:]))
	case Phone:
		dst = append(dst, keyOf("phone", v.alt2), keyOf("phoneend", tail(v.tight, 4)), keyOf("phonebegin", head(v.tight, 6)))
	case Email:
		dst = append(dst, keyOf("email", v.tight), keyOf("local", v.alt), keyOf("localbegin", head(v.alt, 5)))
		if !freemail(v.alt2) {
			dst = append(dst, keyOf("host", v.alt2))
		}
	case Website:
		dst = append(dst, keyOf("host", v.tight))
	case ID:
		n := len(v.tight) / 2
		dst = append(dst, keyOf(field, v.tight), keyOf(field+"begin", v.tight[:n]), keyOf(field+"end", v.tight[n:]))
	case Label:
		dst = append(dst, keyOf(field, head(v.tight, 5)), keyOf(field+"sound", v.alt2))
		dst = rareWords(v, field+"word", 2, dst)
	case Text:
		dst = rareWords(v, field+"word", 3, dst)
	default:
		dst = append(dst, keyOf(field, v.tight))
	}
	return dst
}

func head(s string, n int) string { return s[:min(len(s), n)] }
func tail(s string, n int) string { return s[max(0, len(s)-n):] }

// rareWords adds keys for the heaviest words, as written and as heard.
func rareWords(v *value, space string, n int, dst []key) []key {
	ws := slices.Clone(v.words)
	slices.SortStableFunc(ws, func(a, b word) int {
		switch {
		case a.weight > b.weight:
			return -1
		case a.weight < b.weight:
			return 1
		}
		return 0
	})
	for _, w := range ws[:min(n, len(ws))] {
		dst = append(dst, keyOf(space, w.text))
		if s := similar.Sound(w.text); len(s) > 2 {
			dst = append(dst, keyOf(space+"sound", s))
		}
	}
	return dst
}

// pair is two records by their places, the lower first.
type pair struct{ a, b int32 }

// blocker finds candidate pairs.
type blocker struct {
	keys  [][]key
	files []uint8
	two   bool
	out   []packed
}

// packed is a pair in one number: there are many.
type packed uint64

func (p packed) pair() pair { return pair{int32(p >> 32), int32(p & 0xffffffff)} } //nolint:gosec // packed by all

// candidates lists the pairs worth comparing, each once, in order.
func (e *engine) candidates(es []entry, two bool) []packed {
	b := &blocker{keys: make([][]key, len(es)), files: make([]uint8, len(es)), two: two}
	members := map[key][]int32{}
	for i := range es {
		b.keys[i] = e.keys(&es[i], nil)
		b.files[i] = es[i].file
		for _, k := range b.keys[i] {
			members[k] = append(members[k], int32(i))
		}
	}
	for k, m := range members {
		b.block(m, k, 1, smallBlock)
	}
	slices.Sort(b.out)
	return slices.Compact(b.out)
}

// block gives the pairs of one block, or cuts it by the further keys of its members; only keys above k, so that no
// combination comes twice.
func (b *blocker) block(m []int32, k key, depth, limit int) {
	if len(m) < 2 {
		return
	}
	if len(m) <= limit {
		b.all(m)
		return
	}
	if depth == cuts {
		return
	}
	sub := map[key][]int32{}
	for _, i := range m {
		at, _ := slices.BinarySearch(b.keys[i], k+1)
		for _, x := range b.keys[i][at:] {
			sub[x] = append(sub[x], i)
		}
	}
	for x, s := range sub {
		if len(s) < len(m) {
			b.block(s, x, depth+1, cutBlock)
		}
	}
}

func (b *blocker) all(m []int32) {
	for x, i := range m {
		for _, j := range m[x+1:] {
			if !b.two || b.files[i] != b.files[j] {
				b.out = append(b.out, packed(i)<<32|packed(j)) //nolint:gosec // places are not negative
			}
		}
	}
}
