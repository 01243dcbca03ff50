package evalset_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"winnow/backend/internal/collect/evalset"
)

func run(t *testing.T, dir string) evalset.Report {
	t.Helper()
	cases, err := evalset.Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	r, err := evalset.Run(cases)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// What docs/benchmarks.md says of the pages that we know must stay true.
func TestKnownPagesAreRead(t *testing.T) {
	t.Parallel()
	for dir, connectors := range map[string][]string{
		"testdata/given":         {"feeds", "indiamart", "linkedin", "maps", "websites"},
		"testdata/unseen/first":  {"feeds", "google_places", "indiamart", "linkedin", "website"},
		"testdata/unseen/second": {"feeds", "google_places", "indiamart", "linkedin", "website"},
		"testdata/unseen/third":  {"feeds", "google_places", "indiamart", "linkedin", "website"},
		"testdata/unseen/fourth": {"indiamart", "linkedin", "website"},
	} {
		r := run(t, dir)
		for _, name := range connectors {
			c := r[name]
			if c == nil || c.N == 0 {
				t.Errorf("%s: no page of %s was scored", dir, name)
				continue
			}
			if c.Precision < 0.96 || c.Recall < 0.96 {
				t.Errorf("%s %s: precision %.3f, recall %.3f\n%s", dir, name, c.Precision, c.Recall, r.Text(true))
			}
		}
	}
}

// A measurement that cannot fail is none: wrong, missing and invented values must each show.
func TestWrongAnswersCost(t *testing.T) {
	t.Parallel()
	const html = `<html lang="en"><head><title>Team | Acme</title></head><body><h3>Ada Example</h3><p>CEO</p><p>ada@acme.example</p>
		<h3>Bo Sample</h3><p>CTO</p><p>bo@acme.example</p></body></html>`
	tests := map[string]struct {
		answer            string
		precision, recall float64 // upper bounds; 2 means: exactly 1
	}{
		"right":             {`[{"name":"Ada Example","title":"CEO","email":"ADA@acme.example"},{"name":"Bo Sample","title":"CTO","email":"bo@acme.example"}]`, 2, 2},
		"addresses swapped": {`[{"name":"Ada Example","title":"CEO","email":"bo@acme.example"},{"name":"Bo Sample","title":"CTO","email":"ada@acme.example"}]`, 0.9, 0.7},
		"somebody missing":  {`[{"name":"Ada Example","title":"CEO","email":"ada@acme.example"},{"name":"Cy Other","title":"CFO"}]`, 0.9, 0.7},
		"somebody too many": {`[{"name":"Ada Example","title":"CEO","email":"ada@acme.example"}]`, 0.6, 2},
		"nothing there":     {`[]`, 0.1, 2},
		"another value":     {`[{"name":"Ada Example","title":"Cook","email":"ada@acme.example"},{"name":"Bo Sample","title":"CTO","email":"bo@acme.example"}]`, 0.9, 0.9},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			write(t, dir, "website/team.html", html)
			write(t, dir, "website/team.expected.json", tt.answer)
			c := run(t, dir)["website"]
			check(t, "precision", c.Precision, tt.precision)
			check(t, "recall", c.Recall, tt.recall)
		})
	}
}

func check(t *testing.T, what string, got, bound float64) {
	t.Helper()
	if bound == 2 && got != 1 || bound < 2 && got > bound {
		t.Errorf("%s is %.3f, expected %v (2 means 1)", what, got, bound)
	}
}

func write(t *testing.T, dir, name, body string) {
	t.Helper()
	path := filepath.Join(dir, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(body), 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestReportShape(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	write(t, dir, "indiamart/push.json", `{"RESPONSE":{"UNIQUE_QUERY_ID":"1","SENDER_NAME":"Arun","QUERY_TYPE":"W"}}`)
	write(t, dir, "indiamart/push.expected.json", `[{"name":"Arun","source_id":"1"}]`)
	write(t, dir, "website/open.html", `<p>nothing</p>`)
	out, err := json.Marshal(run(t, dir))
	if err != nil {
		t.Fatal(err)
	}
	var got map[string]struct {
		Precision *float64 `json:"precision"`
		Recall    *float64 `json:"recall"`
		N         int      `json:"n"`
		Unscored  []string `json:"unscored"`
	}
	if err := json.Unmarshal(out, &got); err != nil {
		t.Fatal(err)
	}
	if g := got["indiamart"]; g.Precision == nil || *g.Precision != 1 || *g.Recall != 1 || g.N != 1 {
		t.Errorf("indiamart: %s", out)
	}
	if g := got["website"]; g.N != 0 || len(g.Unscored) != 1 || g.Unscored[0] != "website/open.html" {
		t.Errorf("website: %s", out)
	}
}

func TestBadFoldersAreRefused(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if _, err := evalset.Load(dir); err == nil {
		t.Error("an empty folder was measured")
	}
	if _, err := evalset.Load(filepath.Join(dir, "none")); err == nil {
		t.Error("a missing folder was measured")
	}
	write(t, dir, "website/a.html", "<p>x")
	write(t, dir, "website/a.expected.json", `[1,2]`)
	if _, err := evalset.Load(dir); err == nil || !strings.Contains(err.Error(), "a.expected.json") {
		t.Errorf("a broken answer: %v", err)
	}
	other := t.TempDir()
	write(t, other, "fax/a.html", "<p>x")
	write(t, other, "fax/a.expected.json", `[]`)
	cases, err := evalset.Load(other)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := evalset.Run(cases); err == nil {
		t.Error("a folder that no connector reads was scored")
	}
}
