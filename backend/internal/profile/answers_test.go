package profile_test

import (
	"maps"
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"winnow/backend/internal/fault"
	"winnow/backend/internal/profile"
)

func composed(t *testing.T, a profile.Answers, template string) (map[string]string, *profile.Set) {
	t.Helper()
	docs, err := profile.Compose(a, template)
	if err != nil {
		t.Fatal(err)
	}
	set, err := profile.Compile("x", 1, docs)
	if err != nil {
		t.Fatal(err)
	}
	return docs, set
}

func TestComposeWithoutAnswersIsTheTemplateItself(t *testing.T) {
	t.Parallel()
	docs, _ := composed(t, profile.Answers{}, "retail")
	if !maps.Equal(docs, docsOf(t, "retail")) {
		t.Error("the template's text was changed")
	}
}

func TestComposeFillsInAnswersAndDropsTheInventedCompany(t *testing.T) {
	t.Parallel()
	least, most := 20, 0
	docs, set := composed(t, profile.Answers{
		Name: "Nord: Werk", Website: "https://nord.example", OneLiner: "Wir machen's einfach – # 1", Email: "yes", Phone: "0049 30 1", Region: "de",
		Industries: []string{"24", "yes", "- dash", "a: b"}, MinEmployees: &least, MaxEmployees: &most, QualifiedFrom: "A",
		DropPains: []string{"gst-compliance"}, Pains: []profile.PainPoint{{ID: "order-chaos", Name: "Chaos", Weight: 3, Phrases: []string{"null", "say \"no\"\nnow"}}},
	}, "manufacturing")
	c := set.Company
	if c.Name != "Nord: Werk" || c.Website != "https://nord.example" || c.OneLiner != "Wir machen's einfach – # 1" || c.DefaultRegion != "DE" ||
		!maps.Equal(c.Contact, map[string]string{"email": "yes", "phone": "0049 30 1"}) || len(c.Competitors) != 0 || len(c.Pricing) != 0 || len(c.Features) == 0 {
		t.Errorf("%+v", c)
	}
	if strings.Contains(docs["company"], "Stockline") || !strings.Contains(c.Description, "Nord: Werk replaces") {
		t.Error("the invented company is still there:", docs["company"])
	}
	a := set.Audience
	if !reflect.DeepEqual(a.Industries, []string{"24", "yes", "- dash", "a: b"}) || a.CompanySize != (profile.CompanySize{MinEmployees: 20}) || a.QualifiedFrom != "A" || len(a.Exclusions) == 0 {
		t.Errorf("%+v", a)
	}
	pains := set.PainPoints.PainPoints
	last := pains[len(pains)-1]
	if len(pains) != 7 || last.ID != "order-chaos" || last.Weight != 3 || !reflect.DeepEqual(last.Phrases, []string{"null", "say \"no\"\nnow"}) {
		t.Errorf("%+v", pains)
	}
	if !strings.Contains(docs["company"], "# Our company's name") || !strings.HasPrefix(docs["audience"], "# audience.yaml: to whom we sell\n") {
		t.Error("comments are missing:", docs["company"])
	}
}

func TestComposeRefusesAnswersThatDoNotFit(t *testing.T) {
	t.Parallel()
	for what, a := range map[string]profile.Answers{
		"web address": {Website: "nord.example"}, "country code": {Region: "Germany"}, "Use one of": {QualifiedFrom: "E"},
		"used twice": {Pains: []profile.PainPoint{{ID: "a", Name: "A", Weight: 1, Phrases: []string{"x"}}, {ID: "a", Name: "A", Weight: 1, Phrases: []string{"x"}}}},
	} {
		_, err := profile.Compose(a, "saas")
		if !fault.Is(err, fault.Invalid) || !strings.Contains(err.Error(), what) {
			t.Errorf("%s: %v", what, err)
		}
	}
	if _, err := profile.Compose(profile.Answers{}, "none"); !fault.Is(err, fault.NotFound) {
		t.Error(err)
	}
}

// Whatever people answer, the written documents say just that when read again.
func TestComposedDocumentsReadBackAsAnswered(t *testing.T) {
	t.Parallel()
	word := rapid.Custom(func(t *rapid.T) string {
		s := rapid.StringOfN(rapid.RuneFrom([]rune("aZ09 -:#'\"[]{}&*!|>%@,?~\\/.\näß–漢🙂")), 1, 40, 160).Draw(t, "s")
		if s = strings.TrimSpace(s); s == "" {
			return "x"
		}
		return s
	})
	rapid.Check(t, func(t *rapid.T) {
		a := profile.Answers{Name: word.Draw(t, "name"), OneLiner: word.Draw(t, "line"), Features: rapid.SliceOfN(word, 1, 4).Draw(t, "features"), Email: word.Draw(t, "email")}
		docs, err := profile.Compose(a, "saas")
		if err != nil {
			t.Fatal(err)
		}
		set, err := profile.Compile("x", 1, docs)
		if err != nil {
			t.Fatal(err)
		}
		if set.Company.Name != a.Name || set.Company.OneLiner != a.OneLiner || !reflect.DeepEqual(set.Company.Features, a.Features) || set.Company.Contact["email"] != a.Email {
			t.Fatalf("asked %+v\nread %+v\n%s", a, set.Company, docs["company"])
		}
	})
}
