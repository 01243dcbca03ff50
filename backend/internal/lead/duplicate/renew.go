package duplicate

import (
	"fmt"
	"slices"

	"gorm.io/gorm"
)

// Renew keeps in tx what was found about some leads, as Record does, and drops the open pairs of theirs that a model had
// found before and that were not found again: what the leads say now does not bear them out. It answers how many were
// kept.
func (s *Service) Renew(tx *gorm.DB, leads []string, found []Found) (int, error) {
	again := map[[2]string]bool{}
	for _, f := range found {
		again[[2]string{min(f.A, f.B), max(f.A, f.B)}] = true
	}
	var gone []string
	err := eachChunk(leads, func(chunk []string) error {
		var open []Pair
		err := tx.Select("id", "lead_a", "lead_b").Where("state = ? AND model <> '' AND (lead_a IN ? OR lead_b IN ?)", Open, chunk, chunk).Find(&open).Error
		for _, p := range open {
			if !again[[2]string{p.LeadA, p.LeadB}] {
				gone = append(gone, p.ID)
			}
		}
		return err
	})
	if err != nil {
		return 0, fmt.Errorf("read open pairs: %w", err)
	}
	slices.Sort(gone)
	err = eachChunk(slices.Compact(gone), func(chunk []string) error { return tx.Where("id IN ?", chunk).Delete(&Pair{}).Error })
	if err != nil {
		return 0, fmt.Errorf("drop pairs: %w", err)
	}
	n, err := s.Record(tx, found)
	if err != nil || !slices.ContainsFunc(found, s.sure) {
		return n, err
	}
	return n, s.ask(tx.Statement.Context, tx)
}
