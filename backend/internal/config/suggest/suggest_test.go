package suggest_test

import (
	"strings"
	"testing"

	"winnow/backend/internal/config/suggest"
)

func TestClosest(t *testing.T) {
	t.Parallel()
	names := []string{"industries", "company_size", "geographies", "id"}
	for word, want := range map[string]string{
		"industrys": "industries", "companySize": "company_size", "Company-Size": "company_size", "geography": "geographies",
		"budget": "", "xy": "", "": "", "ids": "id", strings.Repeat("a", 1000): "",
	} {
		if got := suggest.Closest(word, names); got != want {
			t.Errorf("%q: got %q, want %q", word, got, want)
		}
	}
	if suggest.Hint("industrys", names) != ` Did you mean "industries"?` || suggest.Hint("budget", names) != "" {
		t.Error("hint is wrong")
	}
}
