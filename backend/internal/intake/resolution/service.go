package resolution

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"runtime"
	"sync"
	"time"

	"github.com/riverqueue/river"
	"gorm.io/gorm"

	"winnow/backend/internal/clock"
	"winnow/backend/internal/event"
	"winnow/backend/internal/intake/linkage"
	"winnow/backend/internal/lead/duplicate"
	"winnow/backend/internal/platform/db"
)

// Pairs is the review queue. *duplicate.Service is one.
type Pairs interface {
	// Renew keeps what was found about some leads, and drops the open pairs of theirs that were not found again.
	Renew(tx *gorm.DB, leads []string, found []duplicate.Found) (int, error)
	// Record keeps what was found; Forget drops the open pairs that were found before and not since.
	Record(tx *gorm.DB, found []duplicate.Found) (int, error)
	Forget(ctx context.Context, since time.Time) (int, error)
}

// Jobs inserts background jobs in the transaction that needs them.
type Jobs interface {
	InsertTx(tx *gorm.DB, args river.JobArgs, o *river.InsertOpts) error
}

// Service finds duplicates.
type Service struct {
	db    *db.DB
	clock clock.Clock
	log   *event.Log
	pairs Pairs
	jobs  Jobs
	width int // chunks of leads that a sweep works at abreast
	tell  int // after how many leads the log is told of a sweep's progress

	mu       sync.Mutex
	matchers map[group]*matcher
}

// New makes the service. Without jobs a sweep is run by the caller.
func New(d *db.DB, c clock.Clock, log *event.Log, pairs Pairs, jobs Jobs) *Service {
	return &Service{db: d, clock: c, log: log, pairs: pairs, jobs: jobs, width: runtime.GOMAXPROCS(0), tell: toldEvery, matchers: map[group]*matcher{}}
}

// matcher is a model ready for use and what it is called.
type matcher struct {
	*linkage.Matcher
	name      string
	learnedAt time.Time
}

// storedModel is a model as it was learned last.
type storedModel struct {
	Name      string `gorm:"primaryKey"`
	Model     db.JSON[json.RawMessage]
	Leads     int
	LearnedAt time.Time
}

// TableName names the table.
func (storedModel) TableName() string { return "linkage_models" }

// believed is the name of the model of a workspace that has not learned one.
const believed = "believed"

// typical is the size of a workspace that is assumed until it has learned its own model.
const typical = 2000

// current is the matchers as they are now, read once for many leads.
func (s *Service) current(tx *gorm.DB) (map[group]*matcher, error) {
	out := map[group]*matcher{}
	for _, g := range groups() {
		m, err := s.matcherOf(tx, g)
		if err != nil {
			return nil, err
		}
		out[g] = m
	}
	return out, nil
}

// matcherOf is the matcher of a group: of the model learned last, or of what is believed before.
func (s *Service) matcherOf(tx *gorm.DB, g group) (*matcher, error) {
	var at []storedModel
	if err := tx.Select("name", "learned_at").Where("name = ?", string(g)).Limit(1).Find(&at).Error; err != nil {
		return nil, fmt.Errorf("look for the model of %s: %w", g, err)
	}
	s.mu.Lock()
	have := s.matchers[g]
	s.mu.Unlock()
	if have != nil && (len(at) == 0 && have.name == believed || len(at) == 1 && have.learnedAt.Equal(at[0].LearnedAt)) {
		return have, nil
	}
	m := &matcher{Matcher: linkage.NewMatcher(linkage.Believe(g.fields(), typical)), name: believed}
	if len(at) == 1 {
		var row storedModel
		err := tx.First(&row, "name = ?", string(g)).Error
		if err != nil && !errors.Is(err, gorm.ErrRecordNotFound) {
			return nil, fmt.Errorf("read the model of %s: %w", g, err)
		}
		// A model of an older version of this program is learned anew by the next sweep.
		if model, bad := linkage.Load(row.Model.V); err == nil && bad == nil {
			m = &matcher{Matcher: linkage.NewMatcher(model), name: row.LearnedAt.UTC().Format(time.RFC3339), learnedAt: row.LearnedAt}
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.matchers[g] = m
	return m, nil
}
