package lead

import (
	"context"
	"fmt"
	"time"
)

// Origin is one value that a field had, and where it came from.
type Origin struct {
	Value    string
	Source   string
	ActorID  *string
	ImportID *string
	Row      *int
	At       time.Time
}

// FieldOrigin is a field, the origin of the value that stands, and those of other values it was given, newest first.
type FieldOrigin struct {
	Field   string
	Current *Origin
	Others  []Origin
}

const maxProvenance = 2000

// Provenance answers where each field's value came from, in the order of Fields, custom fields after them. Fault: NotFound.
func (s *Store) Provenance(ctx context.Context, leadID string) ([]FieldOrigin, error) {
	if _, err := s.Get(ctx, leadID); err != nil {
		return nil, err
	}
	var rows []struct {
		Provenance
		ImportID *string
		RowNo    *int
	}
	err := s.db.Read.WithContext(ctx).Table("field_provenance AS p").
		Select("p.*", "s.import_id", "s.row_no").
		Joins("LEFT JOIN lead_sightings s ON s.id = p.sighting_id").
		Where("p.lead_id = ?", leadID).Order("p.at DESC, p.id DESC").Limit(maxProvenance).Find(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("read provenance: %w", err)
	}
	byField := map[string]*FieldOrigin{}
	var order []string
	for _, r := range rows {
		f, ok := byField[r.Field]
		if !ok {
			f = &FieldOrigin{Field: r.Field}
			byField[r.Field] = f
			order = append(order, r.Field)
		}
		o := Origin{Value: r.Value, Source: r.Source, ActorID: r.ActorID, ImportID: r.ImportID, Row: r.RowNo, At: r.At.UTC()}
		if r.Current && f.Current == nil {
			f.Current = &o
		} else {
			f.Others = append(f.Others, o)
		}
	}
	return inFieldOrder(byField, order), nil
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
