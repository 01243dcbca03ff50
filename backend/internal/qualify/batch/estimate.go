package batch

import (
	"context"

	"winnow/backend/internal/lead"
	"winnow/backend/internal/profile"
	"winnow/backend/internal/qualify"
	"winnow/backend/internal/qualify/judge"
)

// Quote is what one analysis would take.
type Quote struct {
	TokensIn   int
	TokensOut  int
	CostMicros int64
	Cached     bool // the answer is in the cache: no call, no cost
}

// Quoter is an analyzer whose answers cost money; it tells what a call would take without making it.
type Quoter interface {
	Quote(ctx context.Context, set *profile.Set, in qualify.Input) (Quote, error)
	// Pace is how many leads a second its limits allow, 0 when it can't be told.
	Pace() float64
}

// Gate is an analyzer that the workspace may switch off; its fault says so.
type Gate interface {
	Allowed(ctx context.Context) error
}

// analyzer is the analyzer of a name, unless the workspace has switched it off.
func (s *Service) analyzer(ctx context.Context, name string) (qualify.Analyzer, error) {
	an, err := s.judge.Analyzer(name)
	if err != nil {
		return nil, err
	}
	if g, ok := an.(Gate); ok {
		if err := g.Allowed(ctx); err != nil {
			return nil, err
		}
	}
	return an, nil
}

// Estimate is what a batch would take.
type Estimate struct {
	Leads      int
	Cached     int
	ToAnalyze  int
	TokensIn   int
	TokensOut  int
	CostMicros int64
	Currency   string
	Budget     Budget
	Seconds    float64 // at the provider's pace; 0 = can't be told
	Fits       bool    // within the day's and month's budgets and the request's own
	Sampled    bool    // scaled up from a sample of sampleSize leads
}

// sampleSize bounds how many leads are counted token by token; a larger selection is scaled from an even sample.
const sampleSize = 2000

// rulesPace is the leads per second the built-in rules are known to store at least; only for the estimate's time.
const rulesPace = 2000

// Estimate tells what Create with the same request would take; no effect. Faults as for Create.
func (s *Service) Estimate(ctx context.Context, r Request) (Estimate, error) {
	an, err := s.analyzer(ctx, r.Analyzer)
	if err != nil {
		return Estimate{}, err
	}
	set, err := s.judge.Profile(ctx)
	if err != nil {
		return Estimate{}, err
	}
	ids, err := s.selected(ctx, r.Selection)
	if err != nil {
		return Estimate{}, err
	}
	e := Estimate{Leads: len(ids), ToAnalyze: len(ids), Currency: s.money.Currency(), Fits: true}
	if e.Budget, err = s.money.Left(ctx); err != nil {
		return Estimate{}, err
	}
	q, costs := an.(Quoter)
	if !costs {
		e.Seconds = float64(len(ids)) / rulesPace
		return e, nil
	}
	if err := s.quote(ctx, q, set, ids, &e); err != nil {
		return Estimate{}, err
	}
	if left, bounded := e.Budget.Left(); bounded && e.CostMicros > left {
		e.Fits = false
	}
	if r.BudgetMicros != nil && e.CostMicros > *r.BudgetMicros {
		e.Fits = false
	}
	return e, nil
}

func (s *Service) quote(ctx context.Context, q Quoter, set *profile.Set, ids []string, e *Estimate) error {
	sample := evenSample(ids, sampleSize)
	seen := 0
	for len(sample) > 0 {
		n := min(len(sample), 500)
		ls, err := s.leads.ByIDs(ctx, sample[:n])
		if err != nil {
			return err
		}
		for i := range ls {
			if err := addQuote(ctx, q, set, &ls[i], e); err != nil {
				return err
			}
		}
		seen += len(ls)
		sample = sample[n:]
	}
	if seen > 0 && seen < len(ids) {
		e.Sampled = true
		scale := float64(len(ids)) / float64(seen)
		e.Cached = int(float64(e.Cached) * scale)
		e.TokensIn = int(float64(e.TokensIn) * scale)
		e.TokensOut = int(float64(e.TokensOut) * scale)
		e.CostMicros = int64(float64(e.CostMicros) * scale)
	}
	e.ToAnalyze = e.Leads - e.Cached
	if pace := q.Pace(); pace > 0 {
		e.Seconds = float64(e.ToAnalyze) / pace
	}
	return nil
}

func addQuote(ctx context.Context, q Quoter, set *profile.Set, l *lead.Lead, e *Estimate) error {
	one, err := q.Quote(ctx, set, judge.InputOf(l))
	if err != nil {
		return err
	}
	if one.Cached {
		e.Cached++
		return nil
	}
	e.TokensIn += one.TokensIn
	e.TokensOut += one.TokensOut
	e.CostMicros += one.CostMicros
	return nil
}

// evenSample picks at most n ids spread over the whole list.
func evenSample(ids []string, n int) []string {
	if len(ids) <= n {
		return ids
	}
	out := make([]string, 0, n)
	for i := range n {
		out = append(out, ids[i*len(ids)/n])
	}
	return out
}
