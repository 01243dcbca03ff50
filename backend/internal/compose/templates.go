package compose

import (
	"context"
	"fmt"
	"strings"

	"gorm.io/gorm"

	"winnow/backend/internal/account"
	"winnow/backend/internal/event"
	"winnow/backend/internal/fault"
	"winnow/backend/internal/id"
	"winnow/backend/internal/platform/db"
)

// Text is what a person writes of a template.
type Text struct {
	Name    string
	Subject string
	Body    string
}

func (t Text) check() error {
	var bad []fault.Field
	if n := len([]rune(strings.TrimSpace(t.Name))); n == 0 || n > 200 {
		bad = append(bad, fault.Field{Name: "name", Code: "length", Message: "Give the template a name of 1 to 200 characters."})
	}
	for field, text := range map[string]string{"subject": t.Subject, "body": t.Body} {
		if strings.TrimSpace(text) == "" {
			bad = append(bad, fault.Field{Name: field, Code: "required", Message: "The " + field + " is empty; write something."})
		}
	}
	if len(bad) > 0 {
		return fault.InvalidFields("template_invalid", "The template cannot be used.", bad...)
	}
	if _, err := parse("subject", t.Subject); err != nil {
		return err
	}
	_, err := parse("body", t.Body)
	return err
}

// Templates lists the templates, built-in ones first, then by name.
func (s *Service) Templates(ctx context.Context) ([]Template, error) {
	var out []Template
	err := s.db.Read.WithContext(ctx).Where("deleted_at IS NULL").Order("builtin DESC, name").Limit(500).Find(&out).Error
	if err != nil {
		return nil, fmt.Errorf("list templates: %w", err)
	}
	return out, nil
}

// AddTemplate stores a new template. Faults: Forbidden, Invalid, Conflict for a name that is taken.
func (s *Service) AddTemplate(ctx context.Context, text Text) (Template, error) {
	if err := mayWrite(ctx); err != nil {
		return Template{}, err
	}
	if err := text.check(); err != nil {
		return Template{}, err
	}
	now := s.clock.Now()
	t := Template{ID: id.New(), Name: strings.TrimSpace(text.Name), Subject: text.Subject, Body: text.Body, CreatedAt: now, UpdatedAt: now, Version: 1}
	if v, ok := account.From(ctx); ok && v.UserID != "" {
		t.CreatedBy = &v.UserID
	}
	return t, named(s.db.Tx(ctx, func(tx *gorm.DB) error {
		if err := tx.Create(&t).Error; err != nil {
			return err
		}
		return s.tell(tx, t.ID, "created")
	}))
}

// EditTemplate changes a template. Faults: NotFound, Forbidden, Invalid, Conflict, Stale.
func (s *Service) EditTemplate(ctx context.Context, templateID string, text Text, want *int) (Template, error) {
	if err := mayWrite(ctx); err != nil {
		return Template{}, err
	}
	if err := text.check(); err != nil {
		return Template{}, err
	}
	var t Template
	err := s.db.Tx(ctx, func(tx *gorm.DB) error {
		var err error
		if t, err = templateByID(tx, templateID); err != nil {
			return err
		}
		if want != nil && *want != t.Version {
			return fault.Newf(fault.Stale, "template_stale", "This template has been changed meanwhile (it is at version %d). Reload it and make your change again.", t.Version)
		}
		t.Name, t.Subject, t.Body, t.UpdatedAt = strings.TrimSpace(text.Name), text.Subject, text.Body, s.clock.Now()
		t.Version++
		if err := tx.Save(&t).Error; err != nil {
			return err
		}
		return s.tell(tx, t.ID, "updated")
	})
	return t, named(err)
}

// RemoveTemplate deletes a template; messages drafted from it stay. Faults: NotFound, Forbidden.
func (s *Service) RemoveTemplate(ctx context.Context, templateID string) error {
	if err := mayWrite(ctx); err != nil {
		return err
	}
	return s.db.Tx(ctx, func(tx *gorm.DB) error {
		t, err := templateByID(tx, templateID)
		if err != nil {
			return err
		}
		now := s.clock.Now()
		t.DeletedAt = &now
		if err := tx.Save(&t).Error; err != nil {
			return err
		}
		return s.tell(tx, t.ID, "deleted")
	})
}

// EventTemplate is appended when a template was made, changed or deleted by somebody, so that open pages follow.
const EventTemplate = "template.changed"

func (s *Service) tell(tx *gorm.DB, templateID, what string) error {
	return s.events.Append(tx, event.Event{Type: EventTemplate, SubjectKind: "template", SubjectID: templateID, Data: map[string]any{"change": what}})
}

func named(err error) error {
	if db.IsUnique(err) {
		return fault.InvalidFields("template_name_taken", "There is a template of that name already.",
			fault.Field{Name: "name", Code: "taken", Message: "Choose another name; this one is in use."})
	}
	return err
}
