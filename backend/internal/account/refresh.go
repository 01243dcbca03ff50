package account

import (
	"context"
	"crypto/hmac"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"
	"time"

	"gorm.io/gorm"

	"winnow/backend/internal/fault"
)

// refreshGrace is how long after a rotation the token before it is taken for the loser of a race between tabs rather
// than for a stolen one. The loser gets no token: the winner's is in the browser already.
const refreshGrace = 10 * time.Second

// refreshToken is session id, random part and a mark that only we can make. The mark tells an old token of ours, whose
// reuse ends the session, from an invented one, which must not.
func (s *Service) refreshToken(sessionID string) string {
	nonce := random(32)
	return sessionID + "." + nonce + "." + s.refreshMark(sessionID, nonce)
}

func (s *Service) refreshMark(sessionID, nonce string) string {
	return base64.RawURLEncoding.EncodeToString(mac(s.keys.refresh, sessionID, nonce)[:16])
}

const maxRefreshToken = 200

func (s *Service) refreshSession(token string) (string, bool) {
	parts := strings.Split(clip(token, maxRefreshToken), ".")
	if len(parts) != 3 || !hmac.Equal([]byte(parts[2]), []byte(s.refreshMark(parts[0], parts[1]))) {
		return "", false
	}
	return parts[0], true
}

func signedOut() error {
	return fault.New(fault.Unauthenticated, "session_expired", "Your session has ended. Sign in again.")
}

// Refresh changes a refresh token for a new pair. Each is good once: a second use ends the session and all tokens that
// came of it (A24). Faults: Unauthenticated; Conflict within the grace of a race, when nothing is changed.
func (s *Service) Refresh(ctx context.Context, token string, cl Client) (SignIn, error) {
	sid, ok := s.refreshSession(token)
	if !ok {
		return SignIn{}, signedOut()
	}
	var in SignIn
	var refused error // told after commit, since the ending of a reused family must stay
	err := s.db.Tx(ctx, func(tx *gorm.DB) error {
		row, u, err := s.sessionAndUser(tx, sid)
		if err != nil {
			return err
		}
		if refused = s.refusal(row, u); refused != nil {
			return nil //nolint:nilerr // told after the commit
		}
		next := s.refreshToken(sid)
		r := tx.Model(&Session{}).Where("id = ? AND refresh_hash = ? AND revoked_at IS NULL", sid, digest(token)).
			Updates(map[string]any{
				"refresh_hash": digest(next), "previous_hash": digest(token), "rotated_at": s.now(), "seen_at": s.now(),
				"ip": cl.IP, "user_agent": clip(cl.UserAgent, maxUserAgent),
			})
		if r.Error != nil {
			return fmt.Errorf("rotate session: %w", r.Error)
		}
		if r.RowsAffected == 0 {
			refused, err = s.reused(tx, sid, digest(token))
			return err
		}
		in, err = s.signIn(u, row, next)
		return err
	})
	if err != nil {
		return SignIn{}, err
	}
	return in, refused
}

func (s *Service) refusal(row Session, u User) error {
	if !row.live(s.now()) || u.DisabledAt != nil {
		return signedOut()
	}
	return nil
}

func (s *Service) sessionAndUser(tx *gorm.DB, sid string) (Session, User, error) {
	row, err := one[Session](tx, "session_expired", "Your session has ended. Sign in again.", "id = ?", sid)
	if err == nil {
		var u User
		u, err = s.userByID(tx, row.UserID)
		if err == nil {
			return row, u, nil
		}
	}
	if fault.Is(err, fault.NotFound) {
		err = signedOut()
	}
	return Session{}, User{}, err
}

// reused handles a token that was ours but is not the newest. The row is read again: on PostgreSQL another request may
// have rotated it since.
func (s *Service) reused(tx *gorm.DB, sid, hash string) (error, error) {
	var row Session
	if err := tx.Where("id = ?", sid).Take(&row).Error; err != nil {
		if errors.Is(err, gorm.ErrRecordNotFound) {
			return signedOut(), nil
		}
		return nil, fmt.Errorf("load session: %w", err)
	}
	if row.RevokedAt != nil {
		return signedOut(), nil
	}
	if row.PreviousHash == hash && row.RotatedAt != nil && s.now().Sub(*row.RotatedAt) <= refreshGrace {
		return fault.New(fault.Conflict, "refresh_raced", "Another tab has just renewed the session. Try again."), nil
	}
	err := tx.Model(&Session{}).Where("id = ?", sid).Updates(map[string]any{"revoked_at": s.now(), "revoked_why": "refresh_reused"}).Error
	if err != nil {
		return nil, fmt.Errorf("end session: %w", err)
	}
	s.seen.clear()
	if err := s.happened(tx, "user.refresh_reused", row.UserID, map[string]any{"session_id": sid}); err != nil {
		return nil, err
	}
	return signedOut(), nil
}

// Logout ends the session of a refresh token, or of the context's viewer when there is none. Ending what has ended is
// no fault.
func (s *Service) Logout(ctx context.Context, token string) error {
	sid, ok := s.refreshSession(token)
	if v, in := From(ctx); !ok && in {
		sid = v.SessionID
	}
	if sid == "" {
		return nil
	}
	defer s.seen.clear()
	return s.db.Tx(ctx, func(tx *gorm.DB) error {
		err := tx.Model(&Session{}).Where("id = ? AND revoked_at IS NULL", sid).
			Updates(map[string]any{"revoked_at": s.now(), "revoked_why": "logout"}).Error
		if err != nil {
			return fmt.Errorf("end session: %w", err)
		}
		return nil
	})
}
