package collect

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/riverqueue/river"
	"gorm.io/gorm"

	"winnow/backend/internal/account"
	"winnow/backend/internal/clock"
	"winnow/backend/internal/event"
	"winnow/backend/internal/fault"
	"winnow/backend/internal/id"
	"winnow/backend/internal/intake"
	"winnow/backend/internal/platform/db"
)

// Door is where finds go in. *intake.Service is one.
type Door interface {
	AcceptFinds(ctx context.Context, finds []intake.Find, o intake.FindOrigin, after func(tx *gorm.DB, outs []intake.Outcome) error) ([]intake.Outcome, error)
}

// Jobs inserts background jobs in the transaction that needs them (platform/jobs).
type Jobs interface {
	InsertTx(tx *gorm.DB, args river.JobArgs, o *river.InsertOpts) error
}

// Deps is what a Service needs.
type Deps struct {
	DB         *db.DB
	Clock      clock.Clock
	Events     *event.Log
	Door       Door
	Jobs       Jobs
	Seal       Sealer
	Zone       func(context.Context) *time.Location // the workspace's; nil = UTC
	Connectors []Connector
}

// Service keeps sources and their runs.
type Service struct {
	db     *db.DB
	clock  clock.Clock
	events *event.Log
	door   Door
	jobs   Jobs
	seal   Sealer
	zone   func(context.Context) *time.Location
	kinds  []Connector
}

// New makes a Service. Two connectors of one name are a mistake of the program.
func New(d Deps) (*Service, error) {
	if d.Zone == nil {
		d.Zone = func(context.Context) *time.Location { return time.UTC }
	}
	s := &Service{db: d.DB, clock: d.Clock, events: d.Events, door: d.Door, jobs: d.Jobs, seal: d.Seal, zone: d.Zone}
	for _, c := range d.Connectors {
		if _, err := s.kind(c.Kind().Name); err == nil {
			return nil, fmt.Errorf("two connectors are called %s", c.Kind().Name)
		}
		s.kinds = append(s.kinds, c)
	}
	return s, nil
}

// Kinds lists what can be set up, by title.
func (s *Service) Kinds() []Kind {
	out := make([]Kind, len(s.kinds))
	for i, c := range s.kinds {
		out[i] = c.Kind()
	}
	slices.SortFunc(out, func(a, b Kind) int { return strings.Compare(a.Title, b.Title) })
	return out
}

func (s *Service) kind(name string) (Connector, error) {
	for _, c := range s.kinds {
		if c.Kind().Name == name {
			return c, nil
		}
	}
	return nil, fault.Newf(fault.Invalid, "kind_unknown", "There is no kind of source called %q.", name)
}

// Draft is a source as a person writes it.
type Draft struct {
	Kind     string // fixed once made
	Name     string
	Config   json.RawMessage
	Schedule string
	Priority int
	Enabled  bool
	Agree    bool // to the kind's notice
	OwnerID  *string
	Tags     []string
	Caps     Caps
}

// maxName bounds the name of a source in bytes.
const maxName = 200

func mayManage(ctx context.Context) error {
	if v, ok := account.From(ctx); ok && v.Role == account.RoleAdmin {
		return nil
	}
	return fault.New(fault.Forbidden, "sources_forbidden", "Only administrators set up where leads come from.")
}

// Create makes a source. Faults: Forbidden; Invalid with every bad field.
func (s *Service) Create(ctx context.Context, d Draft) (*Source, error) {
	if err := mayManage(ctx); err != nil {
		return nil, err
	}
	c, err := s.kind(d.Kind)
	if err != nil {
		return nil, err
	}
	now, v := s.clock.Now(), viewer(ctx)
	src := &Source{ID: id.New(), Kind: d.Kind, Health: HealthNew, CreatedAt: now, CreatedBy: v, Version: 1, Kept: db.NewJSON(json.RawMessage("null")), Streak: db.NewJSON([]int{})}
	if err := s.fill(ctx, c.Kind(), src, d); err != nil {
		return nil, err
	}
	err = s.db.Tx(ctx, func(tx *gorm.DB) error {
		if err := tx.Create(src).Error; err != nil {
			return fmt.Errorf("store the source: %w", err)
		}
		return s.tell(tx, src, "created")
	})
	return src, err
}

// Update replaces what a person may set of a source that they read as version, nil: whichever it is. Faults: Forbidden,
// NotFound, Stale, Invalid.
func (s *Service) Update(ctx context.Context, sourceID string, version *int, d Draft) (*Source, error) {
	if err := mayManage(ctx); err != nil {
		return nil, err
	}
	var src *Source
	err := s.db.Tx(ctx, func(tx *gorm.DB) (err error) {
		if src, err = get(tx, sourceID); err != nil {
			return err
		}
		if version != nil && src.Version != *version {
			return fault.New(fault.Stale, "source_stale", "Somebody else has changed this source meanwhile. Load it again and make your change there.")
		}
		c, err := s.kind(src.Kind)
		if err != nil {
			return err
		}
		if err := s.fill(ctx, c.Kind(), src, d); err != nil {
			return err
		}
		if src.Enabled && (src.Health == HealthStopped || src.Health == HealthFailing) {
			src.Health, src.HealthReason, src.Failures = HealthNew, "", 0 // a person has looked at it
		}
		return s.save(tx, src, "settings")
	})
	return src, err
}

func (s *Service) fill(ctx context.Context, k Kind, src *Source, d Draft) error {
	now := s.clock.Now()
	var bad []fault.Field
	if d.Name = strings.TrimSpace(d.Name); d.Name == "" || len(d.Name) > maxName {
		bad = append(bad, fault.Field{Name: "name", Code: "name_invalid", Message: "Give it a name of at most 200 characters."})
	}
	if d.Enabled && k.Notice != "" && !d.Agree && src.AgreedAt == nil {
		bad = append(bad, fault.Field{Name: "agree", Code: "notice_open", Message: k.Notice})
	}
	if len(bad) > 0 {
		return fault.InvalidFields("source_invalid", "The source was not stored; see each field.", bad...)
	}
	if len(d.Config) == 0 {
		d.Config = json.RawMessage("{}")
	}
	if err := check(k, d.Config); err != nil {
		return err
	}
	config, err := s.sealConfig(k, src.ID, d.Config, src.Config.V)
	if err != nil {
		return err
	}
	src.Name, src.Schedule, src.Priority, src.Enabled, src.OwnerID, src.UpdatedAt = d.Name, strings.TrimSpace(d.Schedule), d.Priority, d.Enabled, d.OwnerID, now
	src.Config, src.Tags, src.Caps = db.NewJSON(config), db.NewJSON(append([]string{}, d.Tags...)), db.NewJSON(d.Caps)
	if d.Agree && k.Notice != "" && src.AgreedAt == nil {
		src.AgreedAt, src.AgreedBy = &now, viewer(ctx)
	}
	src.NextRunAt, err = next(src.Schedule, s.zone(ctx), now, src.LastRunAt, k.Least)
	return err
}

// Delete takes a source away; its leads and runs stay. Faults: Forbidden, NotFound.
func (s *Service) Delete(ctx context.Context, sourceID string) error {
	if err := mayManage(ctx); err != nil {
		return err
	}
	return s.db.Tx(ctx, func(tx *gorm.DB) error {
		src, err := get(tx, sourceID)
		if err != nil {
			return err
		}
		src.Enabled = false
		if err := s.save(tx, src, "deleted"); err != nil {
			return err
		}
		if err := tx.Delete(src).Error; err != nil {
			return fmt.Errorf("delete the source: %w", err)
		}
		return nil
	})
}

// List answers all sources, by name.
func (s *Service) List(ctx context.Context) ([]Source, error) {
	var rows []Source
	if err := s.db.Read.WithContext(ctx).Order("name, id").Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("read sources: %w", err)
	}
	return rows, nil
}

// Get is one source. Fault: NotFound.
func (s *Service) Get(ctx context.Context, sourceID string) (*Source, error) {
	return get(s.db.Read.WithContext(ctx), sourceID)
}

func get(q *gorm.DB, sourceID string) (*Source, error) {
	var src Source
	err := q.Take(&src, "id = ?", sourceID).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return nil, fault.New(fault.NotFound, "source_unknown", "There is no such source.")
	}
	if err != nil {
		return nil, fmt.Errorf("read the source: %w", err)
	}
	return &src, nil
}

// save writes a source that was read in tx.
func (s *Service) save(tx *gorm.DB, src *Source, field string) error {
	was := src.Version
	src.Version++
	res := tx.Model(&Source{}).Where("id = ? AND version = ?", src.ID, was).Select("*").Omit("id", "created_at", "created_by", "deleted_at").Updates(src)
	if res.Error != nil {
		return fmt.Errorf("store the source: %w", res.Error)
	}
	if res.RowsAffected == 0 {
		return fault.New(fault.Stale, "source_stale", "Somebody else has changed this source meanwhile. Load it again and make your change there.")
	}
	return s.tell(tx, src, field)
}

func (s *Service) tell(tx *gorm.DB, src *Source, field string) error {
	return s.events.Append(tx, event.Event{Type: EventSourceChanged, SubjectKind: "source", SubjectID: src.ID, Data: map[string]any{"kind": src.Kind, "field": field}})
}

func viewer(ctx context.Context) *string {
	if v, ok := account.From(ctx); ok && v.UserID != "" {
		return &v.UserID
	}
	return nil
}
