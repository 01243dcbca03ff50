package intake

import (
	"maps"
	"slices"
	"strconv"
	"time"

	"gorm.io/gorm"

	"winnow/backend/internal/event"
	"winnow/backend/internal/id"
	"winnow/backend/internal/lead"
	"winnow/backend/internal/platform/db"
)

// plan is everything that a chunk of candidates changes, worked out before anything is written.
type plan struct {
	leads      []*lead.Lead
	fresh      map[string]bool // ids of leads
	changed    map[string]*lead.Lead
	restored   map[string]bool
	identities []lead.Identity
	sightings  []lead.Sighting
	provenance []lead.Provenance
	events     []event.Event
	outcomes   []Outcome
	changes    []importChange
	retired    map[place][]string // fields whose values until now are history
	warnings   []Warning          // beside those of the candidates
}

// rights are what the viewer may do with leads that exist.
type rights struct{ see, change func(*lead.Lead) bool }

// resolver works out a plan. It is pure: clock, book and ids come from outside, nothing is read or written.
type resolver struct {
	book   *book
	origin Origin
	now    time.Time
	may    rights
	fields []textField
	plan   *plan
}

func newResolver(b *book, o Origin, now time.Time, may rights) *resolver {
	return &resolver{
		book: b, origin: o, now: now, may: may, fields: textFields(),
		plan: &plan{fresh: map[string]bool{}, changed: map[string]*lead.Lead{}, restored: map[string]bool{}, retired: map[place][]string{}},
	}
}

func (r *resolver) add(c *Candidate) {
	m := r.book.find(c, r.origin.Options)
	switch rows := r.origin.Options.Rows; {
	case m.leadID == "" && rows == RowsUpdate:
		r.reject(c, "lead_unknown", "no lead is known by this, and the import only updates known ones")
		return
	case m.leadID == "":
		r.create(c, m)
		return
	case rows == RowsCreate && !m.deleted && !r.plan.fresh[m.leadID] && !r.book.here[m.leadID]:
		r.leave(c, m)
		return
	}
	l := r.book.leads[m.leadID]
	switch {
	case l == nil || !r.may.see(l):
		r.reject(c, "lead_not_yours", "this lead is already known and belongs to a colleague: ask them, or an administrator")
		return
	case !r.may.change(l):
		r.look(c, m, l)
		return
	}
	if m.conflict {
		r.plan.warnings = append(r.plan.warnings, Warning{
			Code: "identity_conflict", Count: 1,
			Message: "rows whose addresses belong to two different leads were joined to the one with the stronger match; nothing was taken from the other",
		})
	}
	r.join(c, m, l)
}

func (r *resolver) create(c *Candidate, m match) {
	l := &lead.Lead{
		ID: id.New(), Status: lead.StatusNew, Score: lead.NoScore, OwnerID: r.origin.OwnerID,
		LastActivityAt: r.now, CreatedAt: r.now, UpdatedAt: r.now, Version: 1,
	}
	l.Tags, l.Custom = db.NewJSON([]string{}), db.NewJSON(map[string]string{})
	values := merge(l, c, r.fields, policy{})
	r.book.leads[l.ID] = l
	r.plan.leads = append(r.plan.leads, l)
	r.plan.fresh[l.ID] = true
	r.claim(l.ID, m)
	r.witness(c, l, m.home, values)
	r.event("lead.found", l, c, filled(values))
	r.plan.outcomes = append(r.plan.outcomes, Outcome{Row: c.Row, Fate: Created, LeadID: l.ID, Fields: filled(values)})
}

func (r *resolver) join(c *Candidate, m match, l *lead.Lead) {
	out := Outcome{Row: c.Row, LeadID: l.ID}
	values := merge(l, c, r.fields, r.policy(m))
	out.Fields, out.values = filled(values), values
	if m.deleted {
		r.restore(l)
	}
	r.claim(l.ID, m)
	met := r.book.here[l.ID]
	r.retire(l, m.home, values)
	r.witness(c, l, m.home, values)
	switch {
	case len(out.Fields) > 0 || len(m.free) > 0 || m.deleted:
		out.Fate = Updated
		r.remember(c, l, m, values)
		r.touch(l)
		r.event("lead.updated", l, c, out.Fields)
	case met:
		out.Fate = Duplicate
	default:
		out.Fate = Unchanged
	}
	r.plan.outcomes = append(r.plan.outcomes, out)
}

// look is join for a lead that the viewer may see and not change, because nobody owns it yet.
func (r *resolver) look(c *Candidate, m match, l *lead.Lead) {
	trial := *l
	trial.Custom.V = maps.Clone(l.Custom.V)
	if len(filled(merge(&trial, c, r.fields, r.policy(m)))) > 0 || len(m.free) > 0 || m.deleted {
		r.reject(c, "lead_unclaimed", "this lead is already known and nobody owns it yet: claim it, then import the row again")
		return
	}
	r.plan.outcomes = append(r.plan.outcomes, Outcome{Row: c.Row, Fate: Unchanged, LeadID: l.ID})
}

// policy is how a lead that was there takes what the row says. What it is known by stays where the row's belongs to
// somebody else.
func (r *resolver) policy(m match) policy {
	return policy{
		overwrite: r.origin.Options.Known == KnownOverwrite,
		keep:      func(field string) bool { return slices.Contains(m.taken, kindOf(field)) },
	}
}

// leave passes over the row of a lead that was known before an import that only creates.
func (r *resolver) leave(c *Candidate, m match) {
	out := Outcome{Row: c.Row, Fate: Unchanged, LeadID: m.leadID, Note: &Warning{Code: "lead_known", Message: "this lead is known already, and the import only creates new ones"}}
	if l := r.book.leads[m.leadID]; l == nil || !r.may.see(l) {
		out.LeadID = ""
	}
	r.plan.outcomes = append(r.plan.outcomes, out)
}

func (r *resolver) reject(c *Candidate, code, message string) {
	r.plan.outcomes = append(r.plan.outcomes, Outcome{Row: c.Row, Fate: Rejected, Reject: &Reject{Row: c.Row, Code: code, Message: message, text: rawText(c.cells)}})
}

// restore brings a lead back from the bin, with its history.
func (r *resolver) restore(l *lead.Lead) {
	l.DeletedAt = gorm.DeletedAt{}
	r.plan.restored[l.ID] = true
	for k, owner := range r.book.dead {
		if owner == l.ID {
			if _, taken := r.book.byKey[k]; !taken {
				r.book.byKey[k] = l.ID
			}
			delete(r.book.dead, k)
		}
	}
	r.plan.warnings = append(r.plan.warnings, Warning{Code: "lead_restored", Count: 1, Message: "leads that had been deleted came again and were brought back with their history"})
}

func (r *resolver) touch(l *lead.Lead) {
	if _, done := r.plan.changed[l.ID]; !done && !r.plan.fresh[l.ID] {
		r.plan.changed[l.ID] = l
		l.Version++
	}
	l.UpdatedAt = r.now
}

func (r *resolver) claim(leadID string, m match) {
	for _, k := range m.free {
		r.book.byKey[k] = leadID
		if m.home != nil {
			r.book.home[k] = *m.home
		}
		r.plan.identities = append(r.plan.identities, lead.Identity{ID: id.New(), LeadID: leadID, FirstLeadID: m.home, Kind: k.Kind, Value: k.Value, Live: true, CreatedAt: r.now})
	}
}

// witness records the sighting and where each value came from, once for each different row and whenever it gives something.
// home is the merged lead that it is about, nil for l itself.
func (r *resolver) witness(c *Candidate, l *lead.Lead, home *string, values []value) {
	if r.book.hashes[l.ID][c.RawHash] && len(filled(values)) == 0 {
		return
	}
	r.book.saw(l.ID, c.RawHash)
	r.book.here[l.ID] = true
	s := lead.Sighting{
		ID: id.New(), LeadID: l.ID, FirstLeadID: home, Source: c.Lead.Source, RunID: r.origin.RunID, ImportID: r.origin.ImportID,
		RawHash: c.RawHash, Raw: db.NewJSON(c.Raw), At: r.now,
	}
	if c.Row > 0 {
		row := c.Row
		s.RowNo = &row
	}
	r.plan.sightings = append(r.plan.sightings, s)
	for _, v := range values {
		if v.text == "" {
			continue // cleared: nothing stands there now
		}
		r.plan.provenance = append(r.plan.provenance, lead.Provenance{
			ID: id.New(), LeadID: l.ID, FirstLeadID: home, Field: v.field, Value: clip(v.text, maxCustom),
			Source: c.Lead.Source, SightingID: &s.ID, Current: v.filled, At: r.now,
		})
	}
}

func (r *resolver) event(typ string, l *lead.Lead, c *Candidate, fields []string) {
	data := map[string]any{"fields": fields}
	if r.origin.ImportID != nil {
		data["import_id"] = *r.origin.ImportID
	}
	if r.origin.RunID != nil {
		data["run_id"] = *r.origin.RunID
	}
	if c.Row > 0 {
		data["row"] = strconv.Itoa(c.Row)
	}
	if r.plan.restored[l.ID] {
		data["restored"] = true
	}
	r.plan.events = append(r.plan.events, event.Event{Type: typ, SubjectKind: "lead", SubjectID: l.ID, OwnerID: l.OwnerID, Data: data})
}
