package yamldoc_test

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"winnow/backend/internal/config/yamldoc"
)

func TestParseKeepsValuesAndPlaces(t *testing.T) {
	t.Parallel()
	src := "\ufeff# note\na: 1\nb:\n  - x\n  - {c: 'yes', d: 2.5}\ne: >\n  two\n  lines\nf:\ng: [true, null]\n\"h i\": 9007199254740993\n"
	n, faults := yamldoc.Parse("f.yaml", []byte(src))
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	want := map[string]any{
		"a": uint64(1), "b": []any{"x", map[string]any{"c": "yes", "d": 2.5}}, "e": "two lines\n", "f": nil,
		"g": []any{true, nil}, "h i": uint64(9007199254740993),
	}
	if got := n.Any(); !reflect.DeepEqual(got, want) {
		t.Errorf("got %#v", got)
	}
	for path, place := range map[string][2]int{"a": {2, 4}, "b": {4, 3}, "b/1/d": {5, 19}, "f": {9, 1}, "g/0": {10, 5}, "h i": {11, 8}} {
		at, left := n.At(strings.Split(path, "/")...)
		if left != 0 || at.Line != place[0] || at.Col != place[1] {
			t.Errorf("%s: %d:%d (%d steps away), want %v", path, at.Line, at.Col, left, place)
		}
	}
	if at, left := n.At("b", "7", "c"); left != 2 || at.Kind != yamldoc.List {
		t.Errorf("a missing step must stop at its parent: %+v, %d", at, left)
	}
}

func TestA29_ParseRefusesHostileAndBrokenFiles(t *testing.T) {
	t.Parallel()
	var bomb strings.Builder
	bomb.WriteString("a: &a [x,x,x,x,x,x,x,x,x]\n")
	for i := 'b'; i < 'k'; i++ {
		fmt.Fprintf(&bomb, "%c: &%c [*%c,*%c,*%c,*%c,*%c,*%c,*%c,*%c,*%c]\n", i, i, i-1, i-1, i-1, i-1, i-1, i-1, i-1, i-1, i-1)
	}
	tests := []struct{ name, src, want string }{
		{"alias bomb", bomb.String(), "f.yaml:1:4: Anchors, aliases and merge keys"},
		{"merge key", "a: 1\n<<: {b: 2}", "f.yaml:2:1: Anchors"},
		{"tag", "a: !!binary aGk=", "f.yaml:1:4: The tag !!binary is not read."},
		{"oversize", strings.Repeat("a", yamldoc.MaxBytes+1), "f.yaml: The file is 1048577 bytes"},
		{"binary", "a: \x00", "f.yaml: The file is not text"},
		{"Windows-1252", "a: caf\xe9", "f.yaml: The file is not valid UTF-8."},
		{"open bracket", "a: [1, 2\nb: 3", "f.yaml:"},
		{"tab", "a:\n\tb: 1", "f.yaml:2:"},
		{"wrong indent", "a:\n  b: 1\n c: 2", "f.yaml:3:"},
		{"open quote", "a: \"x\nb: 2\n", "f.yaml:"},
		{"two documents", "a: 1\n---\nb: 2", "f.yaml:3:2: A second document"},
		{"twin key", "a: 1\nb: 2\na: 3", "f.yaml:3:1: The key \"a\" stands here a second time (first on line 1)."},
		{"list as key", "? [a]\n: 1", "f.yaml:2:"},
		{"infinity", "a: .inf", "f.yaml:1:4: This value cannot be read."},
		{"bracket flood", strings.Repeat("[", 500_000), "f.yaml:1:33: The values are nested deeper"},
		{"dash flood", strings.Repeat("- ", 500_000) + "a", "deeper than 32 levels"},
		{"question flood", strings.Repeat("? ", 500_000) + "a", "deeper than 32 levels"},
		{"indent flood", staircase(1400), "deeper than 32 levels"},
		{"colon flood", strings.Repeat("a: ", 300_000), "deeper than 32 levels"},
		{"key flood", strings.Repeat("a: 1\n", 200_000), "The file has more than 10000 keys."},
		{"directive", "%YAML 1.1\n---\na: 1", "f.yaml:1:1: YAML directives"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			_, faults := yamldoc.Parse("f.yaml", []byte(tt.src))
			if len(faults) == 0 {
				t.Fatal("accepted")
			}
			if got := faults[0].String(); !strings.Contains(got, tt.want) || faults[0].Hint == "" {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

// staircase is n maps within each other, about n²/2 bytes.
func staircase(n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(strings.Repeat(" ", i) + "a:\n")
	}
	return b.String()
}

func TestAnEmptyFileIsNothing(t *testing.T) {
	t.Parallel()
	for _, src := range []string{"", "\n\n", "# only a note\n", "---\n"} {
		if n, faults := yamldoc.Parse("f", []byte(src)); len(faults) > 0 || n.Kind != yamldoc.Null {
			t.Errorf("%q: %+v %v", src, n, faults)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"a: 1", "- {a: [b]}", "a: |\n x\n", "? a\n: b", "a: &x *x", "\"\\u", "a: 'x", "!!a", "%A"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		n, faults := yamldoc.Parse("f", src)
		if n == nil && len(faults) == 0 {
			t.Error("neither a tree nor a fault")
		}
		if n != nil {
			n.Any()
		}
	})
}
