package event

import (
	"context"
	"fmt"

	"gorm.io/gorm"
)

// On PostgreSQL a transaction takes its Seq when it inserts, but shows it when it commits, so Seq 6 may show before
// Seq 5. Comparing transaction ids does not help: the transaction with the older id may take the higher Seq. So each
// appending transaction first takes a shared advisory lock whose key holds the last Seq given out before; its own are
// higher. The lock goes with the transaction. A reader stays at or below the lowest such number. SQLite has one writer
// and needs none of this.

// announce takes that lock once per transaction; a transaction-local setting remembers it. 22350 marks our keys in the
// upper 16 bits, the lower 48 hold the Seq.
func announce(tx *gorm.DB) error {
	err := tx.Exec(`SELECT CASE WHEN COALESCE(current_setting('winnow.appending', true), '') = '' THEN
  set_config('winnow.appending', pg_advisory_xact_lock_shared(
    (22350::bigint << 48) | (CASE WHEN is_called THEN last_value ELSE 0 END))::text || '1', true) END
FROM events_seq_seq`).Error
	if err != nil {
		return fmt.Errorf("announce events: %w", err)
	}
	return nil
}

// horizon is the highest Seq up to which every event is either committed or given up. The order of its two reads
// matters, and the events must be read after both: whoever has taken a Seq up to last holds the lock when the locks
// are read, or has ended by then. When nothing was given out after seq, the locks need not be read.
func (l *Log) horizon(ctx context.Context, seq int64) (int64, error) {
	g := l.db.Read.WithContext(ctx)
	var last int64
	if err := g.Raw(`SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM events_seq_seq`).Scan(&last).Error; err != nil {
		return 0, fmt.Errorf("read event counter: %w", err)
	}
	if last <= seq {
		return last, nil
	}
	var open *int64
	err := g.Raw(`SELECT min(((classid::bigint & 65535) << 32) | objid::bigint) FROM pg_locks
WHERE locktype = 'advisory' AND objsubid = 1 AND (classid::bigint >> 16) = 22350
  AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`).Scan(&open).Error
	if err != nil {
		return 0, fmt.Errorf("read open appends: %w", err)
	}
	if open != nil && *open < last {
		return *open, nil
	}
	return last, nil
}
