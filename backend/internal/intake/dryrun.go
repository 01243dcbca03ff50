package intake

import (
	"context"
	"errors"
	"fmt"
	"io"

	"winnow/backend/internal/lead"
)

// DryRun says what Run would do now, and writes nothing. Faults: as Run's.
func (s *Service) DryRun(ctx context.Context, importID string, o Options) (*Import, error) {
	imp, _, err := s.Rehearse(ctx, importID, o)
	return imp, err
}

// Rehearse is DryRun with the first rows of each fate.
func (s *Service) Rehearse(ctx context.Context, importID string, o Options) (*Import, []Sample, error) {
	imp, in, err := s.ready(ctx, importID, o)
	if err != nil {
		return nil, nil, err
	}
	o = imp.Options.V.Options
	t, err := s.open(imp.Path, imp.Filename, o)
	if err != nil {
		return nil, nil, err
	}
	defer t.Close()
	sh := newShaper(in.mapping, t.Columns, in.orders, o, s.countries)
	seen, samples := newOverlay(), &sampler{}
	for {
		ch, err := nextChunk(ctx, t, sh, imp.NextRow)
		if errors.Is(err, io.EOF) {
			imp.RowsTotal = imp.Done()
			return imp, samples.taken, nil
		}
		if err != nil {
			return nil, nil, err
		}
		if err := s.rehearse(ctx, imp, ch, seen, samples); err != nil {
			return nil, nil, err
		}
		imp.NextRow = ch.last
	}
}

// rehearse works a chunk out against the database and what earlier chunks would have done.
func (s *Service) rehearse(ctx context.Context, imp *Import, ch *chunk, seen *overlay, samples *sampler) error {
	b := newBook()
	if err := b.load(s.db.Read.WithContext(ctx), s.db.Dialect, ch.cands, nil, false); err != nil {
		return fmt.Errorf("look up identities: %w", err)
	}
	seen.onto(b, ch.cands)
	r := newResolver(b, Origin{Options: imp.Options.V.Options}, s.clock.Now(), mayTouch(ctx))
	for _, c := range ch.cands {
		before := samples.before(b, seen, c, r.origin.Options)
		r.add(c)
		samples.take(c, r.plan.outcomes[len(r.plan.outcomes)-1], before)
		imp.warn(c.Warnings...)
	}
	samples.rejects(ch.rejects)
	imp.count(r.plan.outcomes)
	imp.warn(r.plan.warnings...)
	imp.Rejected += len(ch.rejects)
	seen.remember(b, r.plan, r.origin.Options.Known == KnownOverwrite)
	return nil
}

// overlay remembers, without the texts, what earlier chunks of a dry run would have written.
type overlay struct {
	keys   map[identity]string
	leads  map[string]*lead.Lead
	hashes map[string]map[string]bool
	here   map[string]bool
}

func newOverlay() *overlay {
	return &overlay{keys: map[identity]string{}, leads: map[string]*lead.Lead{}, hashes: map[string]map[string]bool{}, here: map[string]bool{}}
}

func (v *overlay) onto(b *book, cands []*Candidate) {
	for _, c := range cands {
		for _, k := range c.identities() {
			id, ok := v.keys[k]
			if !ok {
				continue
			}
			if _, known := b.byKey[k]; !known {
				b.byKey[k] = id
			}
			delete(b.dead, k)
		}
	}
	for _, id := range b.byKey {
		if l, ok := v.leads[id]; ok {
			b.leads[id] = l
		}
		for h := range v.hashes[id] {
			b.saw(id, h)
		}
		if v.here[id] {
			b.here[id] = true
		}
	}
}

// remember keeps the leads' outlines, or the whole leads where what they hold decides what is taken.
func (v *overlay) remember(b *book, p *plan, whole bool) {
	for _, i := range p.identities {
		v.keys[identity{i.Kind, i.Value}] = i.LeadID
	}
	for _, o := range p.outcomes {
		if o.LeadID == "" {
			continue
		}
		if p.restored[o.LeadID] {
			for k, owner := range b.byKey {
				if owner == o.LeadID {
					v.keys[k] = owner
				}
			}
		}
		v.leads[o.LeadID] = b.leads[o.LeadID]
		if !whole {
			v.leads[o.LeadID] = outline(b.leads[o.LeadID])
		}
		v.hashes[o.LeadID] = b.hashes[o.LeadID]
		v.here[o.LeadID] = b.here[o.LeadID]
	}
}

// outline is a lead that says which fields are filled, not with what.
func outline(l *lead.Lead) *lead.Lead {
	o := *l
	for _, f := range textFields() {
		if p := f.at(&o); *p != "" && f.name != "name" && f.name != "company" {
			*p = "x"
		}
	}
	o.Custom.V = make(map[string]string, len(l.Custom.V))
	for k := range l.Custom.V {
		o.Custom.V[k] = ""
	}
	return &o
}
