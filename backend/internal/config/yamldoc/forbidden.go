package yamldoc

import (
	"fmt"

	"github.com/goccy/go-yaml/token"
)

// maxFaults bounds how many faults of one kind of check are told.
const maxFaults = 20

// maxKeys bounds the keys of a file.
const maxKeys = 10_000

// guard looks at the flat list of tokens before anything recurses over them: the parser's cost grows with the square
// of the depth and of the number of keys, so both are bounded here.
type guard struct {
	file   string
	faults []Fault
	flow   int   // open brackets
	block  []int // columns at which the open block lists and maps begin
	keys   int   // so far
	over   bool  // depth or keys passed their bound
}

func forbidden(file string, tokens token.Tokens) []Fault {
	g := guard{file: file}
	for _, t := range tokens {
		g.look(t)
		if g.over || len(g.faults) >= maxFaults {
			break
		}
	}
	return g.faults
}

func (g *guard) add(t *token.Token, msg, hint string) {
	g.faults = append(g.faults, Fault{File: g.file, Line: t.Position.Line, Column: t.Position.Column, Message: msg, Hint: hint})
}

func (g *guard) look(t *token.Token) {
	switch t.Type {
	case token.AnchorType, token.AliasType, token.MergeKeyType:
		g.add(t, "Anchors, aliases and merge keys (&name, *name, <<) are not read.", "Write the value out, or quote the text if the sign is meant literally.")
	case token.TagType:
		g.add(t, fmt.Sprintf("The tag %s is not read.", clip(t.Value)), "Remove it, or quote the text if the ! is meant literally.")
	case token.DirectiveType:
		g.add(t, "YAML directives (%) are not read.", "Remove the line.")
	case token.SequenceStartType, token.MappingStartType:
		g.flow++
	case token.SequenceEndType, token.MappingEndType:
		g.flow--
	case token.SequenceEntryType, token.MappingKeyType:
		g.open(t)
	case token.MappingValueType:
		if g.keys++; g.keys == maxKeys+1 {
			g.over = true
			g.add(t, fmt.Sprintf("The file has more than %d keys.", maxKeys), "Split or shorten it.")
		}
		if t.Prev != nil {
			g.open(t.Prev)
		}
	default: // scalars, comments and separators nest nothing
	}
	if g.flow+len(g.block) > maxDepth {
		g.over = true
		g.add(t, fmt.Sprintf("The values are nested deeper than %d levels.", maxDepth), "Use fewer levels.")
	}
}

// open notes that a block list or map begins at a token's column, which closes those that began further right.
func (g *guard) open(t *token.Token) {
	if g.flow > 0 {
		return
	}
	col := t.Position.Column
	for len(g.block) > 0 && g.block[len(g.block)-1] > col {
		g.block = g.block[:len(g.block)-1]
	}
	if len(g.block) == 0 || g.block[len(g.block)-1] < col {
		g.block = append(g.block, col)
	}
}
