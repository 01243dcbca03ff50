package account

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/golang-jwt/jwt/v5"
	"gorm.io/gorm"

	"winnow/backend/internal/fault"
)

// What an access token says of itself.
const (
	tokenIssuer   = "winnow"
	tokenAudience = "winnow-api"
	tokenType     = "access"
	maxAccess     = 2048
)

// accessHeader is the only header that our tokens have; anything else (alg none, kid, jku …) is refused unread (A25).
const accessHeader = `{"alg":"HS256","typ":"JWT"}`

type accessClaims struct {
	SessionID string `json:"sid"`
	Type      string `json:"typ"`
	jwt.RegisteredClaims
}

func (s *Service) accessToken(userID, sessionID string) (string, error) {
	now := s.now()
	t := jwt.NewWithClaims(jwt.SigningMethodHS256, accessClaims{
		SessionID: sessionID, Type: tokenType,
		RegisteredClaims: jwt.RegisteredClaims{
			Issuer: tokenIssuer, Audience: jwt.ClaimStrings{tokenAudience}, Subject: userID,
			IssuedAt: jwt.NewNumericDate(now), NotBefore: jwt.NewNumericDate(now), ExpiresAt: jwt.NewNumericDate(now.Add(accessLife)),
		},
	})
	signed, err := t.SignedString(s.keys.access)
	if err != nil {
		return "", fmt.Errorf("sign access token: %w", err)
	}
	return signed, nil
}

// AccessToken tells whose the token is. Its signature is not enough: the session is looked up, at most 5 seconds ago.
// Faults: Unauthenticated.
func (s *Service) AccessToken(ctx context.Context, token string) (Viewer, error) {
	c, err := s.parseAccess(token)
	if err != nil {
		return Viewer{}, signedOut()
	}
	v, err := s.seen.get("session:"+c.SessionID, s.now(), func() (Viewer, time.Time, error) { return s.sessionViewer(ctx, c.SessionID) })
	if err != nil {
		return Viewer{}, err
	}
	if v.UserID != c.Subject {
		return Viewer{}, signedOut()
	}
	return v, nil
}

func (s *Service) parseAccess(token string) (accessClaims, error) {
	var c accessClaims
	head, _, ok := strings.Cut(token, ".")
	if len(token) > maxAccess || !ok || head != base64.RawURLEncoding.EncodeToString([]byte(accessHeader)) {
		return c, errors.New("not a token of ours")
	}
	_, err := jwt.ParseWithClaims(token, &c, func(*jwt.Token) (any, error) { return s.keys.access, nil },
		jwt.WithValidMethods([]string{jwt.SigningMethodHS256.Alg()}), jwt.WithIssuer(tokenIssuer), jwt.WithAudience(tokenAudience),
		jwt.WithExpirationRequired(), jwt.WithIssuedAt(), jwt.WithTimeFunc(s.now), jwt.WithStrictDecoding())
	if err != nil {
		return c, fmt.Errorf("parse access token: %w", err)
	}
	if c.Type != tokenType || c.SessionID == "" || c.Subject == "" {
		return c, errors.New("not an access token")
	}
	return c, nil
}

// sessionViewer looks the session up; it is good until the time given back.
func (s *Service) sessionViewer(ctx context.Context, sid string) (Viewer, time.Time, error) {
	row, u, err := s.sessionAndUser(s.db.Read.WithContext(ctx), sid)
	if err != nil {
		return Viewer{}, time.Time{}, err
	}
	if err := s.refusal(row, u); err != nil {
		return Viewer{}, time.Time{}, err
	}
	return Viewer{UserID: u.ID, Role: u.Role, Kind: KindSession, SessionID: sid}, row.ExpiresAt, nil
}

// Recheck looks again, past the cache, whether v may still act, with the rights of now. Long-lived connections ask it every few
// seconds, and jobs before they act for somebody. Faults: Unauthenticated.
func (s *Service) Recheck(ctx context.Context, v Viewer) (Viewer, error) {
	switch v.Kind {
	case KindSystem:
		return v, nil
	case KindSession:
		now, _, err := s.sessionViewer(ctx, v.SessionID)
		return now, err
	case KindAPIKey:
		now, _, err := s.keyViewer(ctx, "id = ?", v.KeyID)
		return now, err
	}
	return Viewer{}, signedOut()
}

// ViewerOf is the viewer that a job acts as, on behalf of a user, with the rights of now. Faults: Unauthenticated when
// the user is gone or disabled.
func (s *Service) ViewerOf(ctx context.Context, userID string) (Viewer, error) {
	var u User
	err := s.db.Read.WithContext(ctx).Where("id = ? AND disabled_at IS NULL", userID).Take(&u).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return Viewer{}, fault.New(fault.Unauthenticated, "user_gone", "The user who started this may no longer act.")
	}
	if err != nil {
		return Viewer{}, fmt.Errorf("load user: %w", err)
	}
	return Viewer{UserID: u.ID, Role: u.Role, Kind: KindSession}, nil
}
