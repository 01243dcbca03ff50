package yamldoc

import (
	"fmt"
	"strings"

	"github.com/goccy/go-yaml/ast"
)

// Kind is what a node holds.
type Kind int

// The kinds.
const (
	Null Kind = iota
	Bool
	Number
	Text
	List
	Map
)

func (k Kind) String() string {
	return [...]string{"nothing", "true/false", "a number", "text", "a list", "a group of keys"}[k]
}

// Node is one value with its place. Line and Col are where the value begins, counted from 1.
type Node struct {
	Kind    Kind
	Line    int
	Col     int
	Text    string  // of a scalar: as written, without quotes
	Value   any     // of a scalar: nil, bool, int64, uint64, float64 or string
	Entries []Entry // of a Map, in the order of the file; a key appears once
	Items   []*Node // of a List
}

// Entry is one key of a map with its value. Line and Col are where the key begins.
type Entry struct {
	Key  string
	Line int
	Col  int
	Node *Node
}

// Get is the entry of a key, or nil.
func (n *Node) Get(key string) *Entry {
	if n == nil {
		return nil
	}
	for i := range n.Entries {
		if n.Entries[i].Key == key {
			return &n.Entries[i]
		}
	}
	return nil
}

// At is the deepest node on a path of keys and list indices, and how many steps of the path it is away.
func (n *Node) At(path ...string) (at *Node, left int) {
	for i, step := range path {
		next := n.step(step)
		if next == nil {
			return n, len(path) - i
		}
		n = next
	}
	return n, 0
}

func (n *Node) step(step string) *Node {
	switch n.Kind {
	case Map:
		if e := n.Get(step); e != nil {
			return e.Node
		}
	case List:
		var i int
		if _, err := fmt.Sscanf(step, "%d", &i); err == nil && i >= 0 && i < len(n.Items) {
			return n.Items[i]
		}
	default: // a scalar holds nothing
	}
	return nil
}

// Any is the plain value: map[string]any, []any, string, int64, uint64, float64, bool or nil.
func (n *Node) Any() any {
	switch n.Kind {
	case Map:
		m := make(map[string]any, len(n.Entries))
		for _, e := range n.Entries {
			m[e.Key] = e.Node.Any()
		}
		return m
	case List:
		list := make([]any, 0, len(n.Items))
		for _, item := range n.Items {
			list = append(list, item.Any())
		}
		return list
	default:
		return n.Value
	}
}

// builder turns the library's tree into ours, noting faults that the library lets pass.
type builder struct {
	file   string
	faults []Fault
}

func (b *builder) fault(n ast.Node, msg, hint string) {
	if len(b.faults) >= maxFaults {
		return
	}
	p := n.GetToken().Position
	b.faults = append(b.faults, Fault{File: b.file, Line: p.Line, Column: p.Column, Message: msg, Hint: hint})
}

func (b *builder) node(n ast.Node, depth int) *Node {
	p := n.GetToken().Position
	out := &Node{Line: p.Line, Col: p.Column}
	if depth > maxDepth {
		b.fault(n, fmt.Sprintf("The values are nested deeper than %d levels.", maxDepth), "Use fewer levels.")
		return out
	}
	switch v := n.(type) {
	case *ast.MappingNode:
		out.Kind = Map
		if len(v.Values) > 0 && !v.IsFlowStyle {
			k := v.Values[0].Key.GetToken().Position
			out.Line, out.Col = k.Line, k.Column
		}
		seen := make(map[string]int, len(v.Values))
		for _, e := range v.Values {
			b.entry(out, e, depth, seen)
		}
	case *ast.MappingValueNode:
		k := v.Key.GetToken().Position
		out.Kind, out.Line, out.Col = Map, k.Line, k.Column
		b.entry(out, v, depth, map[string]int{})
	case *ast.SequenceNode:
		out.Kind = List
		for _, item := range v.Values {
			out.Items = append(out.Items, b.node(item, depth+1))
		}
	default:
		b.scalar(out, n)
	}
	return out
}

// entry adds one key to out; seen holds the line of each key so far.
func (b *builder) entry(out *Node, e *ast.MappingValueNode, depth int, seen map[string]int) {
	key, ok := b.key(e.Key)
	if !ok {
		return
	}
	p := e.Key.GetToken().Position
	if line, twin := seen[key]; twin {
		b.fault(e.Key, fmt.Sprintf("The key %q stands here a second time (first on line %d).", clip(key), line), "Keep one of them.")
		return
	}
	seen[key] = p.Line
	value := &Node{Line: p.Line, Col: p.Column}
	if e.Value != nil {
		value = b.node(e.Value, depth+1)
	}
	if value.Kind == Null {
		value.Line, value.Col = p.Line, p.Column
	}
	out.Entries = append(out.Entries, Entry{Key: key, Line: p.Line, Col: p.Column, Node: value})
}

func (b *builder) key(k ast.MapKeyNode) (string, bool) {
	if s, ok := k.(ast.ScalarNode); ok {
		return s.GetToken().Value, true
	}
	b.fault(k, "This key is not plain text.", "Use a simple name before the colon.")
	return "", false
}

func (b *builder) scalar(out *Node, n ast.Node) {
	switch v := n.(type) {
	case *ast.NullNode:
		out.Kind = Null
	case *ast.BoolNode:
		out.Kind, out.Value, out.Text = Bool, v.Value, v.Token.Value
	case *ast.IntegerNode:
		out.Kind, out.Value, out.Text = Number, v.Value, v.Token.Value
	case *ast.FloatNode:
		out.Kind, out.Value, out.Text = Number, v.Value, v.Token.Value
	case *ast.StringNode:
		out.Kind, out.Value, out.Text = Text, v.Value, v.Value
	case *ast.LiteralNode:
		out.Kind, out.Value, out.Text = Text, v.Value.Value, strings.TrimRight(v.Value.Value, "\n")
	default:
		b.fault(n, "This value cannot be read.", "Use text, a number, true/false, a list or a group of keys.")
	}
}
