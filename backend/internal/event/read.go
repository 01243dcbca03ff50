package event

import (
	"context"
	"fmt"

	"gorm.io/gorm"

	"winnow/backend/internal/platform/db"
)

// MaxPage is the most events that one read answers.
const MaxPage = 1000

func page(limit int) int {
	if limit <= 0 || limit > MaxPage {
		return MaxPage
	}
	return limit
}

// Since reads the feed after seq, oldest first. It never runs past an event that is still uncommitted, so a reader who
// goes on from the last Seq it saw misses nothing. limit ≤ MaxPage; 0 = MaxPage.
func (l *Log) Since(ctx context.Context, seq int64, limit int) ([]Event, error) {
	q := l.db.Read.WithContext(ctx).Where("seq > ?", seq)
	if l.db.Dialect == db.Postgres {
		safe, err := l.horizon(ctx, seq)
		if err != nil {
			return nil, err
		}
		if safe <= seq {
			return nil, nil
		}
		q = q.Where("seq <= ?", safe)
	}
	var rows []row
	if err := q.Order("seq").Limit(page(limit)).Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("read events: %w", err)
	}
	return eventsOf(rows), nil
}

// Last is the Seq of the newest event that Since would answer, 0 when there is none.
func (l *Log) Last(ctx context.Context) (int64, error) {
	q := l.db.Read.WithContext(ctx).Model(&row{})
	if l.db.Dialect == db.Postgres {
		safe, err := l.horizon(ctx, 0)
		if err != nil {
			return 0, err
		}
		q = q.Where("seq <= ?", safe)
	}
	var last int64
	if err := q.Select("COALESCE(MAX(seq), 0)").Scan(&last).Error; err != nil {
		return 0, fmt.Errorf("read last event: %w", err)
	}
	return last, nil
}

// Recent reads the newest events first. all and userID are account.Rows of the viewer: without all, only events of
// nobody and of userID are answered.
func (l *Log) Recent(ctx context.Context, all bool, userID string, limit int) ([]Event, error) {
	q := l.db.Read.WithContext(ctx)
	switch {
	case all:
	case userID == "":
		q = q.Where("owner_id IS NULL")
	default:
		q = q.Where("owner_id IS NULL OR owner_id = ?", userID)
	}
	var rows []row
	if err := q.Order("seq DESC").Limit(page(limit)).Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("read recent events: %w", err)
	}
	return eventsOf(rows), nil
}

// ForSubjects reads what happened to some things of one kind, newest first. Whether the viewer may see them is for the
// caller to check.
func (l *Log) ForSubjects(ctx context.Context, kind string, subjectIDs []string, limit int) ([]Event, error) {
	var rows []row
	err := l.db.Read.WithContext(ctx).Where("subject_kind = ? AND subject_id IN ?", kind, subjectIDs).Order("seq DESC").Limit(page(limit)).Find(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("read events of %s: %w", kind, err)
	}
	return eventsOf(rows), nil
}

// ForSubjectExcept is ForSubjects of one thing without the events of one type, such as one that only tells of progress.
func (l *Log) ForSubjectExcept(ctx context.Context, kind, subjectID, typ string, limit int) ([]Event, error) {
	var rows []row
	err := l.db.Read.WithContext(ctx).Where("subject_kind = ? AND subject_id = ? AND type <> ?", kind, subjectID, typ).
		Order("seq DESC").Limit(page(limit)).Find(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("read events of %s: %w", kind, err)
	}
	return eventsOf(rows), nil
}

// ByPeople reads, in tx, what users did to some things of one kind, oldest first.
func (l *Log) ByPeople(tx *gorm.DB, kind string, subjectIDs []string) ([]Event, error) {
	if len(subjectIDs) == 0 {
		return nil, nil
	}
	var rows []row
	err := tx.Where("subject_kind = ? AND subject_id IN ? AND actor_id IS NOT NULL", kind, subjectIDs).Order("seq").Find(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("read what was done to each %s: %w", kind, err)
	}
	return eventsOf(rows), nil
}
