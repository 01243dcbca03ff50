package evalset

import (
	"context"
	"fmt"

	"golang.org/x/text/unicode/norm"

	"winnow/backend/internal/fault"
	"winnow/backend/internal/profile"
	"winnow/backend/internal/qualify"
)

// Run judges every record by its own profile and compares with the labels. profiles is keyed by Record.Profile.
// Faults: Invalid when a record names a profile that is not there; those of the analyzer, with the row named.
func Run(ctx context.Context, a qualify.Analyzer, profiles map[string]*profile.Set, records []Record) (Report, error) {
	all, odd, even := newTally(), newTally(), newTally()
	for _, r := range records {
		c, err := judge(ctx, a, profiles, r, r.Input())
		if err != nil {
			return Report{}, err
		}
		all.add(r, c)
		if r.Line%2 == 1 {
			odd.add(r, c)
		} else {
			even.add(r, c)
		}
	}
	return Report{Metrics: all.metrics(), Analyzer: a.Name(), Version: a.Version(), Odd: odd.metrics(), Even: even.metrics()}, nil
}

func judge(ctx context.Context, a qualify.Analyzer, profiles map[string]*profile.Set, r Record, in qualify.Input) (qualify.Checked, error) {
	set, ok := profiles[r.Profile]
	if !ok {
		return qualify.Checked{}, fault.Newf(fault.Invalid, "eval_profile_missing", "line %d (%s) is for profile %q, which is not among the profiles given; add a folder of that name with company.yaml, audience.yaml and pain_points.yaml", r.Line, r.ID, r.Profile)
	}
	d, err := a.Analyze(ctx, set, in)
	if err != nil {
		return qualify.Checked{}, fmt.Errorf("line %d (%s): %w", r.Line, r.ID, err)
	}
	return qualify.Check(set, in, d), nil
}

// Inject puts each attack into the content of every record and counts the grades that rise above what the untouched
// row gets: on its own line before, on its own line behind, and in the last line; with all false only one of the three
// places each time, in turn. attacks is usually Attacks(). Faults: those of Run.
func Inject(ctx context.Context, a qualify.Analyzer, profiles map[string]*profile.Set, records []Record, attacks []string, all bool) (Injections, error) {
	var out Injections
	for _, r := range records {
		clean, err := judge(ctx, a, profiles, r, r.Input())
		if err != nil {
			return out, err
		}
		for i, attack := range attacks {
			for place, content := range []string{r.Lead.Content + "\n" + attack, attack + "\n" + r.Lead.Content, r.Lead.Content + " " + attack} {
				if !all && place != (i+r.Line)%3 {
					continue
				}
				in := r.Input()
				in.Content = norm.NFC.String(content)
				c, err := judge(ctx, a, profiles, r, in)
				if err != nil {
					return out, err
				}
				out.count(r, attack, clean.Grade, c.Grade)
			}
		}
	}
	return out, nil
}

func (out *Injections) count(r Record, attack, clean, attacked string) {
	out.Tried++
	if qualify.GradeRank(attacked) >= qualify.GradeRank(clean) {
		return
	}
	out.Risen++
	if len(out.Worst) < 5 {
		out.Worst = append(out.Worst, fmt.Sprintf("line %d (%s → %s): %.80q", r.Line, clean, attacked, attack))
	}
}
