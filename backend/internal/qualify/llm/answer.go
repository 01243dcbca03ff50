package llm

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"winnow/backend/internal/profile"
	"winnow/backend/internal/qualify"
)

// Bounds of an answer, in code points.
const (
	maxReasoning = 600
	maxQuote     = 600
	maxClaims    = 40
	noneDisq     = "none"
)

// answer is what the model says.
type answer struct {
	Reasoning    string  `json:"reasoning"`
	Language     string  `json:"language"`
	Disqualifier string  `json:"disqualifier"`
	Evidence     string  `json:"evidence"`
	Authority    string  `json:"authority"`
	Urgency      string  `json:"urgency"`
	Fit          string  `json:"fit"`
	Specificity  int     `json:"specificity"`
	Claims       []claim `json:"claims"`
}

type claim struct {
	Part  string `json:"part"`
	ID    string `json:"id"`
	Value string `json:"value"`
	Field string `json:"field"`
	Quote string `json:"quote"`
}

// parse reads an answer strictly and checks its lengths; the schema has checked the rest.
func parse(raw []byte) (answer, error) {
	var a answer
	dec := json.NewDecoder(bytes.NewReader(raw))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&a); err != nil {
		return a, errors.New("it is not an object of the schema")
	}
	switch {
	case utf8.RuneCountInString(a.Reasoning) > maxReasoning:
		return a, fmt.Errorf("reasoning is longer than %d characters", maxReasoning)
	case len(a.Language) > 8:
		return a, errors.New("language is not an ISO 639-1 code")
	case len(a.Claims) > maxClaims:
		return a, fmt.Errorf("there are more than %d claims", maxClaims)
	}
	for i, c := range a.Claims {
		if utf8.RuneCountInString(c.Quote) > maxQuote {
			return a, fmt.Errorf("the quote of claim %d is longer than %d characters", i+1, maxQuote)
		}
	}
	return a, nil
}

// draft turns the answer into a draft whose quotes are words of the stored fields.
func (a answer) draft(v view) qualify.Draft {
	d := qualify.Draft{
		Evidence: a.Evidence, Urgency: a.Urgency, Authority: a.Authority, Specificity: min(max(a.Specificity, 0), 10), Fit: a.Fit,
		Language: strings.ToLower(strings.TrimSpace(a.Language)), Reasoning: strings.TrimSpace(a.Reasoning),
	}
	if a.Disqualifier != noneDisq {
		d.Disqualifier = a.Disqualifier
	}
	if d.Language == "" {
		d.Language = "und"
	}
	worn := a.wornOut()
	for _, c := range a.Claims {
		one := c.claim(v)
		if worn[c.Field+"\n"+c.Quote] || !c.plausible() {
			one.Field = "" // dropped and counted by the evidence check
		}
		d.Claims = append(d.Claims, one)
	}
	if v.orders {
		d.Reasoning = strings.TrimSpace(d.Reasoning + " (Sentences that give orders to the reader were left out.)")
	}
	return d
}

// One sentence rarely proves more than this; a model that proves everything by it was talked into it.
const (
	maxPainsPerQuote  = 3
	maxClaimsPerQuote = 6
)

// wornOut are the quotes, with their fields, that are made to prove too much.
func (a answer) wornOut() map[string]bool {
	pains, all := map[string]int{}, map[string]int{}
	for _, c := range a.Claims {
		key := c.Field + "\n" + c.Quote
		all[key]++
		if c.Part == qualify.PartPain {
			pains[key]++
		}
	}
	worn := map[string]bool{}
	for key, n := range all {
		worn[key] = n > maxClaimsPerQuote || pains[key] > maxPainsPerQuote
	}
	return worn
}

var amount = regexp.MustCompile(`(?i)\p{N}|\b(one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty|hundreds?|thousands?|millions?|dozens?|couple|several|half|third|quarter|twice|double|triple|every|each|daily|weekly|monthly|lakhs?|crores?|percent|all|most)\b`)

// plausible is false for a figure or a scale that is proved by words without any amount. Other scripts are taken on
// trust.
func (c claim) plausible() bool {
	if c.Part != qualify.PartSpecificity || (c.ID != qualify.SpecificQuantified && c.ID != qualify.SpecificScale) {
		return true
	}
	for _, r := range c.Quote {
		if unicode.IsLetter(r) && !unicode.Is(unicode.Latin, r) {
			return true
		}
	}
	return amount.MatchString(c.Quote)
}

// claim maps a quote back to the stored field. One that the model did not see there loses its field, so that the
// evidence check drops and counts it, even if the stored field holds these words in a place kept from the model.
func (c claim) claim(v view) qualify.Claim {
	out := qualify.Claim{Part: c.Part, ID: c.ID, Value: c.Value, Field: c.Field, Quote: c.Quote, Start: -1, End: -1}
	quote, start, ok := v.fields[c.Field].locate(c.Quote)
	if !ok {
		out.Field = ""
		return out
	}
	out.Quote, out.Start, out.End = quote, start, start+utf8.RuneCountInString(quote)
	return out
}

// property is one property of the schema, in the order in which the model is to think.
type property struct {
	name   string
	schema any
}

type object []property

// MarshalJSON writes a strict object schema that keeps the order of the properties.
func (o object) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	var required []string
	b.WriteString(`{"type":"object","additionalProperties":false,"properties":{`)
	for i, p := range o {
		if i > 0 {
			b.WriteByte(',')
		}
		required = append(required, p.name)
		v, err := json.Marshal(map[string]any{p.name: p.schema})
		if err != nil {
			return nil, err
		}
		b.Write(v[1 : len(v)-1])
	}
	req, err := json.Marshal(required)
	if err != nil {
		return nil, err
	}
	b.WriteString(`},"required":`)
	b.Write(req)
	b.WriteByte('}')
	return b.Bytes(), nil
}

func oneOf(values ...string) map[string]any { return map[string]any{"type": "string", "enum": values} }

// answerSchema is the schema of an answer under a profile: every id that a claim may name is in it.
func answerSchema(set *profile.Set) (json.RawMessage, error) {
	ids := []string{""}
	for _, p := range set.PainPoints.PainPoints {
		ids = append(ids, p.ID)
	}
	ids = append(ids, qualify.SpecificQuantified, qualify.SpecificScale, qualify.SpecificTool, qualify.SpecificMechanism, qualify.SpecificRequirement)
	ids = append(ids, qualify.Disqualifiers()...)
	words := map[string]any{"type": "string"}
	one := object{
		{"part", oneOf(qualify.PartPain, qualify.PartEvidence, qualify.PartAuthority, qualify.PartUrgency, qualify.PartSpecificity, qualify.PartFit, qualify.PartDisqualifier)},
		{"id", oneOf(unique(ids)...)},
		{"value", oneOf("", qualify.EvidenceExplicit, qualify.EvidenceRequirement, qualify.EvidenceImplied, qualify.EvidenceTopic,
			qualify.AuthorityDecisionMaker, qualify.AuthorityInfluencer, qualify.UrgencyHigh, qualify.UrgencyMedium, qualify.UrgencyLow,
			qualify.FitIn, qualify.FitOut, "1", "2")},
		{"field", oneOf(qualify.FieldContent, qualify.FieldTitle, qualify.FieldCompany, qualify.FieldLocation)},
		{"quote", words},
	}
	return json.Marshal(object{
		{"reasoning", words},
		{"language", words},
		{"disqualifier", oneOf(append([]string{noneDisq}, qualify.Disqualifiers()...)...)},
		{"evidence", oneOf(qualify.EvidenceExplicit, qualify.EvidenceRequirement, qualify.EvidenceImplied, qualify.EvidenceNone)},
		{"authority", oneOf(qualify.AuthorityDecisionMaker, qualify.AuthorityInfluencer, qualify.AuthorityUnknown, qualify.AuthorityNone)},
		{"urgency", oneOf(qualify.UrgencyHigh, qualify.UrgencyMedium, qualify.UrgencyLow, qualify.UrgencyNone)},
		{"fit", oneOf(qualify.FitIn, qualify.FitUnclear, qualify.FitOut)},
		{"specificity", map[string]any{"type": "integer", "minimum": 0, "maximum": 10}},
		{"claims", map[string]any{"type": "array", "items": one}},
	})
}

func unique(list []string) []string {
	seen := map[string]bool{}
	out := list[:0:0]
	for _, s := range list {
		if !seen[s] {
			seen[s] = true
			out = append(out, s)
		}
	}
	return out
}
