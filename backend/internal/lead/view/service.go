package view

import (
	"context"
	"errors"
	"fmt"

	"gorm.io/gorm"

	"winnow/backend/internal/account"
	"winnow/backend/internal/clock"
	"winnow/backend/internal/event"
	"winnow/backend/internal/fault"
	"winnow/backend/internal/id"
	"winnow/backend/internal/platform/db"
)

// Service keeps views. Everybody has their own, viewers too; who may change leads may share them with all. Shared views
// are changed by their owner and by administrators. Somebody else's private view is as if it were not.
type Service struct {
	db      *db.DB
	events  Events
	clock   clock.Clock
	queries Queries
}

// Events records what happened. *event.Log is one.
type Events interface {
	Append(tx *gorm.DB, evs ...event.Event) error
	ForSubjects(ctx context.Context, kind string, subjectIDs []string, limit int) ([]event.Event, error)
}

// EventChanged is appended when a view was made, changed or deleted, so that open pages follow.
const EventChanged = "view.changed"

const deleted = "deleted"

// New makes the service.
func New(d *db.DB, e Events, c clock.Clock, q Queries) *Service { return &Service{d, e, c, q} }

// tell appends the event of a change to everybody who sees the view or saw it before.
func (s *Service) tell(tx *gorm.DB, v *View, wasShared bool, what string) error {
	e := event.Event{Type: EventChanged, SubjectKind: "view", SubjectID: v.ID, Data: map[string]any{"change": what}}
	if !v.Shared && !wasShared {
		e.OwnerID = v.OwnerID
	}
	return s.events.Append(tx, e)
}

const maxListed = 1000

// Mine reports whether the viewer of the context owns v.
func Mine(ctx context.Context, v *View) bool {
	me, ok := account.From(ctx)
	return ok && me.UserID != "" && v.OwnerID != nil && *v.OwnerID == me.UserID
}

// seen narrows a query to the viewer's own views and the shared ones.
func seen(ctx context.Context, q *gorm.DB) *gorm.DB {
	me, ok := account.From(ctx)
	if !ok || me.UserID == "" {
		return q.Where("shared")
	}
	return q.Where("(shared OR owner_id = ?)", me.UserID)
}

// List answers the viewer's own views and the shared ones, by position, then name.
func (s *Service) List(ctx context.Context) ([]View, error) {
	var out []View
	err := seen(ctx, s.db.Read.WithContext(ctx)).Order("position, name, id").Limit(maxListed).Find(&out).Error
	if err != nil {
		return nil, fmt.Errorf("list views: %w", err)
	}
	return out, nil
}

// Add keeps a new view of the viewer's. Faults: Forbidden, Invalid, Conflict for a name that one uses already, or too many.
func (s *Service) Add(ctx context.Context, spec Spec) (View, error) {
	return s.add(ctx, id.New(), spec)
}

// Restore keeps a view again under the id that it had when the viewer deleted it, so that its address leads to it as
// before. Faults: those of Add, and Invalid for an id under which the viewer has deleted nothing.
func (s *Service) Restore(ctx context.Context, viewID string, spec Spec) (View, error) {
	last, err := s.events.ForSubjects(ctx, "view", []string{viewID}, 1)
	if err != nil {
		return View{}, err
	}
	me, ok := account.From(ctx)
	if len(last) == 0 || last[0].Data["change"] != deleted || !ok || last[0].ActorID == nil || *last[0].ActorID != me.UserID {
		return View{}, fault.InvalidFields("view_not_deleted", "No view comes back like this; nothing was changed.",
			fault.Field{Name: "id", Code: "unknown", Message: "Name a view that you deleted yourself, or leave the id out to keep a new one."})
	}
	return s.add(ctx, viewID, spec)
}

func (s *Service) add(ctx context.Context, viewID string, spec Spec) (View, error) {
	spec, err := spec.clean(ctx, s.queries)
	if err != nil {
		return View{}, err
	}
	me, ok := account.From(ctx)
	if !ok || me.UserID == "" {
		return View{}, fault.New(fault.Forbidden, "view_without_user", "Only a user can keep a view.")
	}
	if err := mayShare(ctx, spec.Shared); err != nil {
		return View{}, err
	}
	now := s.clock.Now()
	v := View{ID: viewID, OwnerID: &me.UserID, CreatedAt: now, UpdatedAt: now, Version: 1}
	err = s.db.Tx(ctx, func(tx *gorm.DB) error {
		// what people who left kept for themselves is of no use to anybody
		if err := tx.Where("owner_id IS NULL AND NOT shared").Delete(&View{}).Error; err != nil {
			return fmt.Errorf("sweep views: %w", err)
		}
		var have struct {
			N    int
			Last int
		}
		err := tx.Model(&View{}).Where("owner_id = ?", me.UserID).Select("count(*) AS n, coalesce(max(position), -1) AS last").Scan(&have).Error
		if err != nil {
			return fmt.Errorf("count views: %w", err)
		}
		if have.N >= maxPerOwner {
			return fault.New(fault.Conflict, "views_full", "You keep 200 views already. Delete one that you no longer use, then save this one.")
		}
		v.Position = have.Last + 1
		v.take(spec)
		if err := tx.Create(&v).Error; err != nil {
			return err
		}
		return s.tell(tx, &v, v.Shared, "created")
	})
	return v, named(err)
}

// Edit changes a view. Faults: NotFound, Forbidden, Invalid, Stale, Conflict for a name that its owner uses already.
func (s *Service) Edit(ctx context.Context, viewID string, version *int, spec Spec) (View, error) {
	spec, err := spec.clean(ctx, s.queries)
	if err != nil {
		return View{}, err
	}
	var v View
	err = s.db.Tx(ctx, func(tx *gorm.DB) error {
		if v, err = s.toChange(ctx, tx, viewID, version); err != nil {
			return err
		}
		if spec.Shared != v.Shared {
			if err := mayShare(ctx, spec.Shared); err != nil {
				return err
			}
		}
		before, wasShared := v.Version, v.Shared
		v.take(spec)
		v.Version, v.UpdatedAt = before+1, s.clock.Now()
		res := tx.Model(&View{}).Where("id = ? AND version = ?", v.ID, before).Select("*").Updates(&v)
		if res.Error != nil {
			return res.Error
		}
		if res.RowsAffected != 1 {
			return stale()
		}
		return s.tell(tx, &v, wasShared, "updated")
	})
	return v, named(err)
}

// Remove deletes a view. Faults: NotFound, Forbidden, Stale.
func (s *Service) Remove(ctx context.Context, viewID string, version *int) error {
	return s.db.Tx(ctx, func(tx *gorm.DB) error {
		v, err := s.toChange(ctx, tx, viewID, version)
		if err != nil {
			return err
		}
		if err := tx.Where("id = ?", v.ID).Delete(&View{}).Error; err != nil {
			return err
		}
		return s.tell(tx, &v, v.Shared, deleted)
	})
}

// toChange reads a view that the viewer may change.
func (s *Service) toChange(ctx context.Context, tx *gorm.DB, viewID string, version *int) (View, error) {
	var v View
	err := seen(ctx, tx).Where("id = ?", viewID).Take(&v).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return v, fault.New(fault.NotFound, "view_not_found", "There is no such view. It may have been deleted.")
	}
	if err != nil {
		return v, fmt.Errorf("read view: %w", err)
	}
	me, _ := account.From(ctx)
	if !Mine(ctx, &v) && me.Role != account.RoleAdmin {
		return v, fault.New(fault.Forbidden, "view_not_yours", "This view belongs to somebody else. Save a copy of your own and change that.")
	}
	if version != nil && *version != v.Version {
		return v, stale()
	}
	return v, nil
}

func stale() error {
	return fault.New(fault.Stale, "view_stale", "This view was changed since you read it. Reload it and make your change again.")
}

func mayShare(ctx context.Context, share bool) error {
	if !share || account.CanWrite(ctx) {
		return nil
	}
	return fault.New(fault.Forbidden, "view_share_forbidden", "Your role can keep views for itself but not share them. Save it without sharing.")
}

func named(err error) error {
	if !db.IsUnique(err) {
		return err
	}
	taken := fault.InvalidFields("view_name_taken", "You have a view of that name already.",
		fault.Field{Name: "name", Code: "taken", Message: "Choose another name, or change the view that has it."})
	taken.Kind = fault.Conflict
	return taken
}

func (v *View) take(c Spec) {
	v.Name, v.Shared, v.Filter, v.Search, v.Sort, v.Mode, v.Columns = c.Name, c.Shared, c.Filter, c.Search, c.Sort, c.Mode, db.NewJSON(c.Columns)
	if c.Position != nil {
		v.Position = *c.Position
	}
}
