package lead

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"
)

// Origin is one value that a field had, and where it came from.
type Origin struct {
	Value    string
	Source   string // of the file or run, SourceUser, SourceAnalysis, or "" when nobody wrote it down
	ActorID  *string
	ImportID *string
	Row      *int
	LeadID   *string // the merged lead that it was said of; nil: the lead itself
	At       time.Time
}

// SourceAnalysis is the source of a value that an analysis found out.
const SourceAnalysis = "analysis"

// FieldOrigin is a field, the origin of the value that stands, and those of other values it was given, newest first.
type FieldOrigin struct {
	Field   string
	Current *Origin
	Others  []Origin
}

const maxProvenance = 2000

// originRow is a row of provenance with the place in the file that it came from.
type originRow struct {
	Provenance
	ImportID *string
	RowNo    *int
}

func (r originRow) origin() Origin {
	return Origin{Value: r.Value, Source: r.Source, ActorID: r.ActorID, ImportID: r.ImportID, Row: r.RowNo, LeadID: r.FirstLeadID, At: r.At.UTC()}
}

// Provenance answers where each field's value came from, and which other values it was given, also on leads that were
// merged into this one; in the order of Fields, custom fields after them. Fault: NotFound.
func (s *Store) Provenance(ctx context.Context, leadID string) ([]FieldOrigin, error) {
	l, err := s.Get(ctx, leadID)
	if err != nil {
		return nil, err
	}
	var rows []originRow
	err = s.db.Read.WithContext(ctx).Table("field_provenance AS p").
		Select("p.*", "s.import_id", "s.row_no").
		Joins("LEFT JOIN lead_sightings s ON s.id = p.sighting_id").
		Where("p.lead_id = ?", leadID).Order("p.at DESC, p.id DESC").Limit(maxProvenance).Find(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("read provenance: %w", err)
	}
	byField := map[string][]originRow{}
	var order []string
	for _, r := range rows {
		if byField[r.Field] == nil {
			order = append(order, r.Field)
		}
		byField[r.Field] = append(byField[r.Field], r)
	}
	out := map[string]*FieldOrigin{}
	for _, field := range order {
		out[field] = originOf(l, field, byField[field])
	}
	for _, field := range l.untraced() {
		if out[field] == nil {
			out[field] = originOf(l, field, nil)
			order = append(order, field)
		}
	}
	return inFieldOrder(out, order), nil
}

// originOf tells apart where a field's value came from and what else it was given.
func originOf(l *Lead, field string, rows []originRow) *FieldOrigin {
	f := &FieldOrigin{Field: field}
	shown, known := l.said(field)
	at := slices.IndexFunc(rows, func(r originRow) bool { return r.Current && (!known || r.Value == shown) })
	if at < 0 && known {
		at = slices.IndexFunc(rows, func(r originRow) bool { return r.Value == shown })
	}
	for i, r := range rows {
		o := r.origin()
		if i == at {
			f.Current = &o
		} else {
			f.Others = append(f.Others, o)
		}
	}
	if f.Current == nil && shown != "" {
		f.Current = l.unwritten(field, shown)
	}
	return f
}

// said is a field's value as provenance writes it; known is false for fields that provenance writes in another way.
func (l *Lead) said(field string) (v string, known bool) {
	if name, ok := strings.CutPrefix(field, CustomPrefix); ok {
		return l.Custom.V[name], true
	}
	if p := l.text(field); p != nil {
		return *p, true
	}
	return "", false
}

// untraced are the text and custom fields that have a value.
func (l *Lead) untraced() []string {
	var out []string
	for _, f := range append(TextFields(), "source", "source_id") {
		if *l.text(f) != "" {
			out = append(out, f)
		}
	}
	for name := range l.Custom.V {
		out = append(out, CustomPrefix+name)
	}
	slices.Sort(out)
	return out
}

// unwritten is the origin of a value that has no row of provenance: what the lead's source or an analysis told.
func (l *Lead) unwritten(field, v string) *Origin {
	o := &Origin{Value: v, At: l.CreatedAt.UTC()}
	switch {
	case field == "source" || field == "source_id":
		o.Source = l.Source
	case field == "language" && l.AnalyzedAt != nil:
		o.Source, o.At = SourceAnalysis, l.AnalyzedAt.UTC()
	}
	return o
}

func inFieldOrder(byField map[string]*FieldOrigin, rest []string) []FieldOrigin {
	out := make([]FieldOrigin, 0, len(byField))
	for _, f := range Fields() {
		if o, ok := byField[f.Name]; ok {
			out = append(out, *o)
			delete(byField, f.Name)
		}
	}
	for _, name := range rest {
		if o, ok := byField[name]; ok {
			out = append(out, *o)
		}
	}
	return out
}
