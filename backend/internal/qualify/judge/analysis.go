// Package judge applies an analyzer to a lead of the workspace and keeps what came out: the analysis, the lead's
// grade, and the fact in the event log. It never decides anything itself; that is the evidence check and the score.
package judge

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"time"

	"winnow/backend/internal/platform/db"
	"winnow/backend/internal/profile"
	"winnow/backend/internal/qualify"
)

// Analysis is a stored judgement of one lead; it always recomputes to its score from its claims.
type Analysis struct {
	ID              string
	LeadID          string
	FirstLeadID     *string // of which it was made, when that one was merged into LeadID since
	BatchID         *string
	Analyzer        string
	AnalyzerVersion string
	Model           string
	PromptVersion   string
	ProfileName     string
	ProfileVersion  int
	InputHash       string // hex SHA-256 of what the analyzer saw
	Evidence        string
	Urgency         string
	Authority       string
	Specificity     int
	Fit             string
	Disqualifier    string
	Language        string
	Unreadable      bool
	Reasoning       string
	Claims          db.JSON[[]qualify.Claim]
	Breakdown       db.JSON[qualify.Breakdown]
	DroppedClaims   int
	Score           int
	Grade           string
	ScoreVersion    string
	TokensIn        int
	TokensOut       int
	CostMicros      int64
	Cached          bool
	AnalyzedAt      time.Time
}

// TableName is analyses.
func (Analysis) TableName() string { return "analyses" }

// First is the lead of which the analysis was made.
func (a Analysis) First() string {
	if a.FirstLeadID != nil {
		return *a.FirstLeadID
	}
	return a.LeadID
}

// Qualified reports whether the analysis makes the lead qualified under a profile: nothing disqualifies it, and its
// grade is at least the profile's qualified_from (default B).
func (a Analysis) Qualified(set *profile.Set) bool {
	from := set.Audience.QualifiedFrom
	if from == "" {
		from = qualify.GradeB
	}
	return a.Disqualifier == "" && qualify.GradeRank(a.Grade) <= qualify.GradeRank(from)
}

// TopPain is the weightiest claimed pain and the lead's words for it; empty when there is none.
func (a Analysis) TopPain(set *profile.Set) (id, quote string) {
	best := -1
	for _, c := range a.Claims.V {
		if c.Part != qualify.PartPain {
			continue
		}
		for _, p := range set.PainPoints.PainPoints {
			if p.ID == c.ID && p.Weight > best {
				best, id, quote = p.Weight, p.ID, c.Quote
			}
		}
	}
	return id, quote
}

// InputHash is the hash of everything an analyzer sees of a lead.
func InputHash(in qualify.Input) string {
	h := sha256.New()
	for _, s := range []string{in.Source, in.Name, in.Title, in.Company, in.Industry, in.Location, in.CompanySize, in.Content} {
		_, _ = h.Write([]byte(strings.ReplaceAll(s, "\x00", "") + "\x00"))
	}
	return hex.EncodeToString(h.Sum(nil))
}

func newAnalysis(id, leadID string, batchID *string, an qualify.Analyzer, set *profile.Set, in qualify.Input, c qualify.Checked, at time.Time) Analysis {
	return Analysis{
		ID: id, LeadID: leadID, BatchID: batchID, Analyzer: an.Name(), AnalyzerVersion: an.Version(), Model: c.Usage.Model,
		PromptVersion: an.Version(), ProfileName: set.Name, ProfileVersion: set.Version, InputHash: InputHash(in),
		Evidence: c.Evidence, Urgency: c.Urgency, Authority: c.Authority, Specificity: c.Specificity, Fit: c.Fit,
		Disqualifier: c.Disqualifier, Language: c.Language, Unreadable: c.Unreadable, Reasoning: c.Reasoning,
		Claims: db.NewJSON(c.Claims), Breakdown: db.NewJSON(c.Breakdown), DroppedClaims: c.Dropped, Score: c.Score, Grade: c.Grade,
		ScoreVersion: c.ScoreVersion, TokensIn: c.Usage.TokensIn, TokensOut: c.Usage.TokensOut, CostMicros: c.Usage.CostMicros,
		Cached: c.Usage.Cached, AnalyzedAt: at,
	}
}
