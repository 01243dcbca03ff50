package company

import (
	"context"
	"fmt"
	"slices"

	"gorm.io/gorm"

	"winnow/backend/internal/fault"
	"winnow/backend/internal/id"
	"winnow/backend/internal/lead/duplicate"
)

// Ruling is a verdict on a pair. Survivor, of a merge, may be left out.
type Ruling struct {
	Verdict  duplicate.Verdict
	Version  *int // of the pair; when given it must be that
	Survivor string
}

// Judge gives a verdict on a pair; merge lets one company go into the other. Faults: Forbidden, NotFound, Stale, Invalid,
// Conflict (a company of the pair was merged since, or somebody said that the two are different).
func (s *Service) Judge(ctx context.Context, pairID string, r Ruling) (Both, error) {
	if err := mayJudge(ctx); err != nil {
		return Both{}, err
	}
	var out Both
	err := s.db.Tx(ctx, func(tx *gorm.DB) error {
		b, err := s.get(ctx, tx, pairID)
		if err != nil {
			return err
		}
		if b.A.DeletedAt != nil || b.B.DeletedAt != nil {
			return fault.New(fault.Conflict, "company_over", "One of these companies was merged since, so there is no pair to judge any more.")
		}
		if r.Version != nil && *r.Version != b.Version {
			return fault.New(fault.Stale, "duplicate_stale", "Somebody judged this pair since you read it. Reload it.")
		}
		if r.Verdict == duplicate.SayMerge {
			if r.Survivor != "" && !slices.Contains([]string{b.CompanyA, b.CompanyB}, r.Survivor) {
				return fault.InvalidFields("merge_invalid", "Nothing was merged.", fault.Field{Name: "survivor_id", Code: "value_wrong", Message: "The survivor must be one of the two companies."})
			}
			err = s.join(ctx, tx, &b, r.Survivor, false)
		} else {
			err = s.set(ctx, tx, []Pair{b.Pair}, r.Verdict.StateOf())
		}
		if err != nil {
			return err
		}
		out, err = s.get(ctx, tx, pairID)
		return err
	})
	return out, err
}

func (s *Service) get(ctx context.Context, q *gorm.DB, pairID string) (Both, error) {
	var ps []Pair
	if id.Valid(pairID) {
		if err := s.pairs(ctx, q, false).Select("p.*").Where("p.id = ?", pairID).Find(&ps).Error; err != nil {
			return Both{}, fmt.Errorf("read pair of companies: %w", err)
		}
	}
	if len(ps) == 0 {
		return Both{}, notFound()
	}
	both, err := s.with(q, ps)
	if err != nil {
		return Both{}, err
	}
	return both[0], nil
}
