package main

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"winnow/backend/internal/lead"
	"winnow/backend/internal/profile"
)

// examples is the folder of docs/examples as seen from here.
const examples = "../../../docs/examples"

// qualifyExample ranks the example's leads in process and answers the table and, in a file of that ending, everything.
func qualifyExample(t *testing.T, ending string) (table, file []byte) {
	t.Helper()
	var out, bars bytes.Buffer
	path := filepath.Join(t.TempDir(), "ranked"+ending)
	cmd := qualifyCommand()
	cmd.SilenceUsage, cmd.SilenceErrors = true, true
	cmd.SetOut(&out)
	cmd.SetErr(&bars)
	cmd.SetArgs([]string{filepath.Join(examples, "leads.jsonl"), "--profile", filepath.Join(examples, "profile"), "-o", path})
	if err := cmd.ExecuteContext(t.Context()); err != nil {
		t.Fatalf("%s\n%s", explain(err), bars.String())
	}
	return out.Bytes(), readFile(t, path)
}

func readFile(t *testing.T, path string) []byte {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// What docs/examples shows is what the product makes of these leads today, byte for byte.
func TestExamplesAreWhatTheProductMakes(t *testing.T) {
	t.Parallel()
	table, asCSV := qualifyExample(t, ".csv")
	again, asJSON := qualifyExample(t, ".json")
	if !bytes.Equal(table, again) {
		t.Error("two runs over the same file gave two tables")
	}
	for name, got := range map[string][]byte{"ranked.txt": table, "ranked.csv": asCSV, "ranked.json": asJSON} {
		if want := readFile(t, filepath.Join(examples, name)); !bytes.Equal(got, want) {
			t.Errorf("docs/examples/%s is not what the product makes; run scripts/examples.sh and look at the difference", name)
		}
	}
}

// Every quote of the example stands letter for letter in the lead's own field, at the place that is given.
func TestExampleQuotesAreVerbatim(t *testing.T) {
	t.Parallel()
	var rows []ranked
	if err := json.Unmarshal(readFile(t, filepath.Join(examples, "ranked.json")), &rows); err != nil {
		t.Fatal(err)
	}
	quotes := 0
	for _, r := range rows {
		fields := map[string]string{"content": r.Content, "title": r.Title, "company": r.Company, "location": r.Location}
		for _, p := range r.Proof {
			text := []rune(fields[p.Field])
			if p.Start < 0 || p.End > len(text) || string(text[p.Start:p.End]) != p.Quote {
				t.Errorf("%s: %q is not at %d–%d of %s", r.Name, p.Quote, p.Start, p.End, p.Field)
			}
			quotes++
		}
	}
	if len(rows) != 10 || quotes < 10 {
		t.Errorf("%d leads with %d quotes: the example shows too little", len(rows), quotes)
	}
}

// People graded the same leads beforehand; the example may differ from them in two of ten, and says so by showing both.
func TestExampleGradesAgreeWithPeople(t *testing.T) {
	t.Parallel()
	var rows []ranked
	if err := json.Unmarshal(readFile(t, filepath.Join(examples, "ranked.json")), &rows); err != nil {
		t.Fatal(err)
	}
	lines, err := csv.NewReader(bytes.NewReader(readFile(t, filepath.Join(examples, "labels.csv")))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	labels := map[string]string{}
	for _, l := range lines[1:] {
		labels[l[0]] = l[1]
	}
	agree := 0
	for _, r := range rows {
		if labels[r.Name] == "" {
			t.Errorf("%s has no label", r.Name)
		}
		if labels[r.Name] == r.Grade {
			agree++
		}
	}
	if agree < 8 {
		t.Errorf("only %d of %d grades are those of people", agree, len(rows))
	}
}

// The example's leads are the product's own sample leads, and its profile is one that the product takes.
func TestExampleInputIsTheSampleLeads(t *testing.T) {
	t.Parallel()
	samples, err := lead.Samples()
	if err != nil {
		t.Fatal(err)
	}
	lines := bytes.Split(bytes.TrimSpace(readFile(t, filepath.Join(examples, "leads.jsonl"))), []byte("\n"))
	if len(lines) != len(samples) {
		t.Fatalf("%d lines, %d samples", len(lines), len(samples))
	}
	for i, line := range lines {
		var m map[string]string
		if err := json.Unmarshal(line, &m); err != nil || m["content"] == "" || m["content"] != samples[i]["content"] {
			t.Errorf("line %d is not sample %d (%v)", i+1, i+1, err)
		}
	}
	if set, err := profile.LoadDir(filepath.Join(examples, "profile")); err != nil || set.Company.Name != "Stockline" {
		t.Error(set, err)
	}
}
