package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// importRun calls `winnow import` in the workspace of the environment.
func importRun(t *testing.T, args ...string) (stdout, stderr string, err error) {
	t.Helper()
	var out, bars bytes.Buffer
	root := rootCommand()
	root.SetOut(&out)
	root.SetErr(&bars)
	root.SetArgs(append([]string{"import"}, args...))
	err = root.ExecuteContext(t.Context())
	return out.String(), bars.String(), err
}

func TestImportCommand(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("WINNOW_DATA_DIR", filepath.Join(dir, "data"))
	write := func(name, content string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	leads := write("leads.csv", "Name,Email,Firma X\nJo,jo@acme.example,Acme\nAl,al@acme.example,Bolt\n,,nobody\n")
	messages := write("messages.csv", "CONVERSATION ID,FROM,CONTENT,FOLDER\n1,A,hi,INBOX\n")

	out, _, err := importRun(t, "--dry-run", leads)
	if err != nil || !strings.Contains(out, "would be 2 new") || !strings.Contains(out, "1 rejected") {
		t.Errorf("%v %q", err, out)
	}
	rejects := filepath.Join(dir, "rejects.csv")
	out, _, err = importRun(t, "--json", "--mapping", "Firma X=company", "--rejects", rejects, leads)
	if err != nil {
		t.Fatal(err)
	}
	named, _, err := importRun(t, "--json", messages)
	if err != nil {
		t.Fatal(err)
	}
	out += named
	var first, second importReport
	d := json.NewDecoder(strings.NewReader(out))
	if err := d.Decode(&first); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	if err := d.Decode(&second); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	// The third row has a company once the column is mapped, so nothing is rejected.
	if first.Created != 3 || first.Rejected != 0 || first.Mapping["Firma X"] != "company" || !strings.Contains(second.Error, "messages") || second.RowsTotal != 0 {
		t.Errorf("%+v %+v", first, second)
	}
	broken := write("broken.csv", "Name,Email\n,broken@\nEve,eve@acme.example\n")
	out, bars, err := importRun(t, "--rejects", rejects, broken)
	if err != nil || !strings.Contains(out, "1 new") || !strings.Contains(bars, "1 rejected row is in") {
		t.Errorf("%v %q %q", err, out, bars)
	}
	report, err := os.ReadFile(rejects)
	if err != nil || !strings.Contains(string(report), "email_invalid") || !strings.Contains(string(report), "broken@") {
		t.Errorf("%v %q", err, report)
	}
	out, _, err = importRun(t, leads)
	if err != nil || !strings.Contains(out, "0 new") {
		t.Errorf("again: %v %q", err, out)
	}
	for name, args := range map[string][]string{
		"no file":      {filepath.Join(dir, "none.csv")},
		"bad mapping":  {"--mapping", "Nope=company", leads},
		"not a pair":   {"--mapping", "nonsense", leads},
		"bad region":   {"--region", "Atlantis", leads},
		"empty":        {write("empty.csv", "")},
		"one is wrong": {leads, filepath.Join(dir, "none.csv")},
	} {
		if _, _, err := importRun(t, args...); err == nil || exitCode(err) != 2 {
			t.Errorf("%s: %v, exit code %d", name, err, exitCode(err))
		}
	}
}
