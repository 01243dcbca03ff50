package lead

import (
	"context"
	"errors"
	"fmt"

	"gorm.io/gorm"

	"winnow/backend/internal/id"
)

// get reads a lead that the viewer may see through q, which is a reader or a transaction.
func get(ctx context.Context, q *gorm.DB, leadID string) (*Lead, error) {
	if !id.Valid(leadID) {
		return nil, notFound() // PostgreSQL would refuse the text as a uuid
	}
	var l Lead
	named := q.Session(&gorm.Session{QueryFields: true}) // name the columns: PostgreSQL's search vector stays behind
	err := visible(ctx, named).Where("leads.id = ?", leadID).Take(&l).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return nil, merged(ctx, q, leadID)
	}
	if err != nil {
		return nil, fmt.Errorf("read lead: %w", err)
	}
	return &l, nil
}
