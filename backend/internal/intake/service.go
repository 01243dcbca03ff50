package intake

import (
	"context"
	"time"

	"github.com/riverqueue/river"
	"gorm.io/gorm"

	"winnow/backend/internal/account"
	"winnow/backend/internal/clock"
	"winnow/backend/internal/event"
	"winnow/backend/internal/intake/mapping"
	"winnow/backend/internal/intake/normalise"
	"winnow/backend/internal/platform/db"
)

// Jobs inserts background jobs in the transaction that needs them (platform/jobs).
type Jobs interface {
	InsertTx(tx *gorm.DB, args river.JobArgs, o *river.InsertOpts) error
}

// Config is what a Service needs.
type Config struct {
	DB       *db.DB
	Log      *event.Log
	Clock    clock.Clock
	Jobs     Jobs   // nil: imports are run by the caller (CLI)
	Dir      string // where uploaded files wait; several processes share it
	MaxBytes int64  // of one file; 0 = 100 MB
	Region   string // default country of phone numbers, ISO 3166
	// RegionOf tells it where Region is empty, such as the country of the profile in force; may be nil.
	RegionOf func(context.Context) string
	// Lease is how long a worker holds an import without a word; after a kill another takes it up then. 0 = 8 s.
	Lease time.Duration
	// Actors tells who a user is now, before work is done in their name; nil: as they were when the import was started.
	Actors Actors
}

// Actors tells who a user is now. Fault: Unauthenticated for users that are gone or disabled. *account.Service is one.
type Actors interface {
	ViewerOf(ctx context.Context, userID string) (account.Viewer, error)
}

// Service is the one door through which leads come in.
type Service struct {
	db        *db.DB
	log       *event.Log
	clock     clock.Clock
	jobs      Jobs
	dir       string
	maxBytes  int64
	region    func(context.Context) string
	mapper    *mapping.Mapper
	countries *normalise.Countries
	recent    recent
	lease     time.Duration
	actors    Actors
}

// New makes a Service.
func New(c Config) *Service {
	if c.Region != "" || c.RegionOf == nil {
		c.RegionOf = func(context.Context) string { return c.Region }
	}
	if c.Lease == 0 {
		c.Lease = 8 * time.Second
	}
	return &Service{
		lease: c.Lease, actors: c.Actors, db: c.DB, log: c.Log, clock: c.Clock, jobs: c.Jobs, dir: c.Dir, maxBytes: c.MaxBytes, region: c.RegionOf,
		mapper: mapping.New(), countries: normalise.NewCountries(),
	}
}
