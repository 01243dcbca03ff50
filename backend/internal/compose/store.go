package compose

import (
	"context"
	"errors"
	"fmt"
	"time"

	"gorm.io/gorm"

	"winnow/backend/internal/fault"
	"winnow/backend/internal/id"
)

func templateNotFound() error {
	return fault.New(fault.NotFound, "template_not_found", "There is no such template. Reload the list of templates.")
}

func messageNotFound() error {
	return fault.New(fault.NotFound, "message_not_found", "No message has been drafted for this lead yet.")
}

func templateByID(q *gorm.DB, templateID string) (Template, error) {
	var t Template
	if !id.Valid(templateID) {
		return t, templateNotFound()
	}
	return takeTemplate(q.Where("id = ?", templateID))
}

func takeTemplate(q *gorm.DB) (Template, error) {
	var t Template
	err := q.Where("deleted_at IS NULL").Take(&t).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return t, templateNotFound()
	}
	if err != nil {
		return t, fmt.Errorf("read template: %w", err)
	}
	return t, nil
}

func messageOf(q *gorm.DB, leadID string) (Message, error) {
	var m Message
	err := q.Where("lead_id = ? AND NOT aside", leadID).Take(&m).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return m, messageNotFound()
	}
	if err != nil {
		return m, fmt.Errorf("read message: %w", err)
	}
	return m, nil
}

// keep stores m as the next version of its lead's message, with the version row beside it. sitting leaves that row open
// for what its person types next; joined tells that m went into the row before it, which was left open.
func keep(tx *gorm.DB, m *Message, sitting bool) (joined bool, err error) {
	var stored *gorm.DB
	if m.Version > 1 {
		stored = tx.Model(m).Select("*").UpdateColumns(*m) // not Save, which tells the time by itself
	} else {
		stored = tx.Create(m)
	}
	if stored.Error != nil {
		return false, fmt.Errorf("store message: %w", stored.Error)
	}
	v := Version{MessageID: m.ID, Version: m.Version, Subject: m.Subject, Body: m.Body, Writer: m.Writer, EditedBy: m.EditedBy, At: m.UpdatedAt, Sitting: sitting}
	if sitting {
		if joined, err := join(tx, v); err != nil || joined {
			return joined, err
		}
	}
	if err := tx.Create(&v).Error; err != nil {
		return false, fmt.Errorf("store message version: %w", err)
	}
	return false, nil
}

// sittingPause ends a sitting: what is typed after it is a version of its own.
const sittingPause = 10 * time.Minute

// join puts v in the place of the version before it when that is of the same sitting: the same person's, saved by itself,
// and not long ago. The text before is then no version any more; nobody asked to keep it.
func join(tx *gorm.DB, v Version) (bool, error) {
	res := tx.Model(&Version{}).
		Where("message_id = ? AND version = ? AND sitting AND writer = ?", v.MessageID, v.Version-1, WriterPerson).
		Where("edited_by = ? AND at > ?", v.EditedBy, v.At.Add(-sittingPause)).
		UpdateColumns(map[string]any{"version": v.Version, "subject": v.Subject, "body": v.Body, "at": v.At})
	if res.Error != nil {
		return false, fmt.Errorf("store message version: %w", res.Error)
	}
	return res.RowsAffected > 0, nil
}

// EnsureBuiltins writes the built-in templates that a workspace has never had; edited or deleted ones are left alone.
func (s *Service) EnsureBuiltins(ctx context.Context) error {
	return s.db.Tx(ctx, func(tx *gorm.DB) error {
		for _, b := range builtins() {
			var n int64
			if err := tx.Model(&Template{}).Where("name = ? AND builtin", b.Name).Count(&n).Error; err != nil {
				return fmt.Errorf("look for template: %w", err)
			}
			if n > 0 {
				continue
			}
			b.ID, b.CreatedAt, b.UpdatedAt, b.Version = id.New(), s.clock.Now(), s.clock.Now(), 1
			if err := tx.Create(&b).Error; err != nil {
				return fmt.Errorf("store template: %w", err)
			}
		}
		return nil
	})
}
