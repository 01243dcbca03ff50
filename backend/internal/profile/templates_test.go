package profile_test

import (
	"strings"
	"testing"

	"winnow/backend/internal/fault"
	"winnow/backend/internal/profile"
)

func TestTemplatesAreValidAndComplete(t *testing.T) {
	t.Parallel()
	list := profile.Templates()
	if len(list) != 4 {
		t.Fatal(len(list))
	}
	for _, tpl := range list {
		t.Run(tpl.Name, func(t *testing.T) {
			t.Parallel()
			docs, err := profile.TemplateFiles(tpl.Name)
			if err != nil {
				t.Fatal(err)
			}
			set, err := profile.Compile("x", 1, docs)
			if err != nil {
				t.Fatal(err)
			}
			if tpl.Title == "" || tpl.Description == "" || set.Company.DefaultRegion == "" || len(set.Company.Features) < 5 || len(set.Company.NotOffered) < 3 ||
				len(set.Audience.Exclusions) < 5 || len(set.Audience.Seniority.Influencer) < 5 || len(set.PainPoints.PainPoints) < 6 {
				t.Error("the template is thin")
			}
			if !strings.HasSuffix(set.Company.Website, ".example") {
				t.Error("an invented company needs an .example address")
			}
			for _, p := range set.PainPoints.PainPoints {
				if len(p.Phrases) < 5 || p.Description == "" {
					t.Errorf("%s has few phrases or no description", p.ID)
				}
			}
		})
	}
}

func TestUnknownTemplateIsNotFoundWithAHint(t *testing.T) {
	t.Parallel()
	_, err := profile.TemplateFiles("service")
	if !fault.Is(err, fault.NotFound) || !strings.Contains(err.Error(), `Did you mean "services"?`) {
		t.Error(err)
	}
	if _, err := profile.TemplateFiles("../schema"); !fault.Is(err, fault.NotFound) {
		t.Error(err)
	}
}
