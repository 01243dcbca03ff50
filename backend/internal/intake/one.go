package intake

import (
	"context"
	"sort"
	"strings"

	"gorm.io/gorm"

	"winnow/backend/internal/account"
	"winnow/backend/internal/fault"
	"winnow/backend/internal/intake/mapping"
	"winnow/backend/internal/intake/read"
)

// AcceptOne takes in one lead that was typed in or sent by a program. Keys of fields are those of lead.Fields and custom
// fields ("custom." and a name); tags are separated by commas. created is false when a lead that was there already took
// the values up. Unlike a row of a file, a value that cannot be trusted stops it: whoever typed it is still there.
// Faults: Forbidden; Invalid with every bad field; Conflict when the lead belongs to a colleague.
func (s *Service) AcceptOne(ctx context.Context, fields map[string]string, source string) (leadID string, created bool, err error) {
	c, err := s.typedCandidate(ctx, fields, source)
	if err != nil {
		return "", false, err
	}
	out, err := s.Accept(ctx, []*Candidate{c}, Origin{OwnerID: ownerOf(ctx, nil)})
	if err != nil {
		return "", false, err
	}
	if r := out[0].Reject; r != nil {
		return "", false, fault.New(fault.Conflict, r.Code, strings.ToUpper(r.Message[:1])+r.Message[1:]+".")
	}
	return out[0].LeadID, out[0].Fate == Created, nil
}

// AcceptMany takes in several such leads in one transaction, all or none, and answers how many were made. first, when
// given, runs at the beginning of that transaction. Faults as AcceptOne.
func (s *Service) AcceptMany(ctx context.Context, rows []map[string]string, source string, first func(tx *gorm.DB) error) (created int, err error) {
	if !account.CanWrite(ctx) {
		return 0, fault.New(fault.Forbidden, "import_forbidden", "You may look at leads but not add any. Ask an administrator for the role user.")
	}
	cands := make([]*Candidate, len(rows))
	for i, fields := range rows {
		if cands[i], err = s.typedCandidate(ctx, fields, source); err != nil {
			return 0, err
		}
	}
	var p *plan
	err = s.retry(ctx, func(tx *gorm.DB) (err error) {
		if first != nil {
			if err := first(tx); err != nil {
				return err
			}
		}
		p, err = s.accept(ctx, tx, cands, Origin{OwnerID: ownerOf(ctx, nil)})
		return err
	})
	if err != nil {
		return 0, err
	}
	for _, o := range p.outcomes {
		if o.Fate == Created {
			created++
		}
	}
	return created, nil
}

// typedCandidate shapes fields that a person or program gave; what cannot be trusted is a fault.
func (s *Service) typedCandidate(ctx context.Context, fields map[string]string, source string) (*Candidate, error) {
	names := make([]string, 0, len(fields))
	for n := range fields {
		names = append(names, n)
	}
	sort.Strings(names)
	m := mapping.Mapping{}
	row := read.Row{}
	for _, n := range names {
		f := mapping.Field(n)
		if n == "timezone" || n == "status" {
			continue
		}
		m.Columns = append(m.Columns, mapping.Column{Header: n, Field: f})
		row.Cells = append(row.Cells, fields[n])
	}
	c, rej := newShaper(m, names, nil, Options{Source: source, DefaultRegion: s.region(ctx)}, s.countries).row(row)
	if rej != nil {
		return nil, fault.InvalidFields("lead_invalid", "The lead was not stored.", fault.Field{Name: orElse(rej.Column, "name"), Code: rej.Code, Message: rej.Message})
	}
	if err := typed(c); err != nil {
		return nil, err
	}
	if c.Lead.SourceID != "" {
		c.IDSpace = c.Lead.Source
	}
	return c, nil
}

// typed turns warnings into faults; addresses that only look odd may stay.
func typed(c *Candidate) error {
	var bad []fault.Field
	for _, w := range c.Warnings {
		switch w.Code {
		case "characters_removed", "value_cut", "country_unknown":
			continue
		}
		bad = append(bad, fault.Field{Name: w.Column, Code: w.Code, Message: w.Message})
	}
	if len(bad) > 0 {
		return fault.InvalidFields("lead_invalid", "The lead was not stored; see each field.", bad...)
	}
	return nil
}

func orElse(s, other string) string {
	if s == "" {
		return other
	}
	return s
}
