package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func dedupRun(t *testing.T, args ...string) string {
	t.Helper()
	var out bytes.Buffer
	root := rootCommand()
	root.SetOut(&out)
	root.SetArgs(append([]string{"eval", "dedup"}, args...))
	if err := root.ExecuteContext(t.Context()); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// TestEvalDedup runs the command on one file and on two, with a pattern, as text and as JSON.
func TestEvalDedup(t *testing.T) {
	t.Parallel()
	sets := filepath.Join(repo, "backend/internal/intake/linkage/evalset/testdata")
	out := dedupRun(t, filepath.Join(sets, "splink/fake_1000.csv"), "--truth-column", "cluster", "--json")
	var got map[string]json.RawMessage
	if err := json.Unmarshal([]byte(out), &got); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	for _, key := range []string{"records", "pairs", "auto", "with_review"} {
		if got[key] == nil {
			t.Errorf("no %q in %s", key, out)
		}
	}
	if len(got) != 4 || string(got["records"]) != "1000" || string(got["pairs"]) != "2031" {
		t.Errorf("%s", out)
	}
	var score struct{ Precision, Recall, F1 float64 }
	if err := json.Unmarshal(got["with_review"], &score); err != nil || score.F1 < .96 {
		t.Errorf("%v %+v", err, score)
	}

	dir := t.TempDir()
	for name, text := range map[string]string{
		"a.csv": "rec_id,name,email\nrec-1-org,Jordan Vega,jordan@acme.example\nrec-2-org,Ann Lee,ann@zeta.example\n",
		"b.csv": "rec_id,name,email\nrec-1-dup-0,Jordan Vegas,jordan@acme.example\nrec-3-dup-0,Omar Haas,omar@nova.example\n",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	out = dedupRun(t, filepath.Join(dir, "a.csv"), filepath.Join(dir, "b.csv"), "--truth-column", "rec_id", "--truth-pattern", "^rec-([0-9]+)-")
	if !strings.Contains(out, "4 records, 1 pairs") || strings.Contains(out, "rec_id") {
		t.Error(out)
	}
}
