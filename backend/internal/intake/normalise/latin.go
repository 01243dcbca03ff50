package normalise

import (
	"strings"

	"github.com/mozillazg/go-unidecode"
)

// Latin is Fold in plain Latin letters, for comparing names written in different alphabets ("Иванов" → "ivanov",
// "Ωμέγα" → "omega", "Łódź" → "lodz"). Apostrophes inside words go without a gap: "O'Neil's" → "oneils".
func Latin(s string) string {
	if s == "" {
		return ""
	}
	if !isPlain(s) {
		s = unidecode.Unidecode(s)
	}
	if strings.ContainsAny(s, "'`") {
		s = strings.NewReplacer("'", "", "`", "").Replace(s)
	}
	return Fold(s)
}
