package intake

import (
	"context"

	"gorm.io/gorm"

	"winnow/backend/internal/lead"
)

// Samples are the sample leads: the door in makes them, the lead room takes them away and brings them back.
type Samples struct {
	Leads *lead.Service
	Door  *Service
}

// LoadSamples brings deleted sample leads back and the others in, in one transaction; it answers how many. Fault: Forbidden.
func (s Samples) LoadSamples(ctx context.Context) (int, error) {
	rows, err := lead.Samples()
	if err != nil {
		return 0, err
	}
	restored := 0
	created, err := s.Door.AcceptMany(ctx, rows, lead.SourceSample, func(tx *gorm.DB) (err error) {
		restored, err = s.Leads.RestoreSamples(ctx, tx)
		return err
	})
	if err != nil {
		return 0, err
	}
	return restored + created, nil
}

// DeleteSamples takes the sample leads away and answers how many. Fault: Forbidden.
func (s Samples) DeleteSamples(ctx context.Context) (int, error) { return s.Leads.DeleteSamples(ctx) }
