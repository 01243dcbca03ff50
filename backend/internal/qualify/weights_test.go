package qualify_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"winnow/backend/internal/profile"
	"winnow/backend/internal/qualify"
)

// TestWeightsAreNamedAlikeEverywhere holds the schema that editors check by and the page for people against the score.
func TestWeightsAreNamedAlikeEverywhere(t *testing.T) {
	t.Parallel()
	raw, err := profile.SchemaJSON(profile.KindPainPoints)
	if err != nil {
		t.Fatal(err)
	}
	type described map[string]struct{ Description string }
	var schema struct {
		Properties struct {
			Scoring struct {
				Properties struct {
					Weights    struct{ Properties described }
					Thresholds struct{ Properties described }
				}
			}
		}
	}
	if err := json.Unmarshal(raw, &schema); err != nil {
		t.Fatal(err)
	}
	page, err := os.ReadFile(filepath.Join("..", "..", "..", "docs", "profile.md"))
	if err != nil {
		t.Fatal(err)
	}
	weights := schema.Properties.Scoring.Properties.Weights.Properties
	for name, w := range qualify.DefaultWeights() {
		value := strconv.FormatFloat(w, 'f', -1, 64)
		if !strings.Contains(weights[name].Description, "default "+value+".") {
			t.Errorf("schema: weights.%s is described as %q, its default is %s", name, weights[name].Description, value)
		}
		if row := fmt.Sprintf("| `%s` | %s |", name, value); !strings.Contains(string(page), row) {
			t.Errorf("docs/profile.md lacks the row %q", row)
		}
	}
	if len(weights) != len(qualify.DefaultWeights()) {
		t.Errorf("the schema knows %d weights, the score %d", len(weights), len(qualify.DefaultWeights()))
	}
	thresholds := schema.Properties.Scoring.Properties.Thresholds.Properties
	var row strings.Builder
	row.WriteString("| Default least score |")
	for _, grade := range qualify.Grades()[:4] {
		least := qualify.DefaultThresholds()[grade]
		fmt.Fprintf(&row, " %d |", least)
		if !strings.Contains(thresholds[grade].Description, fmt.Sprintf("default %d", least)) {
			t.Errorf("schema: thresholds.%s is described as %q, its default is %d", grade, thresholds[grade].Description, least)
		}
	}
	if !strings.Contains(string(page), row.String()) || len(thresholds) != 4 {
		t.Errorf("docs/profile.md lacks the row %q, or the schema has %d thresholds", row.String(), len(thresholds))
	}
}
