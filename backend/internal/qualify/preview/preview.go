// Package preview shows how a changed profile would judge leads, by the built-in rules, with nothing stored.
package preview

import (
	"context"
	"fmt"

	"winnow/backend/internal/fault"
	"winnow/backend/internal/lead"
	"winnow/backend/internal/profile"
	"winnow/backend/internal/qualify"
	"winnow/backend/internal/qualify/judge"
)

// MaxLeads bounds one preview; PickedLeads is how many are chosen when none are named.
const (
	MaxLeads    = 20
	PickedLeads = 5
)

// Leads is what previews need of the lead room; both follow the row rules of the context's viewer.
type Leads interface {
	SelectIDs(ctx context.Context, ids []string, filter, q string, limit int) ([]string, error)
	ByIDs(ctx context.Context, ids []string) ([]lead.Lead, error)
}

// Profiles gives the profile in force.
type Profiles interface {
	Current(ctx context.Context) (*profile.Set, error)
}

// Service compares profiles.
type Service struct {
	leads    Leads
	profiles Profiles
	analyzer qualify.Analyzer
}

// New makes the service; analyzer must be free and offline.
func New(leads Leads, profiles Profiles, analyzer qualify.Analyzer) *Service {
	return &Service{leads: leads, profiles: profiles, analyzer: analyzer}
}

// Outcome is what a profile makes of a lead.
type Outcome struct {
	Score        int
	Grade        string
	Qualified    bool
	Disqualifier string
}

// Change is a part of the score that differs, in points.
type Change struct {
	Part   string
	Before float64
	After  float64
}

// Item is one lead under both profiles, and the strongest pain that after finds in it, with its words ("" = none).
type Item struct {
	Lead          lead.Lead
	Before, After Outcome
	Changes       []Change
	Pain, Quote   string
}

// Ask says whom a preview is about.
type Ask struct {
	IDs     []string // none: five of different grades
	Samples bool     // without any lead to pick, the product's sample leads stand in; they are not stored and have no id
}

// Compare judges leads by the profile in force and by after, and tells whether they are samples. Leads that are gone or
// not the viewer's to see are left out. Fault: Invalid for too many.
func (s *Service) Compare(ctx context.Context, after *profile.Set, ask Ask) (items []Item, samples bool, err error) {
	if len(ask.IDs) > MaxLeads {
		return nil, false, fault.InvalidFields("preview_too_many", "Too many leads for a preview.", fault.Field{Name: "lead_ids", Code: "too_many", Message: fmt.Sprintf("Name at most %d leads.", MaxLeads)})
	}
	leads, err := s.named(ctx, ask.IDs)
	if err != nil {
		return nil, false, err
	}
	if samples = ask.Samples && len(ask.IDs) == 0 && len(leads) == 0; samples {
		if leads, err = sampleLeads(); err != nil {
			return nil, false, err
		}
	}
	before, err := s.profiles.Current(ctx)
	if err != nil {
		return nil, false, err
	}
	items = []Item{}
	for i := range leads {
		it, err := s.compare(ctx, before, after, &leads[i])
		if err != nil {
			return nil, false, err
		}
		items = append(items, it)
	}
	return items, samples, nil
}

// named reads the leads of ids (none: those picked), in their order, each once.
func (s *Service) named(ctx context.Context, ids []string) ([]lead.Lead, error) {
	if len(ids) == 0 {
		var err error
		if ids, err = s.pick(ctx); err != nil || len(ids) == 0 {
			return nil, err
		}
	}
	found, err := s.leads.ByIDs(ctx, ids)
	if err != nil {
		return nil, err
	}
	byID := map[string]lead.Lead{}
	for _, l := range found {
		byID[l.ID] = l
	}
	var out []lead.Lead
	for _, leadID := range ids {
		if l, ok := byID[leadID]; ok {
			out = append(out, l)
			delete(byID, leadID) // a twin in the list counts once
		}
	}
	return out, nil
}

// pick chooses leads of different grades, best first, then any.
func (s *Service) pick(ctx context.Context) ([]string, error) {
	var out []string
	seen := map[string]bool{}
	take := func(filter string, n int) error {
		ids, err := s.leads.SelectIDs(ctx, nil, filter, "", n)
		if err != nil {
			return err
		}
		for _, one := range ids {
			if !seen[one] && len(out) < PickedLeads {
				seen[one] = true
				out = append(out, one)
			}
		}
		return nil
	}
	for _, g := range qualify.Grades() {
		if err := take("grade = "+g, 1); err != nil {
			return nil, err
		}
	}
	if len(out) < PickedLeads {
		if err := take("", 2*PickedLeads); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func (s *Service) compare(ctx context.Context, before, after *profile.Set, l *lead.Lead) (Item, error) {
	was, err := judge.Judge(ctx, s.analyzer, before, l)
	if err != nil {
		return Item{}, err
	}
	will, err := judge.Judge(ctx, s.analyzer, after, l)
	if err != nil {
		return Item{}, err
	}
	it := Item{
		Lead: *l, Before: outcome(before, was.Checked), After: outcome(after, will.Checked),
		Changes: changes(was.Checked.Breakdown.Parts, will.Checked.Breakdown.Parts),
	}
	it.Pain, it.Quote = strongest(after, will.Checked.Claims)
	return it, nil
}

// strongest is the name of the weightiest pain that was found, with its first quote.
func strongest(set *profile.Set, claims []qualify.Claim) (name, quote string) {
	weight := 0
	for _, c := range claims {
		if c.Part != qualify.PartPain {
			continue
		}
		for _, p := range set.PainPoints.PainPoints {
			if p.ID == c.ID && p.Weight > weight {
				name, quote, weight = p.Name, c.Quote, p.Weight
			}
		}
	}
	return name, quote
}

func outcome(set *profile.Set, c qualify.Checked) Outcome {
	a := judge.Analysis{Disqualifier: c.Disqualifier, Grade: c.Grade}
	return Outcome{Score: c.Score, Grade: c.Grade, Qualified: a.Qualified(set), Disqualifier: c.Disqualifier}
}

// changes lists the parts whose points differ, in the order of the score.
func changes(was, will []qualify.PartScore) []Change {
	out := []Change{}
	old := map[string]float64{}
	for _, p := range was {
		old[p.Part] = p.Points
	}
	for _, p := range will {
		if old[p.Part] != p.Points {
			out = append(out, Change{p.Part, old[p.Part], p.Points})
		}
		delete(old, p.Part)
	}
	for _, p := range was {
		if points, gone := old[p.Part]; gone && points != 0 {
			out = append(out, Change{p.Part, points, 0})
		}
	}
	return out
}
