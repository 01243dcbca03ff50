package qualify

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"winnow/backend/internal/profile"
)

// Bounds on claims: a draft may come from a model that was talked into anything.
const (
	maxClaims     = 60
	minPainQuote  = 8 // code points; shorter only when the quote is the whole field
	minOtherQuote = 2
)

// Checked is an analysis whose every statement stands on a quote found in the lead. The embedded parts are derived
// from Claims alone, so Recompute(set, Claims, nil) gives Breakdown again.
type Checked struct {
	Parts
	Claims       []Claim   `json:"claims"`
	Dropped      int       `json:"dropped_claims"` // claims whose quote, field, id or value did not hold
	Score        int       `json:"score"`
	Grade        string    `json:"grade"`
	ScoreVersion string    `json:"score_version"`
	Breakdown    Breakdown `json:"breakdown"`
	Language     string    `json:"language"`
	Unreadable   bool      `json:"unreadable"`
	Reasoning    string    `json:"reasoning"`
	Usage        Usage     `json:"-"`
}

// Check keeps the claims of a draft that hold and scores them.
//
// A claim holds when its part, id and value are known, and its quote (NFC) stands literally in its field. Wrong
// offsets are mended to the nearest place where the quote stands; a quote that stands nowhere drops the claim and is
// counted. Pains may be quoted from content only. A claim may lower but never raise what the draft says of its part,
// and the draft's levels need claims: a part without any falls to its floor. One claim needs no quote: the
// disqualifier "empty" of a lead whose content holds no letter and no digit. Pain claims of a lead that is not a
// buyer are left out (KeepsPains).
func Check(set *profile.Set, in Input, d Draft) Checked {
	out := Checked{
		ScoreVersion: ScoreVersion, Language: d.Language, Unreadable: d.Unreadable,
		Reasoning: strings.TrimSpace(d.Reasoning), Usage: d.Usage,
	}
	if out.Language == "" {
		out.Language = "und"
	}
	fields := nfcFields(in)
	seen := map[string]bool{}
	for i, c := range withEmptyClaim(fields, d) {
		if i >= maxClaims || !known(set, c) || !locate(fields, &c) {
			out.Dropped++
			continue
		}
		same := fmt.Sprint(c.Part, "|", c.ID, "|", c.Field, "|", c.Start, "|", c.End)
		if !limit(d, &c) || seen[same] {
			continue
		}
		seen[same] = true
		out.Claims = append(out.Claims, c)
	}
	out.Claims = limitSpecificity(d.Specificity, out.Claims)
	for i := range out.Claims {
		out.Claims[i].Key = "c" + strconv.Itoa(i+1)
	}
	out.Parts = Derive(out.Claims)
	if d.Authority == AuthorityNone && out.Authority == AuthorityUnknown {
		out.Authority = AuthorityNone
	}
	out.Breakdown = Score(set, out.Parts)
	out.Score, out.Grade = out.Breakdown.Score, out.Breakdown.Grade
	return out
}

func nfcFields(in Input) map[string][]rune {
	fields := map[string][]rune{}
	for _, f := range []string{FieldContent, FieldTitle, FieldCompany, FieldLocation} {
		fields[f] = []rune(norm.NFC.String(in.Text(f)))
	}
	return fields
}

// withEmptyClaim adds the one quoteless claim when the draft calls a lead empty that is empty.
func withEmptyClaim(fields map[string][]rune, d Draft) []Claim {
	if d.Disqualifier != DisqEmpty || hasText(fields[FieldContent]) {
		return d.Claims
	}
	var claims []Claim
	for _, c := range d.Claims {
		if c.Part != PartDisqualifier {
			claims = append(claims, c)
		}
	}
	return append(claims, Claim{Part: PartDisqualifier, ID: DisqEmpty, Field: FieldContent})
}

func hasText(rs []rune) bool {
	for _, r := range rs {
		if unicode.IsLetter(r) || unicode.IsNumber(r) {
			return true
		}
	}
	return false
}

func known(set *profile.Set, c Claim) bool {
	switch c.Part {
	case PartPain:
		return c.Field == FieldContent && isPain(set, c.ID)
	case PartSpecificity:
		switch c.ID {
		case SpecificQuantified, SpecificScale, SpecificTool, SpecificMechanism, SpecificRequirement:
			return true
		}
		return false
	case PartDisqualifier:
		return slices.Contains(Disqualifiers(), c.ID)
	case PartEvidence:
		return c.Value == "" || evidenceRank(c.Value) > 0
	case PartUrgency:
		return c.Value == "" || urgencyRank(c.Value) > 0
	case PartAuthority:
		return c.Value == "" || authorityRank(c.Value) > 0
	case PartFit:
		return c.Value == "" || c.Value == FitIn || c.Value == FitOut
	}
	return false
}

func isPain(set *profile.Set, id string) bool {
	if set == nil {
		return false
	}
	for _, p := range set.PainPoints.PainPoints {
		if p.ID == id {
			return true
		}
	}
	return false
}

// locate finds the claim's quote in its field and mends the offsets; false when it is not there.
func locate(fields map[string][]rune, c *Claim) bool {
	text, ok := fields[c.Field]
	if !ok {
		return false
	}
	quote := []rune(norm.NFC.String(c.Quote))
	if len(quote) == 0 {
		c.Quote, c.Start, c.End = "", 0, 0
		return c.Part == PartDisqualifier && c.ID == DisqEmpty && c.Field == FieldContent && !hasText(text)
	}
	least := minOtherQuote
	if c.Part == PartPain {
		least = minPainQuote
	}
	if !hasText(quote) || (len(quote) < least && len(quote) != len([]rune(strings.TrimSpace(string(text))))) {
		return false
	}
	best := nearest(text, quote, c.Start)
	if best < 0 {
		return false
	}
	c.Quote, c.Start, c.End = string(quote), best, best+len(quote)
	return true
}

// nearest is the place of quote in text closest to want, -1 when there is none.
func nearest(text, quote []rune, want int) int {
	best := -1
	for i := 0; i+len(quote) <= len(text); i++ {
		if !slices.Equal(text[i:i+len(quote)], quote) {
			continue
		}
		if best < 0 || abs(i-want) < abs(best-want) {
			best = i
		}
	}
	return best
}

func abs(n int) int {
	if n < 0 {
		return -n
	}
	return n
}

// limit gives a claim the draft's level where it names none, lowers it where it names more, and is false for a claim
// that then supports nothing.
func limit(d Draft, c *Claim) bool {
	switch c.Part {
	case PartPain:
		c.Value = lower(c.Value, d.Evidence, evidenceRank)
		return KeepsPains(d.Disqualifier)
	case PartEvidence:
		if c.Value != EvidenceTopic {
			c.Value = lower(c.Value, d.Evidence, evidenceRank)
		}
		return evidenceRank(c.Value) > 0
	case PartUrgency:
		c.Value = lower(c.Value, d.Urgency, urgencyRank)
		return urgencyRank(c.Value) > 0
	case PartAuthority:
		c.Value = lower(c.Value, d.Authority, authorityRank)
		return authorityRank(c.Value) > 0
	case PartFit:
		if c.Value == "" {
			c.Value = d.Fit
		}
		return c.Value == d.Fit && d.Fit != FitUnclear
	case PartDisqualifier:
		return c.ID == d.Disqualifier
	}
	return true
}

func lower(claimed, drafted string, rank func(string) int) string {
	if claimed == "" || rank(claimed) > rank(drafted) {
		return drafted
	}
	return claimed
}

// limitSpecificity lowers claims, last first, until they add up to no more than the draft's figure.
func limitSpecificity(most int, claims []Claim) []Claim {
	for i := len(claims) - 1; i >= 0; i-- {
		for claims[i].Part == PartSpecificity && Derive(claims).Specificity > most && specificValue(claims[i]) > 0 {
			claims[i].Value = strconv.Itoa(specificValue(claims[i]) - 1)
		}
		if claims[i].Part == PartSpecificity && claims[i].Value == "" {
			claims[i].Value = "2"
		}
	}
	return claims
}
