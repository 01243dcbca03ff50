package intake

import (
	"context"
	"sort"

	"gorm.io/gorm"

	"winnow/backend/internal/account"
	"winnow/backend/internal/fault"
	"winnow/backend/internal/intake/mapping"
	"winnow/backend/internal/intake/read"
)

// Find is what a source brought: values by the names of lead.Fields and custom fields, as they were written there, and
// what the source itself calls it ("" = nothing).
type Find struct {
	Fields map[string]string
	Key    string
}

// FindOrigin says where finds come from.
type FindOrigin struct {
	Source  string // of the leads that are made: "indiamart"
	Space   string // in which keys are unique; "" = Source
	RunID   string
	OwnerID *string // owner of the leads that are new
	Tags    []string
	Region  string // ISO 3166 country of phone numbers that name none; "" = the profile's
}

// AcceptFinds takes finds in, and with them, in the same transaction, what after writes: a run's place and counts stand or
// fall with its finds. A value that cannot be trusted is left out, a find that is no lead rejected; the outcomes are in
// the order of the finds. after may run more than once when others write at the same time. Faults: Forbidden; Unavailable when the database cannot be
// written; those of after.
func (s *Service) AcceptFinds(ctx context.Context, finds []Find, o FindOrigin, after func(tx *gorm.DB, outs []Outcome) error) ([]Outcome, error) {
	if !account.CanWrite(ctx) {
		return nil, fault.New(fault.Forbidden, "import_forbidden", "You may look at leads but not add any. Ask an administrator for the role user.")
	}
	outs := make([]Outcome, len(finds))
	cands, at := s.shapeFinds(ctx, finds, o, outs)
	origin := Origin{RunID: &o.RunID, OwnerID: o.OwnerID}
	err := s.retry(ctx, func(tx *gorm.DB) error {
		if len(cands) > 0 {
			p, err := s.accept(ctx, tx, cands, origin)
			if err != nil {
				return err
			}
			for i, out := range p.outcomes {
				outs[at[i]] = out
				outs[at[i]].Row = at[i] + 1
			}
		}
		return after(tx, outs)
	})
	if err != nil {
		return nil, err
	}
	return outs, nil
}

// shapeFinds turns finds into candidates and tells of which find each is; those that are no lead get their outcome at once.
func (s *Service) shapeFinds(ctx context.Context, finds []Find, o FindOrigin, outs []Outcome) (cands []*Candidate, at []int) {
	space, region := orElse(o.Space, o.Source), orElse(o.Region, s.region(ctx))
	for i, f := range finds {
		names := make([]string, 0, len(f.Fields))
		for n := range f.Fields {
			names = append(names, n)
		}
		sort.Strings(names)
		var m mapping.Mapping
		row := read.Row{Number: i + 1}
		for _, n := range names {
			m.Columns = append(m.Columns, mapping.Column{Header: n, Field: mapping.Field(n)})
			row.Cells = append(row.Cells, f.Fields[n])
		}
		c, rej := newShaper(m, names, nil, Options{Source: o.Source, DefaultRegion: region, Tags: o.Tags}, s.countries).row(row)
		if rej != nil {
			outs[i] = Outcome{Row: i + 1, Fate: Rejected, Reject: rej}
			continue
		}
		if f.Key != "" {
			c.Lead.SourceID = f.Key
		}
		if c.Lead.SourceID != "" {
			c.IDSpace = space
		}
		cands, at = append(cands, c), append(at, i)
	}
	return cands, at
}
