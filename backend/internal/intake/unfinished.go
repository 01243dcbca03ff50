package intake

import (
	"context"
	"errors"
	"fmt"
	"os"

	"gorm.io/gorm"
)

// Unfinished is an import of the same content that was started and whose process ended before it did; nil if there is
// none. Running it again goes on at its checkpoint.
func (s *Service) Unfinished(ctx context.Context, sha256 string) (*Import, error) {
	var found []Import
	q := visible(ctx, s.db.Read.WithContext(ctx)).Where("sha256 = ? AND status IN ?", sha256, []Status{Queued, Running})
	if err := q.Where("lease_until IS NULL OR lease_until < ?", s.clock.Now()).Order("id DESC").Limit(1).Find(&found).Error; err != nil {
		return nil, fmt.Errorf("look for an unfinished import: %w", err)
	}
	if len(found) == 0 {
		return nil, nil
	}
	return &found[0], nil
}

// Discard forgets a file that was only looked at.
func (s *Service) Discard(ctx context.Context, importID string) error {
	imp, err := s.Get(ctx, importID)
	if err != nil || imp.Status != Previewed {
		return err
	}
	err = s.db.Tx(ctx, func(tx *gorm.DB) error {
		return tx.Delete(&Import{}, "id = ? AND status = ?", importID, Previewed).Error
	})
	if err != nil {
		return fmt.Errorf("forget the file: %w", err)
	}
	if err := os.Remove(imp.Path); err != nil && !errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("remove the file: %w", err)
	}
	return nil
}

// Busy reports whether an import is at work now. When that cannot be told it is not.
func (s *Service) Busy(ctx context.Context) bool {
	var n int64
	err := s.db.Read.WithContext(ctx).Model(&Import{}).Where("status IN ? AND lease_until > ?", []Status{Running, Undoing}, s.clock.Now()).Limit(1).Count(&n).Error
	return err == nil && n > 0
}
