package wizard_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"winnow/backend/internal/fault"
	"winnow/backend/internal/profile"
	"winnow/backend/internal/profile/wizard"
)

func TestAskFillsAProfileAndExplainsAnswersThatDoNotFit(t *testing.T) {
	t.Parallel()
	typed := []string{
		"shops", "3", // an unknown template, then the third: retail
		"Nord Laden", "nord.example", "https://nord.example", "", "One till for all.", "hello@nord.example", "Germany", "de",
		"", "shoes; bikes", "Germany, Austria", "", "many", "30", "10", "300",
		"9", "1 2",
	}
	var out strings.Builder
	a, template, err := wizard.Ask(strings.NewReader(strings.Join(typed, "\n")+"\n"), &out, profile.Answers{}, "")
	if err != nil {
		t.Fatalf("%v\n%s", err, out.String())
	}
	docs, err := profile.Compose(a, template)
	if err != nil {
		t.Fatal(err)
	}
	set, err := profile.Compile("x", 1, docs)
	if err != nil {
		t.Fatal(err)
	}
	if template != "retail" || set.Company.Name != "Nord Laden" || set.Company.Website != "https://nord.example" || set.Company.OneLiner != "One till for all." ||
		set.Company.DefaultRegion != "DE" || set.Company.Contact["email"] != "hello@nord.example" || strings.Join(set.Audience.Industries, "|") != "shoes|bikes" ||
		strings.Join(set.Audience.Geographies, "|") != "Germany|Austria" || set.Audience.CompanySize != (profile.CompanySize{MinEmployees: 30, MaxEmployees: 300}) ||
		len(set.PainPoints.PainPoints) != 6 || set.PainPoints.PainPoints[0].ID != "slow-till" {
		t.Errorf("%+v\n%s", set, out.String())
	}
	for _, want := range []string{`There is no template "shops".`, "not a web address", "not a country code", `"many" is not a whole number`, "less than min_employees", `"9" is not a number from 1 to 8`} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("%q was not said:\n%s", want, out.String())
		}
	}
}

func TestAskDoesNotAskWhatFlagsAnswered(t *testing.T) {
	t.Parallel()
	n := 5
	given := profile.Answers{
		Name: "N", Website: "https://n.example", Category: "c", OneLiner: "o", Email: "e@n.example", Region: "GB", Competitors: []string{"x"}, Industries: []string{"i"},
		Geographies: []string{"g"}, DecisionMakers: []string{"owner"}, MinEmployees: &n, MaxEmployees: &n, DropPains: []string{"no-figures"},
	}
	var out strings.Builder
	a, template, err := wizard.Ask(strings.NewReader(""), &out, given, "retail")
	if err != nil || template != "retail" || a.Name != "N" || strings.Contains(out.String(), "]:") {
		t.Error(a, template, err, out.String())
	}
}

func TestAskFaults(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, in, template, want string
		given                    profile.Answers
		kind                     fault.Kind
	}{
		{name: "input ends", in: "1\nN\n", kind: fault.Invalid, want: "nothing was written"},
		{name: "unknown template", template: "nope", kind: fault.NotFound, want: "no template"},
		{name: "a flag that does not fit", template: "saas", given: profile.Answers{Region: "Germany"}, kind: fault.Invalid, want: "country code"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			_, _, err := wizard.Ask(strings.NewReader(tt.in), &strings.Builder{}, tt.given, tt.template)
			if !fault.Is(err, tt.kind) || !strings.Contains(err.Error(), tt.want) {
				t.Error(err)
			}
		})
	}
}

func TestWriteFilesKeepsWhatIsThere(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "a", "profile")
	docs, err := profile.TemplateFiles("saas")
	if err != nil {
		t.Fatal(err)
	}
	paths, err := wizard.WriteFiles(dir, docs, false)
	if err != nil || len(paths) != 3 {
		t.Fatal(paths, err)
	}
	if set, err := profile.LoadDir(dir); err != nil || set.Company.Name != "Queuewell" {
		t.Fatal(set, err)
	}
	if err := os.WriteFile(paths[0], []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := wizard.WriteFiles(dir, docs, false); !fault.Is(err, fault.Conflict) || !strings.Contains(err.Error(), "company.yaml") {
		t.Error(err)
	}
	if have, _ := os.ReadFile(paths[0]); string(have) != "mine" {
		t.Error("an existing file was replaced")
	}
	if _, err := wizard.WriteFiles(dir, docs, true); err != nil {
		t.Fatal(err)
	}
	old, _ := os.ReadFile(paths[0] + ".bak")
	if now, _ := os.ReadFile(paths[0]); string(now) != docs["company"] || string(old) != "mine" {
		t.Error("force must replace and keep the old one")
	}
	if left, _ := filepath.Glob(filepath.Join(dir, ".profile-*")); len(left) > 0 {
		t.Error("left behind:", left)
	}
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := wizard.WriteFiles(file, docs, false); !fault.Is(err, fault.Unavailable) {
		t.Error(err)
	}
}
