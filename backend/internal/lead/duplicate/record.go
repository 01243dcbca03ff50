package duplicate

import (
	"context"
	"fmt"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"winnow/backend/internal/id"
	"winnow/backend/internal/platform/db"
)

// Found is two leads that a sweep, or the door in, takes for the same.
type Found struct {
	A, B    string // leads, in any order
	Score   float64
	Weights []Weight
	Model   string
	Held    Held
}

// perStatement bounds the values of one statement.
const perStatement = 200

// Record keeps pairs in tx. A pair that is known gets the new score, unless it was judged different or is merged; so do
// pairs of which one lead stands for one that was judged different from the other, or from one it stands for: those are
// left out. It answers how many were kept.
func (s *Service) Record(tx *gorm.DB, found []Found) (int, error) {
	now := s.clock.Now()
	known, err := s.verdicts(tx, found)
	if err != nil {
		return 0, err
	}
	rows := make([]Pair, 0, len(found))
	seen := map[[2]string]bool{}
	for _, f := range found {
		a, b := min(f.A, f.B), max(f.A, f.B)
		if a == b || seen[[2]string{a, b}] || known[[2]string{a, b}] {
			continue
		}
		seen[[2]string{a, b}] = true
		weights := f.Weights
		if weights == nil {
			weights = []Weight{}
		}
		rows = append(rows, Pair{ID: id.New(), LeadA: a, LeadB: b, Score: f.Score, Weights: db.NewJSON(weights), Model: f.Model, Held: f.Held, State: Open, CreatedAt: now, UpdatedAt: now, Version: 1})
	}
	if len(rows) == 0 {
		return 0, nil
	}
	err = tx.Clauses(clause.OnConflict{
		Columns:   []clause.Column{{Name: "lead_a"}, {Name: "lead_b"}},
		DoUpdates: clause.AssignmentColumns([]string{"score", "weights", "model", "held", "updated_at"}),
		Where:     clause.Where{Exprs: []clause.Expression{clause.IN{Column: clause.Column{Table: "duplicate_pairs", Name: "state"}, Values: []any{Open, Skipped}}}},
	}).CreateInBatches(&rows, perStatement).Error
	if err != nil {
		return 0, fmt.Errorf("store pairs: %w", err)
	}
	return len(rows), nil
}

// verdicts are the pairs of live leads that are different by what was said of any of the leads that they stand for.
func (s *Service) verdicts(tx *gorm.DB, found []Found) (map[[2]string]bool, error) {
	root := map[string]string{} // lead → the found one that stands for it
	for _, f := range found {
		root[f.A], root[f.B] = f.A, f.B
	}
	level := make([]string, 0, len(root))
	for one := range root {
		level = append(level, one)
	}
	all := level
	for len(level) > 0 {
		var rows []struct{ ID, MergedInto string }
		if err := eachChunk(level, func(chunk []string) error {
			var some []struct{ ID, MergedInto string }
			err := tx.Table("leads").Select("id", "merged_into").Where("merged_into IN ?", chunk).Find(&some).Error
			rows = append(rows, some...)
			return err
		}); err != nil {
			return nil, fmt.Errorf("read merged leads: %w", err)
		}
		level = nil
		for _, r := range rows {
			root[r.ID] = root[r.MergedInto]
			level = append(level, r.ID)
		}
		all = append(all, level...)
	}
	out := map[[2]string]bool{}
	err := eachChunk(all, func(chunk []string) error {
		var rows []Pair
		if err := tx.Select("lead_a", "lead_b").Where("state = ? AND lead_a IN ?", Different, chunk).Find(&rows).Error; err != nil {
			return fmt.Errorf("read verdicts: %w", err)
		}
		for _, p := range rows {
			if a, b := root[p.LeadA], root[p.LeadB]; a != "" && b != "" {
				out[[2]string{min(a, b), max(a, b)}] = true
			}
		}
		return nil
	})
	return out, err
}

func eachChunk(ids []string, f func([]string) error) error {
	const size = 1000
	for start := 0; start < len(ids); start += size {
		if err := f(ids[start:min(start+size, len(ids))]); err != nil {
			return err
		}
	}
	return nil
}

// Forget drops the open pairs that a sweep which began at since did not find again.
func (s *Service) Forget(ctx context.Context, since time.Time) (int, error) {
	var n int64
	err := s.db.Tx(ctx, func(tx *gorm.DB) error {
		res := tx.Where("state = ? AND model <> '' AND updated_at < ?", Open, since).Delete(&Pair{})
		n = res.RowsAffected
		if res.Error != nil {
			return res.Error
		}
		return s.ask(ctx, tx) // a sweep is over: now all pairs of a group are known
	})
	if err != nil {
		return 0, fmt.Errorf("forget pairs: %w", err)
	}
	return int(n), nil
}
