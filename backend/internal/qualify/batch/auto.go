package batch

import (
	"context"
	"fmt"
	"slices"

	"winnow/backend/internal/lead"
)

// Fresh narrows leads to those that were never judged, that no batch which may still judge them holds, and that the
// import of importID made ("": that no import made). So every lead is fresh for one asker alone.
func (s *Service) Fresh(ctx context.Context, ids []string, importID string) ([]string, error) {
	out := make([]string, 0, len(ids))
	for chunk := range slices.Chunk(ids, 500) {
		db := s.db.Read.WithContext(ctx)
		held := db.Model(&Item{}).Select("lead_id").Where("lead_id IN ? AND state IN ?", chunk, []State{Waiting, Leased})
		made := db.Table("import_rows").Select("lead_id").Where("lead_id IN ? AND fate = 'created'", chunk)
		q := db.Model(&lead.Lead{}).Where("id IN ? AND analyzed_at IS NULL AND id NOT IN (?)", chunk, held)
		if importID == "" {
			q = q.Where("id NOT IN (?)", made)
		} else {
			q = q.Where("id IN (?)", made.Where("import_id = ?", importID))
		}
		var some []string
		if err := q.Pluck("id", &some).Error; err != nil {
			return nil, fmt.Errorf("find leads that nobody judged: %w", err)
		}
		keep := make(map[string]bool, len(some))
		for _, one := range some {
			keep[one] = true
		}
		for _, one := range chunk { // the order of ids
			if keep[one] {
				out = append(out, one)
			}
		}
	}
	return out, nil
}
