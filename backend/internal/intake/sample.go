package intake

import (
	"encoding/json"
	"maps"
	"strconv"
	"strings"
	"time"

	"winnow/backend/internal/lead"
)

const (
	samplesEach = 50  // rows of each fate that a dry run shows
	sampleText  = 200 // characters of a value in them
)

// Sample is a row as a dry run saw it.
type Sample struct {
	Row                  int
	Fate                 Fate
	LeadID               string // of a lead that is there already
	Name, Company, Email string // who it is; of a rejected row the first cells
	Column, Code, Reason string
	Changes              []Change
}

// Change is a field of a known lead for which the row has a value: it is taken where the lead has none, and what
// stands is kept.
type Change struct {
	Field, Stored, Given string
	Taken                bool
}

// sampler keeps the first rows of each fate.
type sampler struct {
	taken []Sample
	count map[Fate]int
}

func (s *sampler) full(f Fate) bool { return s.count[f] >= samplesEach }

func (s *sampler) add(x Sample) {
	if s.count == nil {
		s.count = map[Fate]int{}
	}
	s.count[x.Fate]++
	s.taken = append(s.taken, x)
}

// before is the stored lead that a candidate will meet, as it stands; nil when it is new, or when an earlier row of the
// file met it already (then only its outline is known).
func (s *sampler) before(b *book, seen *overlay, c *Candidate, o Options) *lead.Lead {
	if s.full(Updated) && s.full(Unchanged) {
		return nil
	}
	id := b.find(c, o).leadID
	l := b.leads[id]
	if _, met := seen.leads[id]; l == nil || met {
		return nil
	}
	was := *l
	was.Custom.V = maps.Clone(l.Custom.V)
	return &was
}

// take keeps a row if its fate has not enough yet.
func (s *sampler) take(c *Candidate, o Outcome, before *lead.Lead) {
	if s.full(o.Fate) {
		return
	}
	x := Sample{Row: o.Row, Fate: o.Fate, Name: short(c.Lead.Name), Company: short(c.Lead.Company), Email: short(c.Lead.Email)}
	if len(c.Warnings) > 0 {
		w := c.Warnings[0]
		x.Column, x.Code, x.Reason = w.Column, w.Code, w.Message
	}
	if o.Note != nil {
		x.Code, x.Reason = o.Note.Code, o.Note.Message
	}
	if o.Reject != nil {
		x.Column, x.Code, x.Reason = o.Reject.Column, o.Reject.Code, o.Reject.Message
	}
	if before != nil && o.LeadID == before.ID {
		x.LeadID, x.Changes = o.LeadID, changesOf(before, o.values)
	}
	s.add(x)
}

func (s *sampler) rejects(rows []*Reject) {
	for _, r := range rows {
		if s.full(Rejected) {
			return
		}
		s.add(Sample{Row: r.Row, Fate: Rejected, Name: firstCells(r.text), Column: r.Column, Code: r.Code, Reason: r.Message})
	}
}

func firstCells(raw string) string {
	var cells, kept []string
	if err := json.Unmarshal([]byte(raw), &cells); err != nil {
		return short(raw)
	}
	for _, c := range cells {
		if c = strings.TrimSpace(c); c != "" && len(kept) < 4 {
			kept = append(kept, c)
		}
	}
	return short(strings.Join(kept, " · "))
}

// changesOf lists what is taken and what differs and stays.
func changesOf(before *lead.Lead, values []value) []Change {
	var out []Change
	for _, v := range values {
		stored := stands(before, v.field)
		if !v.filled && strings.EqualFold(stored, v.text) {
			continue
		}
		out = append(out, Change{Field: v.field, Stored: short(stored), Given: short(v.text), Taken: v.filled})
	}
	return out
}

// stands is the text of a field of a stored lead.
func stands(l *lead.Lead, field string) string {
	if key, ok := strings.CutPrefix(field, lead.CustomPrefix); ok {
		return l.Custom.V[key]
	}
	switch {
	case field == "tags":
		return strings.Join(l.Tags.V, ", ")
	case field == "posted_at" && l.PostedAt != nil:
		return l.PostedAt.UTC().Format(time.RFC3339Nano)
	case field == "value" && l.ValueMicros != nil:
		return strconv.FormatFloat(float64(*l.ValueMicros)/1e6, 'f', -1, 64)
	}
	for _, f := range textFields() {
		if f.name == field {
			return *f.at(l)
		}
	}
	return ""
}

func short(s string) string { return clip(s, sampleText) }
