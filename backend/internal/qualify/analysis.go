// Package qualify judges leads: an Analyzer makes claims with quotes, the evidence check keeps those whose quote is
// literally in the lead's own field, and the score follows from the kept claims alone.
package qualify

import (
	"context"

	"winnow/backend/internal/profile"
)

// Field names a claim may quote from.
const (
	FieldContent  = "content"
	FieldTitle    = "title"
	FieldCompany  = "company"
	FieldLocation = "location"
)

// Parts a claim may support.
const (
	PartPain         = "pain"         // ID = pain point id
	PartEvidence     = "evidence"     // supports Parts.Evidence above none (requirement, implied …)
	PartUrgency      = "urgency"      // supports urgency above none
	PartAuthority    = "authority"    // supports decision_maker or influencer
	PartSpecificity  = "specificity"  // ID = quantified | scale | tool | mechanism | requirement
	PartFit          = "fit"          // supports in or out
	PartDisqualifier = "disqualifier" // ID = code of the rubric's step 2
)

// Input is the lead as an analyzer may see it: nothing else (no phone, e-mail, notes).
type Input struct {
	LeadID      string
	Source      string // linkedin, reddit, google_maps, website, indiamart, file …
	Name        string
	Title       string
	Company     string
	Industry    string
	Location    string
	CompanySize string
	PostedAt    string // RFC 3339 date or time, "" when unknown: only to tell how near a named date is
	Content     string // NFC
}

// Text is the text of a quotable field, "" for an unknown one.
func (in Input) Text(field string) string {
	switch field {
	case FieldContent:
		return in.Content
	case FieldTitle:
		return in.Title
	case FieldCompany:
		return in.Company
	case FieldLocation:
		return in.Location
	}
	return ""
}

// Claim is one statement about a lead with its proof. Start and End are Unicode code points, half-open, in the NFC field.
type Claim struct {
	Key   string `json:"key,omitempty"` // given by the check: "c1", "c2" …, unique within one analysis
	Part  string `json:"part"`
	ID    string `json:"id,omitempty"`
	Value string `json:"value,omitempty"` // for parts with levels: the level claimed (urgency: high|medium|low, authority: …, fit: in|out, evidence: …)
	Field string `json:"field"`
	Quote string `json:"quote"`
	Start int    `json:"start"`
	End   int    `json:"end"`
}

// Draft is what an Analyzer hands over, before its claims are checked. Offsets may be absent (-1): the check finds them.
type Draft struct {
	Evidence     string // explicit | requirement | implied | none
	Urgency      string // high | medium | low | none
	Authority    string // decision_maker | influencer | unknown | none
	Specificity  int    // 0–10
	Fit          string // in | unclear | out
	Disqualifier string // code of the rubric's step 2, "" = none
	Language     string // ISO 639-1, "und" when it can't be told
	Unreadable   bool   // the analyzer cannot read this language: said, never guessed
	Reasoning    string // one or two sentences for people
	Claims       []Claim
	Usage        Usage
}

// Usage is what a model call took; zero for rules.
type Usage struct {
	Model      string
	TokensIn   int
	TokensOut  int
	CostMicros int64 // micro-units of the budget's currency
	Cached     bool
}

// Analyzer judges one lead against a profile. Faults: RateLimited, Unavailable (retry), Invalid (the model's answer
// stayed malformed after one re-ask), BudgetExceeded.
type Analyzer interface {
	Name() string // rules | llm
	// Version changes whenever the same input may give another answer (prompt version, rule set version).
	Version() string
	Analyze(ctx context.Context, set *profile.Set, in Input) (Draft, error)
}
