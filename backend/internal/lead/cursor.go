package lead

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"strings"
	"time"
	"unicode/utf8"

	"winnow/backend/internal/fault"
	"winnow/backend/internal/id"
)

// cursor is the place after a page, or before it: the sort values of its last row, or its first. It carries the list's total, so that only the
// first page counts.
type cursor struct {
	List   string `json:"l"` // fingerprint of filter, search and sort
	Values []any  `json:"v"` // text as text, whole numbers as numbers, times as microseconds since 1970
	Total  int    `json:"t"`
	Capped bool   `json:"c"`
	Back   bool   `json:"b,omitempty"` // the page before the row, not the one after
}

const maxCursor = 8192

// fingerprint ties a cursor to the list it came from.
func fingerprint(filterText, search string, s sorting) string {
	b, _ := json.Marshal([]string{filterText, search, s.String()}) // texts always encode
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:8])
}

func (c cursor) encode() string {
	b, _ := json.Marshal(c) // texts and numbers always encode
	return base64.RawURLEncoding.EncodeToString(b)
}

func cursorAfter(l *Lead, s sorting, list string, total int, capped bool) cursor {
	c := cursor{List: list, Total: total, Capped: capped}
	for _, k := range s {
		v := k.value(l)
		if t, ok := v.(time.Time); ok {
			v = t.UnixMicro()
		}
		c.Values = append(c.Values, v)
	}
	return c
}

// cursorBefore is cursorAfter for the page before the one that l begins.
func cursorBefore(l *Lead, s sorting, list string, total int, capped bool) cursor {
	c := cursorAfter(l, s, list, total, capped)
	c.Back = true
	return c
}

func badCursor() error {
	const msg = "This cursor does not belong to this list. Begin again without a cursor."
	return fault.InvalidFields("cursor_invalid", msg, fault.Field{Name: "cursor", Code: "cursor_invalid", Message: msg})
}

// decodeCursor checks a cursor against the list and gives its values their types. Fault: Invalid.
func decodeCursor(text, list string, s sorting) (cursor, error) {
	var c cursor
	if len(text) > maxCursor {
		return c, badCursor()
	}
	b, err := base64.RawURLEncoding.DecodeString(text)
	d := json.NewDecoder(bytes.NewReader(b))
	d.UseNumber() // microseconds do not fit a float
	if err != nil || d.Decode(&c) != nil || c.List != list || len(c.Values) != len(s) || c.Total < 0 || c.Total > maxTotal {
		return c, badCursor()
	}
	for i, k := range s {
		v, ok := typed(c.Values[i], k.kind)
		if !ok || (k.name == "id" && !id.Valid(v.(string))) {
			return c, badCursor()
		}
		c.Values[i] = v
	}
	return c, nil
}

func typed(v any, kind sortKind) (any, bool) {
	if kind == sortText {
		s, ok := v.(string)
		return s, ok && utf8.ValidString(s) && !strings.ContainsRune(s, 0)
	}
	text, ok := v.(json.Number)
	if !ok {
		return nil, false
	}
	n, err := text.Int64()
	if err != nil {
		return nil, false
	}
	if kind == sortInt {
		return n, true
	}
	t := time.UnixMicro(n).UTC()
	return t, t.Year() >= 1 && t.Year() <= 9999
}
