package firm

import (
	"context"

	"github.com/riverqueue/river"
	"gorm.io/gorm"

	"winnow/backend/internal/clock"
	"winnow/backend/internal/intake/linkage"
	"winnow/backend/internal/lead/company"
	"winnow/backend/internal/platform/db"
)

// Jobs inserts background jobs in the transaction that needs them.
type Jobs interface {
	InsertTx(tx *gorm.DB, args river.JobArgs, o *river.InsertOpts) error
}

// Deps are what the service works with.
type Deps struct {
	DB      *db.DB
	Clock   clock.Clock
	Pairs   *company.Service
	Jobs    Jobs // nil: a look through all companies is run by the caller
	Matcher func(tx *gorm.DB) (*linkage.Matcher, string, error)
	// Auto reports whether what is beyond doubt is merged without a person's word.
	Auto func(context.Context) (bool, error)
}

// Service finds companies that are one.
type Service struct{ Deps }

// New makes the service.
func New(d Deps) *Service { return &Service{d} }
