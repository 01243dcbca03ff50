// Package yamldoc reads a small YAML file written by a person into a tree that knows the line and column of every
// value. It is strict on purpose: one document, text keys, no anchors, aliases or tags, bounded size and depth, so
// a hostile file costs no more than its bytes. It knows nothing of what the keys mean.
package yamldoc

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/lexer"
	"github.com/goccy/go-yaml/parser"
)

// MaxBytes is the largest file that is read: 1 MiB.
const MaxBytes = 1 << 20

// maxDepth bounds the nesting of maps and lists.
const maxDepth = 32

// Fault is one thing wrong with a file. Line and Column count from 1; both are 0 when the whole file is meant.
type Fault struct {
	File    string `json:"file"`
	Line    int    `json:"line"`
	Column  int    `json:"column"`
	Message string `json:"message"` // what is wrong
	Hint    string `json:"hint"`    // how to mend it
	Path    string `json:"path"`    // keys and indexes to the value, joined by slashes; "" = the text as a whole
}

// Pos is file:line:column, or the file alone.
func (f Fault) Pos() string {
	if f.Line == 0 {
		return f.File
	}
	return fmt.Sprintf("%s:%d:%d", f.File, f.Line, f.Column)
}

// String is "file:line:column: message. hint".
func (f Fault) String() string {
	return strings.TrimSpace(f.Pos() + ": " + f.Message + " " + f.Hint)
}

// Parse reads one document. The node is nil when there are faults that leave nothing to look at; an empty file is
// a Null node. Faults are all there are, in the order of the file (after a syntax error nothing more can be said).
func Parse(file string, src []byte) (*Node, []Fault) {
	if f := unreadable(file, src); f != nil {
		return nil, []Fault{*f}
	}
	src = bytes.TrimPrefix(src, []byte("\ufeff"))
	tokens := lexer.Tokenize(string(src))
	if faults := forbidden(file, tokens); len(faults) > 0 {
		return nil, faults
	}
	parsed, err := parser.Parse(tokens, 0, parser.AllowDuplicateMapKey())
	if err != nil {
		return nil, []Fault{syntaxFault(file, err)}
	}
	var bodies []ast.Node
	for _, doc := range parsed.Docs {
		if doc.Body != nil {
			bodies = append(bodies, doc.Body)
		}
	}
	switch len(bodies) {
	case 0:
		return &Node{Kind: Null, Line: 1, Col: 1}, nil
	case 1:
		b := builder{file: file}
		return b.node(bodies[0], 0), b.faults
	}
	p := bodies[1].GetToken().Position
	return nil, []Fault{{File: file, Line: p.Line, Column: p.Column, Message: "A second document begins here.", Hint: "Keep one document per file: remove the --- line and what follows it."}}
}

func unreadable(file string, src []byte) *Fault {
	switch {
	case len(src) > MaxBytes:
		return &Fault{File: file, Message: fmt.Sprintf("The file is %d bytes; at most %d (1 MiB) are read.", len(src), MaxBytes), Hint: "Shorten it."}
	case bytes.IndexByte(src, 0) >= 0:
		return &Fault{File: file, Message: "The file is not text (it holds NUL bytes).", Hint: "Save it as UTF-8 text."}
	case !utf8.Valid(src):
		return &Fault{File: file, Message: "The file is not valid UTF-8.", Hint: "Save it as UTF-8 text."}
	}
	return nil
}

func syntaxFault(file string, err error) Fault {
	f := Fault{File: file, Message: "This is not valid YAML.", Hint: "Check the indentation, colons, quotes and brackets here."}
	var e yaml.Error
	if !errors.As(err, &e) {
		return f
	}
	said := e.GetMessage()
	f.Message = "This is not valid YAML: " + strings.ReplaceAll(strings.TrimSuffix(said, "."), "\t", "TAB") + "."
	for _, h := range syntaxHints() {
		if strings.Contains(said, h.part) {
			f.Hint = h.hint
			break
		}
	}
	if t := e.GetToken(); t != nil && t.Position != nil {
		f.Line, f.Column = t.Position.Line, t.Position.Column
	}
	return f
}

type syntaxHint struct{ part, hint string }

// syntaxHints says how to mend what the parser complains of, by a part of its message; the first that fits counts.
func syntaxHints() []syntaxHint {
	return []syntaxHint{
		{"'\t'", "Indent with spaces instead of tabs."},
		{"mapping value is not", "If the text itself holds a colon, put it in quotes; otherwise check the indentation of this line and the one above."},
		{"double-quoted", "Close the text with another \"."},
		{"single-quoted", "Close the text with another '; an apostrophe within it is written twice."},
		{"must be specified", "Close the list or group that an opening bracket begins, and put commas between its items."},
		{"unexpected key name", "Check the indentation of this line and the one above; a key ends with a colon and a space."},
		{"non-map value", "Check the indentation of this line and the one above; a key ends with a colon and a space."},
		{"cannot start any", "If the text begins with this character, put it in quotes."},
	}
}

func clip(s string) string {
	if len(s) > 60 {
		return strings.ToValidUTF8(s[:60], "") + "…"
	}
	return s
}
