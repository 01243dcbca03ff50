package duplicate

import (
	"context"
	"fmt"

	"gorm.io/gorm"

	"winnow/backend/internal/fault"
	"winnow/backend/internal/lead"
	"winnow/backend/internal/lead/merging"
)

// MaxBulk is the most pairs that one bulk verdict is about; what is left over is told, for another.
const MaxBulk = 500

// Bulk is one verdict on all open pairs of a confidence.
type Bulk struct {
	Min, Max float64 // of the score, both included
	Verdict  Verdict // SayMerge, SayDifferent or SaySkip
	Rule     merging.Rule
	DryRun   bool
}

// Done says what a bulk verdict did, or would do.
type Done struct {
	Count   int      // pairs
	Skipped int      // not the viewer's to change, in the way of an earlier verdict, or changed meanwhile
	Left    int      // beyond MaxBulk
	Merges  []string // ids, by which each merge can be undone
}

// JudgeAll gives one verdict on the open pairs of a confidence that the viewer may change, the surest first. Each merge is
// a transaction of its own. Faults: Forbidden, Invalid.
func (s *Service) JudgeAll(ctx context.Context, b Bulk) (Done, error) {
	if err := mayWrite(ctx); err != nil {
		return Done{}, err
	}
	if b.Verdict == SayOpen {
		return Done{}, fault.InvalidFields("duplicates_invalid", "Nothing was judged.", fault.Field{Name: "verdict", Code: "value_wrong", Message: "Use merge, different or skip."})
	}
	page, err := s.List(ctx, Query{State: Open, Min: b.Min, Max: b.Max, Limit: MaxBulk})
	if err != nil {
		return Done{}, err
	}
	out := Done{Left: page.Total - len(page.Items)}
	var mine []Both
	for i := range page.Items {
		p := &page.Items[i]
		if lead.MayChange(ctx, &p.A) != nil || lead.MayChange(ctx, &p.B) != nil {
			out.Skipped++
			continue
		}
		mine = append(mine, *p)
	}
	switch {
	case b.DryRun:
		out.Count = len(mine)
		return out, nil
	case b.Verdict == SayMerge:
		return out, s.mergeAll(ctx, mine, b.Rule, &out)
	}
	return out, s.setAll(ctx, mine, b.Verdict, &out)
}

// mergeAll merges pair by pair; leads that an earlier one merged are followed.
func (s *Service) mergeAll(ctx context.Context, ps []Both, rule merging.Rule, out *Done) error {
	for i := range ps {
		p := &ps[i]
		into, from, err := s.ends(ctx, p)
		if err != nil {
			return err
		}
		if into == from {
			out.Count++ // an earlier pair made them one
			continue
		}
		apart, err := apart(s.db.Write.WithContext(ctx), into, from)
		if err != nil {
			return err
		}
		if apart {
			out.Skipped++
			continue
		}
		m, err := s.merges.Merge(ctx, merging.Request{Survivor: into, Merged: []string{from}, Rule: rule})
		switch fault.KindOf(err) {
		case "":
			out.Count++
			out.Merges = append(out.Merges, m.ID)
		case fault.NotFound, fault.Forbidden, fault.Conflict, fault.Stale:
			out.Skipped++
		default:
			return err
		}
	}
	return nil
}

// ends are the leads that stand for the two of a pair now, the survivor first.
func (s *Service) ends(ctx context.Context, p *Both) (into, from string, err error) {
	other := p.LeadA
	if p.Suggest == p.LeadA {
		other = p.LeadB
	}
	q := s.db.Write.WithContext(ctx)
	if into, err = lead.Root(q, p.Suggest); err != nil {
		return "", "", err
	}
	from, err = lead.Root(q, other)
	return into, from, err
}

// apart reports whether somebody said that a lead of one tree and a lead of the other are different.
func apart(q *gorm.DB, a, b string) (bool, error) {
	as, err := lead.Members(q, a)
	if err != nil {
		return false, err
	}
	bs, err := lead.Members(q, b)
	if err != nil {
		return false, err
	}
	var n int64
	err = q.Model(&Pair{}).Where("state = ? AND ((lead_a IN ? AND lead_b IN ?) OR (lead_a IN ? AND lead_b IN ?))", Different, as, bs, bs, as).Count(&n).Error
	if err != nil {
		return false, fmt.Errorf("look for verdicts: %w", err)
	}
	return n > 0, nil
}

func (s *Service) setAll(ctx context.Context, ps []Both, v Verdict, out *Done) error {
	if len(ps) == 0 {
		return nil
	}
	pairs := make([]Pair, len(ps))
	for i := range ps {
		pairs[i] = ps[i].Pair
	}
	out.Count = len(pairs)
	return s.db.Tx(ctx, func(tx *gorm.DB) error { return s.set(ctx, tx, pairs, v.StateOf()) })
}
