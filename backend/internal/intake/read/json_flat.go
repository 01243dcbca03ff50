package read

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
)

const (
	maxDepth = 24 // of nested objects in one record
	maxItems = 10 // of a list of objects that are flattened; the rest is left out
)

var errTooDeep = errors.New("nested too deep")

// pair is one value of a record under its dotted name.
type pair struct{ key, value string }

// flatten reads one JSON value from dec: nested objects become dotted names in their order, lists of plain values are
// joined by "; ", lists of objects are numbered.
func flatten(dec *json.Decoder, prefix string, depth int, out []pair) ([]pair, error) {
	if depth > maxDepth {
		return out, errTooDeep
	}
	tok, err := dec.Token()
	if err != nil {
		return out, err
	}
	switch v := tok.(type) {
	case json.Delim:
		if v == '{' {
			return flattenObject(dec, prefix, depth, out)
		}
		return flattenList(dec, prefix, depth, out)
	case nil:
		return append(out, pair{prefix, ""}), nil
	default:
		return append(out, pair{prefix, fmt.Sprint(v)}), nil
	}
}

func flattenObject(dec *json.Decoder, prefix string, depth int, out []pair) ([]pair, error) {
	for dec.More() {
		tok, err := dec.Token()
		if err != nil {
			return out, err
		}
		key, _ := tok.(string)
		if prefix != "" {
			key = prefix + "." + key
		}
		if out, err = flatten(dec, key, depth+1, out); err != nil {
			return out, err
		}
	}
	_, err := dec.Token()
	return out, err
}

func flattenList(dec *json.Decoder, prefix string, depth int, out []pair) ([]pair, error) {
	var plain []string
	for i := 0; dec.More(); i++ {
		item, err := flatten(dec, "", depth+1, nil)
		if err != nil {
			return out, err
		}
		for _, p := range item {
			switch {
			case p.key == "":
				plain = append(plain, p.value)
			case i < maxItems:
				out = append(out, pair{fmt.Sprintf("%s.%d.%s", prefix, i, p.key), p.value})
			}
		}
	}
	if plain != nil {
		out = append(out, pair{prefix, strings.Join(plain, "; ")})
	}
	_, err := dec.Token()
	return out, err
}

// keys collects the names of columns in order of their first appearance.
type keys struct {
	names []string
	index map[string]int
}

func (k *keys) add(pairs []pair) {
	if k.index == nil {
		k.index = map[string]int{}
	}
	for _, p := range pairs {
		if _, known := k.index[p.key]; !known && len(k.names) < MaxColumns && p.key != "" {
			k.index[p.key] = len(k.names)
			k.names = append(k.names, cut(p.key, 200))
		}
	}
}

func (k *keys) cells(pairs []pair) []string {
	cells := make([]string, len(k.names))
	for _, p := range pairs {
		if i, ok := k.index[p.key]; ok {
			if cells[i] != "" && p.value != "" && cells[i] != p.value {
				cells[i] += "; " + p.value
			} else if p.value != "" {
				cells[i] = p.value
			}
		}
	}
	return cells
}
