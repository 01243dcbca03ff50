package account

import (
	"context"
	"encoding/hex"
	"fmt"
	"log/slog"
	"net/netip"
	"time"

	"gorm.io/gorm"

	"winnow/backend/internal/fault"
)

// After this many failed tries within the window, each further one costs a doubling wait.
const (
	throttleLimit  = 10
	throttleWindow = 15 * time.Minute
	throttleFirst  = 30 * time.Second
	throttleMost   = 15 * time.Minute
)

// attempt counts a try against every key before its outcome is known, so that tries at the same moment cannot slip past
// the limit. It is a fault (RateLimited) while one of the keys is locked. The keys say "account" or "address", whether
// or not such an account exists (A21).
func (s *Service) attempt(ctx context.Context, keys ...string) error {
	now := s.now()
	locked := false
	err := s.db.Tx(ctx, func(tx *gorm.DB) error {
		for _, key := range keys {
			open, err := charge(tx, key, now)
			if err != nil {
				return err
			}
			locked = locked || !open
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("count login attempt: %w", err)
	}
	if locked {
		return s.throttled(ctx, keys)
	}
	return nil
}

// charge counts one try; false when the key is locked now.
func charge(tx *gorm.DB, key string, now time.Time) (bool, error) {
	var failures []int
	err := tx.Raw(`INSERT INTO login_attempts (key, failures, last_at) VALUES (?, 1, ?)
ON CONFLICT (key) DO UPDATE SET
  failures = CASE WHEN login_attempts.last_at < ? THEN 1 ELSE login_attempts.failures + 1 END, last_at = excluded.last_at, locked_until = NULL
WHERE login_attempts.locked_until IS NULL OR login_attempts.locked_until <= ?
RETURNING failures`, key, now, now.Add(-throttleWindow), now).Scan(&failures).Error
	if err != nil {
		return false, err
	}
	if len(failures) == 0 {
		return false, nil
	}
	if over := failures[0] - throttleLimit; over >= 0 {
		wait := min(throttleFirst<<min(over, 10), throttleMost)
		err = tx.Exec("UPDATE login_attempts SET locked_until = ? WHERE key = ?", now.Add(wait), key).Error
	}
	return true, err
}

func (s *Service) throttled(ctx context.Context, keys []string) error {
	var rows []struct{ LockedUntil *time.Time }
	err := s.db.Read.WithContext(ctx).Table("login_attempts").Where("key IN ?", keys).Find(&rows).Error
	if err != nil {
		return fmt.Errorf("read login attempts: %w", err)
	}
	wait := time.Second
	for _, r := range rows {
		if r.LockedUntil != nil {
			wait = max(wait, r.LockedUntil.Sub(s.now()))
		}
	}
	s.o.Log.LogAttrs(ctx, slog.LevelWarn, "tries are throttled", slog.String("first_key", keys[0]), slog.Duration("wait", wait))
	f := fault.New(fault.RateLimited, "login_throttled", "Too many failed tries. Wait a little and try again, or reset your password.")
	f.RetryAfter = wait
	return f
}

// succeeded forgets the failed tries of an account, and takes back the one that was counted against the address; the
// address keeps its others, or an attacker could wash them off with an account of his own.
func (s *Service) succeeded(tx *gorm.DB, accountKey, addressKey string) error {
	if err := tx.Exec("DELETE FROM login_attempts WHERE key = ?", accountKey).Error; err != nil {
		return fmt.Errorf("forget login attempts: %w", err)
	}
	err := tx.Exec(`UPDATE login_attempts SET failures = failures - 1,
locked_until = CASE WHEN failures <= ? THEN NULL ELSE locked_until END WHERE key = ? AND failures > 0`, throttleLimit, addressKey).Error
	if err != nil {
		return fmt.Errorf("forget login attempt: %w", err)
	}
	return nil
}

func (s *Service) accountKey(what, email string) string {
	return what + ":account:" + hex.EncodeToString(mac(s.keys.throttle, foldEmail(email))[:16])
}

// addressKey stands for a client's address; of IPv6 the /64, which one household or server has.
func (s *Service) addressKey(what, ip string) string {
	if a, err := netip.ParseAddr(ip); err == nil {
		if a = a.Unmap(); a.Is6() {
			if p, err := a.WithZone("").Prefix(64); err == nil {
				ip = p.String()
			}
		}
	}
	return what + ":address:" + hex.EncodeToString(mac(s.keys.throttle, ip)[:16])
}
