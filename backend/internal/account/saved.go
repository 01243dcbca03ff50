package account

import (
	"context"
	"errors"
	"fmt"
	"time"

	"gorm.io/gorm"

	"winnow/backend/internal/fault"
)

// SavedAnswer is what was answered to a request with an Idempotency-Key.
type SavedAnswer struct {
	Status int
	Body   []byte // nil: not kept, because it held a secret
}

// savedRow is a key in use; Status 0 while the first request runs.
type savedRow struct {
	Key         string `gorm:"primaryKey"`
	UserID      string `gorm:"primaryKey"`
	Route       string
	RequestHash string
	Status      int
	Body        []byte
	CreatedAt   time.Time
}

func (savedRow) TableName() string { return "idempotency_keys" }

// How long an answer is kept, and after what time a request that never ended (its process was killed) frees its key.
const (
	savedLife    = 48 * time.Hour
	savedForsook = 31 * time.Minute // above the longest handler
)

// Begin takes the key for the signed-in user, or gives back the saved answer of an earlier request with it. Faults:
// Conflict when that one still runs, was another request, or had an answer that was not kept.
func (s *Service) Begin(ctx context.Context, key, route, requestHash string) (*SavedAnswer, error) {
	v, ok := From(ctx)
	if !ok {
		return nil, notSignedIn()
	}
	row := savedRow{Key: key, UserID: v.UserID, Route: route, RequestHash: requestHash, CreatedAt: s.now()}
	var earlier *savedRow
	err := s.db.Tx(ctx, func(tx *gorm.DB) error {
		earlier = nil
		stale := tx.Where("key = ? AND user_id = ? AND (created_at < ? OR status = 0 AND created_at < ?)",
			key, v.UserID, s.now().Add(-savedLife), s.now().Add(-savedForsook))
		if err := stale.Delete(&savedRow{}).Error; err != nil {
			return fmt.Errorf("free idempotency key: %w", err)
		}
		r := tx.Exec(`INSERT INTO idempotency_keys (key, user_id, route, request_hash, status, created_at) VALUES (?, ?, ?, ?, 0, ?)
ON CONFLICT (user_id, key) DO NOTHING`, row.Key, row.UserID, row.Route, row.RequestHash, row.CreatedAt)
		if r.Error != nil || r.RowsAffected == 1 {
			return r.Error
		}
		var have savedRow
		if err := tx.Where("key = ? AND user_id = ?", key, v.UserID).Take(&have).Error; err != nil {
			return err
		}
		earlier = &have
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("take idempotency key: %w", err)
	}
	return earlier.answer(row)
}

func (earlier *savedRow) answer(now savedRow) (*SavedAnswer, error) {
	switch {
	case earlier == nil:
		return nil, nil //nolint:nilnil // no earlier request is no fault
	case earlier.Route != now.Route || earlier.RequestHash != now.RequestHash:
		return nil, fault.New(fault.Conflict, "idempotency_key_reused", "This Idempotency-Key was used for another request. Take a new key for each new request.")
	case earlier.Status == 0:
		f := fault.New(fault.Conflict, "idempotency_in_progress", "The first request with this Idempotency-Key is still running. Ask again in a moment.")
		f.RetryAfter = time.Second
		return nil, f
	case earlier.Body == nil:
		return nil, fault.New(fault.Conflict, "idempotency_not_kept", "This request was carried out before. Its answer held a secret or was empty, so it was not kept.")
	}
	return &SavedAnswer{Status: earlier.Status, Body: earlier.Body}, nil
}

// Finish saves the answer.
func (s *Service) Finish(ctx context.Context, key string, a SavedAnswer) error {
	return s.saved(ctx, func(tx *gorm.DB, userID string) error {
		return tx.Model(&savedRow{}).Where("key = ? AND user_id = ?", key, userID).
			Updates(map[string]any{"status": a.Status, "body": a.Body}).Error
	})
}

// Abandon frees the key after a request that came to nothing.
func (s *Service) Abandon(ctx context.Context, key string) error {
	return s.saved(ctx, func(tx *gorm.DB, userID string) error {
		return tx.Where("key = ? AND user_id = ? AND status = 0", key, userID).Delete(&savedRow{}).Error
	})
}

func (s *Service) saved(ctx context.Context, f func(tx *gorm.DB, userID string) error) error {
	v, ok := From(ctx)
	if !ok {
		return notSignedIn()
	}
	if err := s.db.Tx(ctx, func(tx *gorm.DB) error { return f(tx, v.UserID) }); err != nil {
		return fmt.Errorf("keep idempotency key: %w", err)
	}
	return nil
}

// Sweep forgets what is over: answers, links, sessions and login attempts. Run it daily.
func (s *Service) Sweep(ctx context.Context) error {
	now := s.now()
	month := now.Add(-30 * 24 * time.Hour)
	return s.db.Tx(ctx, func(tx *gorm.DB) error {
		return errors.Join(
			tx.Where("created_at < ?", now.Add(-savedLife)).Delete(&savedRow{}).Error,
			tx.Where("expires_at < ?", month).Delete(&linkRow{}).Error,
			tx.Where("expires_at < ? OR revoked_at < ?", month, month).Delete(&Session{}).Error,
			tx.Exec("DELETE FROM login_attempts WHERE last_at < ?", now.Add(-24*time.Hour)).Error,
		)
	})
}
