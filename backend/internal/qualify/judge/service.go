package judge

import (
	"context"
	"errors"
	"fmt"
	"time"

	"golang.org/x/text/unicode/norm"
	"gorm.io/gorm"

	"winnow/backend/internal/account"
	"winnow/backend/internal/clock"
	"winnow/backend/internal/event"
	"winnow/backend/internal/fault"
	"winnow/backend/internal/id"
	"winnow/backend/internal/lead"
	"winnow/backend/internal/platform/db"
	"winnow/backend/internal/profile"
	"winnow/backend/internal/qualify"
)

// Leads is what judging needs of the lead room: a lead that the viewer may see, or NotFound.
type Leads interface {
	Get(ctx context.Context, leadID string) (*lead.Lead, error)
}

// Profiles gives the profile in force.
type Profiles interface {
	Current(ctx context.Context) (*profile.Set, error)
}

// Service judges leads one at a time and keeps analyses.
type Service struct {
	db        *db.DB
	clock     clock.Clock
	events    *event.Log
	leads     Leads
	profiles  Profiles
	analyzers []qualify.Analyzer
}

// New makes the service; analyzers are tried by name.
func New(d *db.DB, c clock.Clock, events *event.Log, leads Leads, profiles Profiles, analyzers ...qualify.Analyzer) *Service {
	return &Service{db: d, clock: c, events: events, leads: leads, profiles: profiles, analyzers: analyzers}
}

// Analyzer is the analyzer of a name; "" is the first. Fault: Invalid naming those there are.
func (s *Service) Analyzer(name string) (qualify.Analyzer, error) {
	names := make([]string, 0, len(s.analyzers))
	for _, a := range s.analyzers {
		if a.Name() == name || name == "" {
			return a, nil
		}
		names = append(names, a.Name())
	}
	return nil, fault.InvalidFields("analyzer_unknown", "There is no such analyzer.",
		fault.Field{Name: "analyzer", Code: "unknown", Message: fmt.Sprintf("The analyzer %q does not exist here; choose one of %v. The analyzer llm needs WINNOW_AI_BASE_URL.", name, names)})
}

// Profile is the profile in force.
func (s *Service) Profile(ctx context.Context) (*profile.Set, error) { return s.profiles.Current(ctx) }

// InputOf is what an analyzer may see of a lead.
func InputOf(l *lead.Lead) qualify.Input {
	posted := ""
	if l.PostedAt != nil {
		posted = l.PostedAt.UTC().Format(time.RFC3339)
	}
	return qualify.Input{
		PostedAt: posted, LeadID: l.ID, Source: l.Source, Name: l.Name, Title: norm.NFC.String(l.Title), Company: norm.NFC.String(l.Company),
		Industry: l.Industry, Location: norm.NFC.String(l.Location), CompanySize: l.CompanySize, Content: norm.NFC.String(l.Content),
	}
}

// Analyze judges a lead by the named analyzer and stores the outcome. Faults: NotFound, Forbidden, and the analyzer's.
func (s *Service) Analyze(ctx context.Context, leadID, analyzer string) (Analysis, error) {
	if !account.CanWrite(ctx) {
		return Analysis{}, fault.New(fault.Forbidden, "lead_read_only", "Your role can look at leads but not analyse them. Ask an administrator for the role “user”.")
	}
	an, err := s.Analyzer(analyzer)
	if err != nil {
		return Analysis{}, err
	}
	l, err := s.leads.Get(ctx, leadID)
	if err != nil {
		return Analysis{}, err
	}
	set, err := s.profiles.Current(ctx)
	if err != nil {
		return Analysis{}, err
	}
	v, err := Judge(ctx, an, set, l)
	if err != nil {
		return Analysis{}, err
	}
	var out Analysis
	err = s.db.Tx(ctx, func(tx *gorm.DB) error {
		saved, err := s.Save(tx, an, set, nil, false, v)
		if err != nil {
			return err
		}
		out = saved[0]
		return nil
	})
	return out, err
}

// Verdict is a checked analysis of a lead, not stored yet.
type Verdict struct {
	LeadID  string
	OwnerID *string
	Input   qualify.Input
	Checked qualify.Checked
}

// Judge runs the analyzer on a lead and checks its claims; no effect but the analyzer's own.
func Judge(ctx context.Context, an qualify.Analyzer, set *profile.Set, l *lead.Lead) (Verdict, error) {
	in := InputOf(l)
	d, err := an.Analyze(ctx, set, in)
	if err != nil {
		return Verdict{}, err
	}
	return Verdict{LeadID: l.ID, OwnerID: l.OwnerID, Input: in, Checked: qualify.Check(set, in, d)}, nil
}

// Save stores verdicts, applies them to their leads and appends lead.qualified or lead.disqualified (or lead.analyzed
// for those in between), all in tx. draft marks the events so that messages get drafted.
func (s *Service) Save(tx *gorm.DB, an qualify.Analyzer, set *profile.Set, batchID *string, draft bool, vs ...Verdict) ([]Analysis, error) {
	now := s.clock.Now()
	rows := make([]Analysis, 0, len(vs))
	events := make([]event.Event, 0, len(vs))
	judged := make([]lead.Judged, 0, len(vs))
	merged, err := hold(tx, vs)
	if err != nil {
		return nil, err
	}
	known, err := standing(tx, vs)
	if err != nil {
		return nil, err
	}
	var kept []Correction
	for _, v := range vs {
		a := newAnalysis(id.New(), v.LeadID, batchID, an, set, v.Input, v.Checked, now)
		if into, ok := merged[v.LeadID]; ok {
			a.LeadID, a.FirstLeadID, v.OwnerID = into.ID, &v.LeadID, into.OwnerID
		}
		rows = append(rows, a)
		if c := known[v.LeadID].carry(set, a); c != nil {
			kept = append(kept, *c)
			a = corrected(a, c)
		}
		j := judgementOf(set, a, now)
		data := map[string]any{"analysis_id": a.ID, "grade": a.Grade, "score": a.Score, "analyzer": a.Analyzer}
		typ := "lead.analyzed"
		if j.Status == lead.StatusDisqualified {
			typ = "lead.disqualified"
		}
		if j.Status == lead.StatusQualified {
			typ = "lead.qualified"
			if draft {
				data["draft"] = true
			}
		}
		if batchID != nil {
			data["batch_id"] = *batchID
		}
		judged = append(judged, lead.Judged{LeadID: a.LeadID, Judgement: j})
		if a.FirstLeadID != nil {
			if err := lead.ApplyToMerged(tx, v.LeadID, j); err != nil {
				return nil, err
			}
		}
		events = append(events, event.Event{Type: typ, SubjectKind: "lead", SubjectID: a.LeadID, OwnerID: v.OwnerID, Data: data})
	}
	if err := tx.CreateInBatches(&rows, 100).Error; err != nil {
		return nil, fmt.Errorf("store analyses: %w", err)
	}
	if len(kept) > 0 {
		if err := tx.CreateInBatches(&kept, 100).Error; err != nil {
			return nil, fmt.Errorf("keep corrections: %w", err)
		}
	}
	if err := lead.ApplyJudgements(tx, judged); err != nil {
		return nil, err
	}
	if err := s.events.Append(tx, events...); err != nil {
		return nil, err
	}
	return rows, nil
}

// judgementOf is what an analysis makes of its lead.
func judgementOf(set *profile.Set, a Analysis, at time.Time) lead.Judgement {
	j := lead.Judgement{Status: lead.StatusNew, Grade: a.Grade, Score: a.Score, Language: a.Language, At: at}
	j.PainID, j.PainQuote = a.TopPain(set)
	switch {
	case a.Qualified(set):
		j.Status = lead.StatusQualified
	case a.Disqualifier != "" || a.Grade == qualify.GradeD:
		j.Status = lead.StatusDisqualified
	}
	return j
}

// ForLead lists the analyses of a lead the viewer may see, newest first, at most 50.
func (s *Service) ForLead(ctx context.Context, leadID string) ([]Analysis, error) {
	if _, err := s.leads.Get(ctx, leadID); err != nil {
		return nil, err
	}
	var out []Analysis
	if err := s.db.Read.WithContext(ctx).Where("lead_id = ?", leadID).Order("analyzed_at DESC, id DESC").Limit(50).Find(&out).Error; err != nil {
		return nil, fmt.Errorf("read analyses: %w", err)
	}
	return out, nil
}

// Latest is the newest analysis of a lead, without the claims that were found wrong. Fault: NotFound when it was never
// analysed.
func (s *Service) Latest(ctx context.Context, leadID string) (Analysis, error) {
	var a Analysis
	err := s.db.Read.WithContext(ctx).Where("lead_id = ?", leadID).Order("analyzed_at DESC, id DESC").Take(&a).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return a, fault.New(fault.NotFound, "analysis_not_found", "This lead was not analysed yet. Analyse it first.")
	}
	if err != nil {
		return a, fmt.Errorf("read latest analysis: %w", err)
	}
	var found []Correction
	if err := s.db.Read.WithContext(ctx).Where("analysis_id = ?", a.ID).Limit(1).Find(&found).Error; err != nil {
		return a, fmt.Errorf("read its correction: %w", err)
	}
	if len(found) > 0 {
		return corrected(a, &found[0]), nil
	}
	return a, nil
}

// WhatIf recomputes an analysis with some of its claims switched off, under the profile in force. Faults: NotFound,
// Invalid for a claim that the analysis does not have.
func (s *Service) WhatIf(ctx context.Context, leadID, analysisID string, off []string) (qualify.Breakdown, error) {
	if _, err := s.leads.Get(ctx, leadID); err != nil {
		return qualify.Breakdown{}, err
	}
	a, err := s.byID(ctx, leadID, analysisID)
	if err != nil {
		return qualify.Breakdown{}, err
	}
	set, err := s.profiles.Current(ctx)
	if err != nil {
		return qualify.Breakdown{}, err
	}
	dropped, err := switchedOff(a, off)
	if err != nil {
		return qualify.Breakdown{}, err
	}
	_, b := qualify.Recompute(set, a.Claims.V, dropped)
	return b, nil
}

func (s *Service) byID(ctx context.Context, leadID, analysisID string) (Analysis, error) {
	var a Analysis
	notFound := fault.New(fault.NotFound, "analysis_not_found", "There is no such analysis of this lead. Reload the lead.")
	if !id.Valid(analysisID) {
		return a, notFound
	}
	err := s.db.Read.WithContext(ctx).Where("id = ? AND lead_id = ?", analysisID, leadID).Take(&a).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return a, notFound
	}
	if err != nil {
		return a, fmt.Errorf("read analysis: %w", err)
	}
	return a, nil
}
