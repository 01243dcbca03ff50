package account

import (
	"context"
	"fmt"
	"time"

	"gorm.io/gorm"

	"winnow/backend/internal/fault"
	"winnow/backend/internal/id"
)

// How long a session lives: at most from sign-in, and at most without use.
const (
	sessionLife     = 12 * time.Hour
	sessionIdle     = 4 * time.Hour
	rememberedLife  = 30 * 24 * time.Hour
	rememberedIdle  = 7 * 24 * time.Hour
	accessLife      = 15 * time.Minute
	maxUserAgent    = 300
	maxSessionsKept = 50 // per user; older ones end
)

// Session is one signed-in browser: a family of refresh tokens of which the newest is good.
type Session struct {
	ID           string `gorm:"primaryKey"`
	UserID       string
	RefreshHash  string
	PreviousHash string
	Remember     bool
	UserAgent    string
	IP           string `gorm:"column:ip"`
	CreatedAt    time.Time
	SeenAt       time.Time // last refresh: at most 15 minutes behind the last request
	ExpiresAt    time.Time
	RotatedAt    *time.Time
	RevokedAt    *time.Time
	RevokedWhy   string
}

// TableName is sessions.
func (Session) TableName() string { return "sessions" }

func (s Session) idle() time.Duration {
	if s.Remember {
		return rememberedIdle
	}
	return sessionIdle
}

func (s Session) live(now time.Time) bool {
	return s.RevokedAt == nil && now.Before(s.ExpiresAt) && now.Sub(s.SeenAt) < s.idle()
}

// SignIn is what a browser gets when somebody has signed in.
type SignIn struct {
	User    User
	Access  string        // JWT, good for 15 minutes
	Refresh string        // good once
	Keep    time.Duration // how long the browser keeps the cookies; 0 = until it closes
}

// begin starts a session of u in tx.
func (s *Service) begin(tx *gorm.DB, u User, remember bool, cl Client) (SignIn, error) {
	now := s.now()
	row := Session{
		ID: id.New(), UserID: u.ID, Remember: remember, UserAgent: clip(cl.UserAgent, maxUserAgent), IP: cl.IP,
		CreatedAt: now, SeenAt: now, ExpiresAt: now.Add(sessionLife),
	}
	if remember {
		row.ExpiresAt = now.Add(rememberedLife)
	}
	token := s.refreshToken(row.ID)
	row.RefreshHash = digest(token)
	if err := tx.Create(&row).Error; err != nil {
		return SignIn{}, fmt.Errorf("store session: %w", err)
	}
	if err := s.trim(tx, u.ID); err != nil {
		return SignIn{}, err
	}
	return s.signIn(u, row, token)
}

func (s *Service) signIn(u User, row Session, refresh string) (SignIn, error) {
	access, err := s.accessToken(u.ID, row.ID)
	if err != nil {
		return SignIn{}, err
	}
	in := SignIn{User: u, Access: access, Refresh: refresh}
	if row.Remember {
		in.Keep = row.ExpiresAt.Sub(s.now())
	}
	return in, nil
}

// trim ends the oldest sessions of a user who has very many.
func (s *Service) trim(tx *gorm.DB, userID string) error {
	keep := tx.Model(&Session{}).Select("id").Where("user_id = ? AND revoked_at IS NULL", userID).Order("seen_at DESC, id DESC").Limit(maxSessionsKept)
	err := tx.Model(&Session{}).Where("user_id = ? AND revoked_at IS NULL AND id NOT IN (?)", userID, keep).
		Updates(map[string]any{"revoked_at": s.now(), "revoked_why": "too_many"}).Error
	if err != nil {
		return fmt.Errorf("end old sessions: %w", err)
	}
	return nil
}

// endSessions ends every session of a user but the one named; "" ends all.
func (s *Service) endSessions(tx *gorm.DB, userID, but, why string) error {
	q := tx.Model(&Session{}).Where("user_id = ? AND revoked_at IS NULL", userID)
	if but != "" {
		q = q.Where("id <> ?", but)
	}
	if err := q.Updates(map[string]any{"revoked_at": s.now(), "revoked_why": why}).Error; err != nil {
		return fmt.Errorf("end sessions: %w", err)
	}
	return nil
}

// Sessions lists the live sessions of the signed-in user, newest use first.
func (s *Service) Sessions(ctx context.Context) ([]Session, error) {
	v, _, err := s.me(ctx)
	if err != nil {
		return nil, err
	}
	var rows []Session
	err = s.db.Read.WithContext(ctx).Where("user_id = ? AND revoked_at IS NULL AND expires_at > ?", v.UserID, s.now()).
		Order("seen_at DESC, id DESC").Limit(maxSessionsKept).Find(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("list sessions: %w", err)
	}
	live := rows[:0]
	for _, r := range rows {
		if r.live(s.now()) {
			live = append(live, r)
		}
	}
	return live, nil
}

// EndSession ends one of the signed-in user's sessions. Faults: NotFound for a foreign one.
func (s *Service) EndSession(ctx context.Context, sessionID string) error {
	v, _, err := s.me(ctx)
	if err != nil {
		return err
	}
	defer s.seen.clear()
	return s.db.Tx(ctx, func(tx *gorm.DB) error {
		r := tx.Model(&Session{}).Where("id = ? AND user_id = ? AND revoked_at IS NULL", sessionID, v.UserID).
			Updates(map[string]any{"revoked_at": s.now(), "revoked_why": "ended_by_owner"})
		if r.Error != nil {
			return fmt.Errorf("end session: %w", r.Error)
		}
		if r.RowsAffected == 0 {
			return fault.New(fault.NotFound, "session_not_found", "There is no such session.")
		}
		return s.happened(tx, "user.session_ended", v.UserID, map[string]any{"session_id": sessionID})
	})
}

// LogoutAll ends every session of the signed-in user, this one too.
func (s *Service) LogoutAll(ctx context.Context) error {
	v, _, err := s.me(ctx)
	if err != nil {
		return err
	}
	defer s.seen.clear()
	return s.db.Tx(ctx, func(tx *gorm.DB) error {
		if err := s.endSessions(tx, v.UserID, "", "logout_all"); err != nil {
			return err
		}
		return s.happened(tx, "user.signed_out_everywhere", v.UserID, nil)
	})
}

func clip(s string, most int) string {
	r := []rune(s)
	if len(r) > most {
		return string(r[:most])
	}
	return s
}
