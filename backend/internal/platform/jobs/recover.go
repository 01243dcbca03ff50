package jobs

import (
	"context"
	"fmt"

	"gorm.io/gorm"

	"winnow/backend/internal/platform/db"
)

// recover frees the jobs that a killed process left running. On SQLite one process works the file, so at start every
// running job is such a job; on PostgreSQL others may be at work, and River's rescuer waits for rescueAfter instead.
// A job whose last attempt was cut off is discarded: it may be what killed the process.
func (j *Jobs) recover(ctx context.Context) error {
	if j.db.Dialect != db.SQLite {
		return nil
	}
	err := j.db.Tx(ctx, func(tx *gorm.DB) error {
		if err := tx.Exec(`UPDATE river_job SET state = 'discarded', finalized_at = datetime('now', 'subsec')
WHERE state = 'running' AND attempt >= max_attempts`).Error; err != nil {
			return err
		}
		return tx.Exec(`UPDATE river_job SET state = 'available', scheduled_at = datetime('now', 'subsec') WHERE state = 'running'`).Error
	})
	if err != nil {
		return fmt.Errorf("free the jobs of a killed process: %w", err)
	}
	return nil
}
