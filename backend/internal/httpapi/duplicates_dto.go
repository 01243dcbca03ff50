package httpapi

import (
	"time"

	"winnow/backend/internal/lead"
	"winnow/backend/internal/lead/duplicate"
	"winnow/backend/internal/lead/merging"
)

// DuplicateWeight is what one field says for (above 0) or against two leads being the same.
type DuplicateWeight struct {
	Field     string  `json:"field"`
	Agreement string  `json:"agreement" enums:"same,similar,differs,missing"`
	Bits      float64 `json:"bits"` // log2 of the odds
}

// DuplicateResponse is two leads that may be the same.
type DuplicateResponse struct {
	ID        string            `json:"id" format:"uuid"`
	Score     float64           `json:"score"` // how likely they are one, 0–1
	State     string            `json:"state" enums:"open,different,merged,skipped"`
	Weights   []DuplicateWeight `json:"weights"`
	Held      string            `json:"held" enums:",names,consent,doubt,owners"` // why it is left to people, however sure; "" when nothing holds it
	Model     string            `json:"model"`                                    // version of what compared them; "" when a person told them apart
	Suggested string            `json:"suggested"`                                // id of the lead that should stay: of it more is known
	A         LeadResponse      `json:"a"`
	B         LeadResponse      `json:"b"`
	JudgedBy  *string           `json:"judged_by" extensions:"x-nullable"`
	JudgedAt  *time.Time        `json:"judged_at" extensions:"x-nullable" format:"date-time"`
	CreatedAt time.Time         `json:"created_at" format:"date-time"`
	Version   int               `json:"version"`
}

// DuplicateList is a page of pairs.
type DuplicateList struct {
	Items []DuplicateResponse `json:"items"`
	PageInfo
}

func duplicateResponse(p *duplicate.Both, pains lead.Pains) DuplicateResponse {
	r := DuplicateResponse{
		ID: p.ID, Score: p.Score, State: string(p.State), Held: p.HeldBy(), Weights: make([]DuplicateWeight, len(p.Weights.V)), Model: p.Model, Suggested: p.Suggest,
		A: leadResponse(&p.A, pains), B: leadResponse(&p.B, pains), JudgedBy: p.JudgedBy, JudgedAt: utcOrNil(p.JudgedAt), CreatedAt: p.CreatedAt.UTC(), Version: p.Version,
	}
	for i, w := range p.Weights.V {
		r.Weights[i] = DuplicateWeight(w)
	}
	return r
}

// DuplicateVerdict says what two leads are. All but verdict is for merge, as in LeadMergeRequest.
type DuplicateVerdict struct {
	Verdict    string               `json:"verdict" validate:"required" enums:"merge,different,skip,open"`
	SurvivorID string               `json:"survivor_id"` // default: the suggested one
	Fields     map[string]MergePick `json:"fields"`
	Rules      map[string]string    `json:"rules"`
	Rule       string               `json:"rule" enums:"survivor,most_trusted,newest,longest,verified"`
	Versions   map[string]int       `json:"versions"`
}

func (r DuplicateVerdict) ruling(version *int) duplicate.Ruling {
	m := LeadMergeRequest{SurvivorID: r.SurvivorID, Fields: r.Fields, Rules: r.Rules, Rule: r.Rule, Versions: r.Versions}
	return duplicate.Ruling{Verdict: duplicate.Verdict(r.Verdict), Version: version, Merge: m.request()}
}

// DuplicateJudged is a pair after a verdict, and the merge that it made.
type DuplicateJudged struct {
	Pair  DuplicateResponse  `json:"pair"`
	Merge *LeadMergeResponse `json:"merge" extensions:"x-nullable"` // null unless merged
}

// DuplicateBulkRequest gives one verdict on many pairs.
type DuplicateBulkRequest struct {
	MinScore float64  `json:"min_score"`
	MaxScore *float64 `json:"max_score" extensions:"x-nullable"` // default 1
	Verdict  string   `json:"verdict" validate:"required" enums:"merge,different,skip"`
	Rule     string   `json:"rule" enums:"survivor,most_trusted,newest,longest,verified"` // for merge
	DryRun   bool     `json:"dry_run"`
}

func (r DuplicateBulkRequest) bulk() duplicate.Bulk {
	b := duplicate.Bulk{Min: r.MinScore, Max: 1, Verdict: duplicate.Verdict(r.Verdict), Rule: merging.Rule(r.Rule), DryRun: r.DryRun}
	if r.MaxScore != nil {
		b.Max = *r.MaxScore
	}
	return b
}

// DuplicateBulkResponse says what a bulk verdict did or, of a dry run, would do.
type DuplicateBulkResponse struct {
	Count    int      `json:"count"`
	Skipped  int      `json:"skipped"`   // not the caller's to change, an earlier verdict in the way, or changed meanwhile
	Left     int      `json:"left"`      // more pairs of this confidence than are judged at once
	MergeIDs []string `json:"merge_ids"` // by which each merge can be undone
}
