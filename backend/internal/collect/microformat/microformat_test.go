package microformat_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"winnow/backend/internal/collect/microformat"
	"winnow/backend/internal/collect/page"
)

// The published tests of h-card: every item, property by property.
func TestPublishedCards(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("testdata/*.html")
	if err != nil || len(files) < 20 {
		t.Fatalf("%d test pages: %v", len(files), err)
	}
	for _, f := range files {
		t.Run(strings.TrimSuffix(filepath.Base(f), ".html"), func(t *testing.T) {
			t.Parallel()
			body, err := os.ReadFile(f)
			if err != nil {
				t.Fatal(err)
			}
			want := struct {
				Items []any `json:"items"`
			}{}
			answer, err := os.ReadFile(strings.TrimSuffix(f, ".html") + ".json")
			if err == nil {
				err = json.Unmarshal(answer, &want)
			}
			if err != nil {
				t.Fatal(err)
			}
			var r page.Reading
			p := page.ParseHTML(page.Document{URL: "http://example.com/", Body: body}, &r)
			out, err := json.Marshal(microformat.Parse(p))
			if err != nil {
				t.Fatal(err)
			}
			var got []any
			if err := json.Unmarshal(out, &got); err != nil {
				t.Fatal(err)
			}
			if !reflect.DeepEqual(fold(got), fold(want.Items)) {
				show, _ := json.MarshalIndent(want.Items, "", " ")
				t.Errorf("got  %s\nwant %s", out, show)
			}
		})
	}
}

// fold makes one blank of many: how blanks inside a value are folded differs between the suite's own versions.
func fold(v any) any {
	switch t := v.(type) {
	case string:
		return strings.Join(strings.Fields(t), " ")
	case []any:
		for i := range t {
			t[i] = fold(t[i])
		}
	case map[string]any:
		for k := range t {
			t[k] = fold(t[k])
		}
	}
	return v
}
