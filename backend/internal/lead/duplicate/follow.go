package duplicate

import (
	"context"
	"fmt"

	"gorm.io/gorm"

	"winnow/backend/internal/event"
	"winnow/backend/internal/id"
	"winnow/backend/internal/lead"
	"winnow/backend/internal/lead/merging"
	"winnow/backend/internal/platform/db"
)

// Merged marks the pairs within a lead and all that it stands for, when leads were merged into it.
func (s *Service) Merged(ctx context.Context, tx *gorm.DB, e event.Event) error {
	if e.Data["into"] != nil {
		return nil // told once more, of the survivor
	}
	members, err := lead.Members(tx, e.SubjectID)
	if err != nil {
		return err
	}
	var ps []Pair
	err = tx.Where("lead_a IN ? AND lead_b IN ? AND state <> ?", members, members, Merged).Order("id").Find(&ps).Error
	if err != nil {
		return fmt.Errorf("read pairs of merged leads: %w", err)
	}
	if len(ps) == 0 {
		return nil
	}
	return s.set(ctx, tx, ps, Merged)
}

// Unmerged keeps that the leads of an undone merge are different, so that no sweep merges them again, and opens other
// pairs that are two leads again.
func (s *Service) Unmerged(ctx context.Context, tx *gorm.DB, e event.Event) error {
	if e.Data["from"] != nil {
		return nil
	}
	mergeID, _ := e.Data["merge_id"].(string)
	var ids []string
	if err := tx.Model(&merging.Item{}).Where("merge_id = ?", mergeID).Order("pos").Pluck("lead_id", &ids).Error; err != nil {
		return fmt.Errorf("read merged leads: %w", err)
	}
	if len(ids) < 2 {
		return nil
	}
	for _, child := range ids[1:] {
		if err := s.differ(ctx, tx, ids[0], child); err != nil {
			return err
		}
		if err := s.reopen(ctx, tx, child); err != nil {
			return err
		}
	}
	return nil
}

// differ keeps that two leads are different.
func (s *Service) differ(ctx context.Context, tx *gorm.DB, one, other string) error {
	a, b := min(one, other), max(one, other)
	var ps []Pair
	if err := tx.Where("lead_a = ? AND lead_b = ?", a, b).Limit(1).Find(&ps).Error; err != nil {
		return fmt.Errorf("read pair: %w", err)
	}
	if len(ps) == 0 {
		now := s.clock.Now()
		p := Pair{ID: id.New(), LeadA: a, LeadB: b, Weights: db.NewJSON([]Weight{}), State: Open, CreatedAt: now, UpdatedAt: now, Version: 1}
		if err := tx.Create(&p).Error; err != nil {
			return fmt.Errorf("store pair: %w", err)
		}
		ps = append(ps, p)
	}
	return s.set(ctx, tx, ps, Different)
}

// reopen opens the merged pairs between a lead that came back, with all under it, and others.
func (s *Service) reopen(ctx context.Context, tx *gorm.DB, child string) error {
	members, err := lead.Members(tx, child)
	if err != nil {
		return err
	}
	var ps []Pair
	err = tx.Where("state = ? AND ((lead_a IN ? AND lead_b NOT IN ?) OR (lead_b IN ? AND lead_a NOT IN ?))", Merged, members, members, members, members).
		Order("id").Find(&ps).Error
	if err != nil {
		return fmt.Errorf("read pairs of a lead that came back: %w", err)
	}
	if len(ps) == 0 {
		return nil
	}
	return s.set(ctx, tx, ps, Open)
}
