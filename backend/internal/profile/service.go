package profile

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"gorm.io/gorm"

	"winnow/backend/internal/account"
	"winnow/backend/internal/clock"
	"winnow/backend/internal/config/suggest"
	"winnow/backend/internal/event"
	"winnow/backend/internal/fault"
	"winnow/backend/internal/platform/db"
)

// EventChanged is appended with each new version; subject kind "profile", subject id its name, data
// {version, kinds: changed kinds}.
const EventChanged = "profile.changed"

// Service keeps profiles: versioned in the database, cached in memory. Sets that it returns are shared; do not change
// them. Safe for concurrent use.
type Service struct {
	db     *db.DB
	events *event.Log
	clock  clock.Clock
	cache  *cache
}

// NewService makes a service over a migrated database.
func NewService(d *db.DB, events *event.Log, c clock.Clock) *Service {
	return &Service{db: d, events: events, clock: c, cache: newCache(c)}
}

// Current is the set by which leads are judged now. Faults: NotFound before the first Seed or Save.
func (s *Service) Current(ctx context.Context) (*Set, error) { return s.Get(ctx, DefaultName) }

// Get is the newest version of a profile. Another process's change shows within a second. Faults: NotFound.
func (s *Service) Get(ctx context.Context, name string) (*Set, error) {
	v, err := s.newest(ctx, name)
	if err != nil {
		return nil, err
	}
	return v.set, nil
}

// At is one version of a profile, old or new. Faults: NotFound.
func (s *Service) At(ctx context.Context, name string, version int) (*Set, error) {
	if v := s.cache.version(name, version); v != nil {
		return v.set, nil
	}
	r, err := numbered(s.db.Read.WithContext(ctx), name, version)
	if err != nil {
		return nil, err
	}
	if r == nil {
		return nil, versionNotFound(name, version)
	}
	v, err := s.keep(r)
	if err != nil {
		return nil, err
	}
	return v.set, nil
}

// Docs are the documents of a profile as people wrote them.
type Docs struct {
	Set  *Set
	YAML map[string]string // kind → text
}

// Documents is the newest version with its texts. Faults: NotFound.
func (s *Service) Documents(ctx context.Context, name string) (Docs, error) {
	v, err := s.newest(ctx, name)
	if err != nil {
		return Docs{}, err
	}
	return Docs{Set: v.set, YAML: maps.Clone(v.yaml)}, nil
}

// DocumentsAt is one version, old or new, with its texts and what is known of it. Faults: NotFound.
func (s *Service) DocumentsAt(ctx context.Context, name string, number int) (Docs, Version, error) {
	r, err := numbered(s.db.Read.WithContext(ctx), name, number)
	if err != nil {
		return Docs{}, Version{}, err
	}
	if r == nil {
		return Docs{}, Version{}, versionNotFound(name, number)
	}
	return Docs{YAML: r.docs()}, Version{Version: r.Version, Checksum: r.Checksum, Note: r.Note, CreatedBy: r.CreatedBy, CreatedAt: r.CreatedAt.UTC()}, nil
}

// Draft is the newest version with docs (kind → YAML) laid over it, checked and not stored. Faults: Invalid with the place
// of every mistake, NotFound.
func (s *Service) Draft(ctx context.Context, name string, docs map[string]string) (*Set, error) {
	if err := knownKinds(docs); err != nil {
		return nil, err
	}
	v, err := s.newest(ctx, name)
	if err != nil {
		return nil, err
	}
	return Compile(name, v.set.Version, overlay(v.yaml, docs))
}

// Save stores documents (kind → YAML; kinds left out stay as they are) as a new version, and returns the newest
// version unchanged when nothing differs. ifVersion, when not 0, must be the newest version. Faults: Invalid with the
// place of every mistake (nothing is stored), Stale, Forbidden, Unauthenticated.
func (s *Service) Save(ctx context.Context, name string, docs map[string]string, ifVersion int, note string) (*Set, error) {
	return s.save(ctx, "profile.update", name, docs, ifVersion, note)
}

// Restore stores an old version's documents as a new version. Faults: as Save, and NotFound.
func (s *Service) Restore(ctx context.Context, name string, version int) (*Set, error) {
	r, err := numbered(s.db.Read.WithContext(ctx), name, version)
	if err != nil {
		return nil, err
	}
	if r == nil {
		return nil, versionNotFound(name, version)
	}
	return s.save(ctx, "profile.restore", name, r.docs(), 0, restoredNote(version))
}

// Apply stores a template's documents as a new version. Faults: as Save, and NotFound.
func (s *Service) Apply(ctx context.Context, name, template string) (*Set, error) {
	docs, err := TemplateFiles(template)
	if err != nil {
		return nil, err
	}
	return s.save(ctx, "profile.apply", name, docs, 0, "from the template "+template)
}

func (s *Service) save(ctx context.Context, op, name string, docs map[string]string, ifVersion int, note string) (*Set, error) {
	v, signedIn := account.From(ctx)
	if err := account.Permit(v, signedIn, op); err != nil {
		return nil, err
	}
	if err := knownKinds(docs); err != nil {
		return nil, err
	}
	var by *string
	if v.UserID != "" {
		by = &v.UserID
	}
	return s.write(ctx, name, func(tx *gorm.DB, prev *row) (*Set, []string, error) {
		if ifVersion != 0 && (prev == nil || prev.Version != ifVersion) {
			return nil, nil, fault.New(fault.Stale, "profile_stale", "Somebody changed the profile meanwhile. Load it again, then repeat your change.")
		}
		return s.put(tx, name, prev, docs, FileName, note, by)
	})
}

// put adds a version with docs over prev's, or compiles prev when nothing differs. It returns the kinds that changed.
func (s *Service) put(tx *gorm.DB, name string, prev *row, docs map[string]string, file func(string) string, note string, by *string) (*Set, []string, error) {
	var base map[string]string
	if prev != nil {
		base = prev.docs()
	}
	all := overlay(base, docs)
	var changed []string
	for _, kind := range Kinds() {
		if prev == nil || all[kind] != base[kind] {
			changed = append(changed, kind)
		}
	}
	if len(changed) == 0 {
		set, err := compile(name, prev.Version, base, file)
		return set, nil, err
	}
	set, err := insert(tx, name, prev, all, file, note, by, s.clock.Now())
	return set, changed, err
}

// write runs change in a transaction with the newest version, appends the event when kinds changed, and refreshes the
// cache. Two writers at once make the same next number; the second begins again.
func (s *Service) write(ctx context.Context, name string, change func(tx *gorm.DB, prev *row) (*Set, []string, error)) (set *Set, err error) {
	for range 5 {
		err = s.db.Tx(ctx, func(tx *gorm.DB) error {
			prev, err := latest(tx, name)
			if err != nil {
				return err
			}
			var kinds []string
			if set, kinds, err = change(tx, prev); err != nil || len(kinds) == 0 {
				return err
			}
			return s.events.Append(tx, event.Event{
				Type: EventChanged, SubjectKind: "profile", SubjectID: name,
				Data: map[string]any{"version": set.Version, "kinds": kinds},
			})
		})
		if !db.IsUnique(err) {
			break
		}
	}
	if err != nil {
		return nil, err
	}
	s.cache.forget(name)
	return set, nil
}

// Version tells about one version without its documents.
type Version struct {
	Version   int       `json:"version"`
	Checksum  string    `json:"checksum"`
	Note      string    `json:"note"`
	CreatedBy *string   `json:"created_by"` // user id; nil = the product itself
	CreatedAt time.Time `json:"created_at"`
}

// Versions lists at most limit versions below before (0: from the newest), newest first.
func (s *Service) Versions(ctx context.Context, name string, before, limit int) ([]Version, error) {
	q := s.db.Read.WithContext(ctx).Model(&row{}).Where("name = ?", name)
	if before > 0 {
		q = q.Where("version < ?", before)
	}
	out := []Version{}
	if err := q.Order("version DESC").Limit(limit).Find(&out).Error; err != nil {
		return nil, fmt.Errorf("list profile versions: %w", err)
	}
	for i := range out {
		out[i].CreatedAt = out[i].CreatedAt.UTC()
	}
	return out, nil
}

func knownKinds(docs map[string]string) error {
	for kind := range docs {
		if !slices.Contains(Kinds(), kind) {
			return fault.InvalidFields("profile_kind_unknown", "The profile has no such document.", fault.Field{
				Name: "documents." + kind, Code: "unknown", Message: "Use company, audience or pain_points." + suggest.Hint(kind, Kinds()),
			})
		}
	}
	return nil
}
