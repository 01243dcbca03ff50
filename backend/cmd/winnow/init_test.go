package main

import (
	"path/filepath"
	"strings"
	"testing"

	"winnow/backend/internal/fault"
	"winnow/backend/internal/profile"
)

// initOut runs winnow init and returns what it printed.
func initOut(t *testing.T, in string, args ...string) (string, error) {
	t.Helper()
	var out strings.Builder
	cmd := initCommand()
	cmd.SilenceUsage, cmd.SilenceErrors = true, true
	cmd.SetArgs(args)
	cmd.SetIn(strings.NewReader(in))
	cmd.SetOut(&out)
	err := cmd.ExecuteContext(t.Context())
	return out.String(), err
}

func TestInitWritesAProfileFromFlags(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "p")
	out, err := initOut(t, "", "--yes", "--dir", dir, "--template", "services", "--name", "Nord", "--email", "a@nord.example", "--industries", "dentists,vets", "--min-employees", "0", "--drop-pains", "long-waits")
	if err != nil || !strings.Contains(out, filepath.Join(dir, "company.yaml")) {
		t.Fatal(out, err)
	}
	set, err := profile.LoadDir(dir)
	if err != nil || set.Company.Name != "Nord" || strings.Join(set.Audience.Industries, "|") != "dentists|vets" || set.Audience.CompanySize.MinEmployees != 0 || set.Audience.CompanySize.MaxEmployees != 200 || len(set.PainPoints.PainPoints) != 7 {
		t.Errorf("%+v %v", set, err)
	}
	if _, err := initOut(t, "", "--yes", "--dir", dir); !fault.Is(err, fault.Conflict) {
		t.Error("existing files must stay", err)
	}
}
