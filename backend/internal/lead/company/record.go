package company

import (
	"context"
	"fmt"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"winnow/backend/internal/id"
	"winnow/backend/internal/lead"
	"winnow/backend/internal/lead/duplicate"
	"winnow/backend/internal/platform/db"
)

// Record keeps pairs of live companies in tx. One that is known gets the new score, unless somebody said of it, or of what
// was merged into the two, that they are different. It answers the pairs that wait for a verdict.
func (s *Service) Record(tx *gorm.DB, found []Found) ([]Pair, error) {
	now := s.clock.Now()
	var out []Pair
	for _, f := range found {
		a, b := min(f.A, f.B), max(f.A, f.B)
		known, err := apart(tx, a, b)
		if err != nil {
			return nil, err
		}
		if a == b || known {
			continue
		}
		weights := f.Weights
		if weights == nil {
			weights = []duplicate.Weight{}
		}
		p := Pair{ID: id.New(), CompanyA: a, CompanyB: b, Score: f.Score, Weights: db.NewJSON(weights), Model: f.Model, Held: f.Held, State: duplicate.Open, CreatedAt: now, UpdatedAt: now, Version: 1}
		err = tx.Clauses(clause.OnConflict{
			Columns:   []clause.Column{{Name: "company_a"}, {Name: "company_b"}},
			DoUpdates: clause.AssignmentColumns([]string{"score", "weights", "model", "held", "updated_at"}),
			Where:     clause.Where{Exprs: []clause.Expression{clause.IN{Column: clause.Column{Table: "company_pairs", Name: "state"}, Values: []any{duplicate.Open, duplicate.Skipped}}}},
		}).Create(&p).Error
		if err != nil {
			return nil, fmt.Errorf("store pair of companies: %w", err)
		}
		var kept []Pair
		if err := tx.Where("company_a = ? AND company_b = ?", a, b).Find(&kept).Error; err != nil {
			return nil, fmt.Errorf("read pair of companies: %w", err)
		}
		out = append(out, kept...)
	}
	return out, nil
}

// Renew is Record for what was found about some companies; it also drops their open pairs that were not found again.
func (s *Service) Renew(tx *gorm.DB, companies []string, found []Found) ([]Pair, error) {
	again := map[[2]string]bool{}
	for _, f := range found {
		again[[2]string{min(f.A, f.B), max(f.A, f.B)}] = true
	}
	var open []Pair
	err := tx.Where("state = ? AND model <> '' AND (company_a IN ? OR company_b IN ?)", duplicate.Open, companies, companies).Find(&open).Error
	if err != nil {
		return nil, fmt.Errorf("read open pairs of companies: %w", err)
	}
	for _, p := range open {
		if again[[2]string{p.CompanyA, p.CompanyB}] {
			continue
		}
		if err := tx.Where("id = ?", p.ID).Delete(&Pair{}).Error; err != nil {
			return nil, fmt.Errorf("drop pair of companies: %w", err)
		}
	}
	return s.Record(tx, found)
}

// apart reports whether somebody said that a company of one tree and one of the other are different.
func apart(tx *gorm.DB, a, b string) (bool, error) {
	as, err := members(tx, a)
	if err != nil {
		return false, err
	}
	bs, err := members(tx, b)
	if err != nil {
		return false, err
	}
	var n int64
	err = tx.Model(&Pair{}).Where("state = ? AND ((company_a IN ? AND company_b IN ?) OR (company_a IN ? AND company_b IN ?))", duplicate.Different, as, bs, bs, as).Count(&n).Error
	if err != nil {
		return false, fmt.Errorf("look for verdicts on companies: %w", err)
	}
	return n > 0, nil
}

// MergeSure merges in tx the pairs that are beyond doubt, from a score on, without a person's word. The one with more
// leads stays. It answers how many.
func (s *Service) MergeSure(ctx context.Context, tx *gorm.DB, ps []Pair, from float64) (int, error) {
	n := 0
	for _, p := range ps {
		if p.State != duplicate.Open || p.Held || p.Score < from {
			continue
		}
		a, b, err := s.firms(tx, p)
		if err != nil {
			return n, err
		}
		known, err := apart(tx, p.CompanyA, p.CompanyB)
		if err != nil {
			return n, err
		}
		if known || a.DeletedAt != nil || b.DeletedAt != nil { // an earlier pair was merged
			continue
		}
		if err := s.join(ctx, tx, &Both{Pair: p, A: a, B: b, Suggest: suggest(&a, &b)}, "", true); err != nil {
			return n, err
		}
		n++
	}
	return n, nil
}

func (s *Service) firms(q *gorm.DB, p Pair) (a, b Firm, err error) {
	both, err := s.with(q, []Pair{p})
	if err != nil {
		return a, b, err
	}
	return both[0].A, both[0].B, nil
}

// join merges a pair; survivor "" is the suggested one.
func (s *Service) join(ctx context.Context, tx *gorm.DB, b *Both, survivor string, automatic bool) error {
	if survivor == "" {
		survivor = b.Suggest
	}
	from := b.CompanyA
	if survivor == b.CompanyA {
		from = b.CompanyB
	}
	if _, err := s.merge(ctx, tx, survivor, from, b.ID, automatic); err != nil {
		return err
	}
	return s.set(ctx, tx, []Pair{b.Pair}, duplicate.Merged)
}

// set gives pairs a state and tells of it.
func (s *Service) set(ctx context.Context, tx *gorm.DB, ps []Pair, to duplicate.State) error {
	now := s.clock.Now()
	for _, p := range ps {
		change := map[string]any{"state": to, "judged_by": lead.Actor(ctx), "judged_at": now, "updated_at": now, "version": gorm.Expr("version + 1")}
		if to == duplicate.Open {
			change["judged_by"], change["judged_at"] = nil, nil
		}
		if err := tx.Model(&Pair{}).Where("id = ?", p.ID).UpdateColumns(change).Error; err != nil {
			return fmt.Errorf("judge pair of companies: %w", err)
		}
		if err := s.events.Append(tx, note(EventJudged, p.CompanyA, map[string]any{"pair_id": p.ID, "other": p.CompanyB, "state": string(to)})); err != nil {
			return err
		}
	}
	return nil
}
