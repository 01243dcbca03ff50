package compose

import (
	"context"
	"slices"

	"winnow/backend/internal/fault"
	"winnow/backend/internal/qualify/judge"
)

// Preview is what a template would say to a lead.
type Preview struct {
	Subject   string
	Body      string
	Variables []Variable // those the template uses, with the lead's values
	Missing   []string   // those without a value or a default; they stand in the text as {{name}}
}

// Preview fills a template that need not be stored yet. A lead that has not been analysed has no pain and no quote.
// Faults: NotFound (lead), Invalid with the field that can't be read.
func (s *Service) Preview(ctx context.Context, subject, body, leadID string) (Preview, error) {
	ps, err := parse("subject", subject)
	if err != nil {
		return Preview{}, err
	}
	pb, err := parse("body", body)
	if err != nil {
		return Preview{}, err
	}
	l, err := s.leads.Get(ctx, leadID)
	if err != nil {
		return Preview{}, err
	}
	a, err := s.analyses.Latest(ctx, leadID)
	if fault.Is(err, fault.NotFound) {
		a, err = judge.Analysis{}, nil
	}
	if err != nil {
		return Preview{}, err
	}
	set, err := s.analyses.Profile(ctx)
	if err != nil {
		return Preview{}, err
	}
	vars, err := s.variables(ctx, l, a, set)
	if err != nil {
		return Preview{}, err
	}
	_, lacking := ps.render(vars)
	_, more := pb.render(vars)
	p := Preview{Missing: sortedSet(append(lacking, more...))}
	for _, n := range p.Missing {
		vars[n] = "{{" + n + "}}"
	}
	text, _ := ps.render(vars)
	p.Subject = clip(oneLine(text), 200)
	p.Body, _ = pb.render(vars)
	for _, n := range unite(ps.uses(), pb.uses()) {
		if !slices.Contains(p.Missing, n) {
			p.Variables = append(p.Variables, Variable{Name: n, Value: vars[n]})
		}
	}
	return p, nil
}

func sortedSet(names []string) []string {
	slices.Sort(names)
	return slices.Compact(names)
}

// unite is a with what b has beyond it, in order.
func unite(a, b []string) []string {
	for _, n := range b {
		if !slices.Contains(a, n) {
			a = append(a, n)
		}
	}
	return a
}
