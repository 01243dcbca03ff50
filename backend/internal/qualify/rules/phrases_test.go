package rules_test

import (
	"path/filepath"
	"testing"

	"winnow/backend/internal/profile"
	"winnow/backend/internal/qualify"
	"winnow/backend/internal/qualify/rules"
)

// TestProfilesHearTheirOwnPhrases posts every phrase of a profile as it stands and asks for its pain back.
func TestProfilesHearTheirOwnPhrases(t *testing.T) {
	t.Parallel()
	a, err := rules.New()
	if err != nil {
		t.Fatal(err)
	}
	dirs, err := filepath.Glob("../../profile/templates/*")
	if err != nil {
		t.Fatal(err)
	}
	own, err := filepath.Glob("../evalset/testdata/profiles/*")
	if err != nil {
		t.Fatal(err)
	}
	for _, dir := range append(dirs, own...) {
		t.Run(filepath.Base(dir), func(t *testing.T) {
			t.Parallel()
			set, err := profile.LoadDir(dir)
			if err != nil {
				t.Fatal(err)
			}
			heard, all := 0, 0
			for _, p := range set.PainPoints.PainPoints {
				for _, phrase := range p.Phrases {
					all++
					if got := pains(t, a, set, "We have a problem here: "+phrase+". It happens every week."); got[p.ID] {
						heard++
					} else {
						t.Logf("%s: %q was heard as %v", p.ID, phrase, got)
					}
				}
			}
			if heard*10 < all*8 {
				t.Errorf("only %d of %d phrases were heard as their own pain", heard, all)
			}
		})
	}
}

func pains(t *testing.T, a *rules.Analyzer, set *profile.Set, content string) map[string]bool {
	t.Helper()
	in := qualify.Input{Source: "linkedin", Content: content}
	d, err := a.Analyze(t.Context(), set, in)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]bool{}
	for _, id := range qualify.Check(set, in, d).Pains {
		out[id] = true
	}
	return out
}
