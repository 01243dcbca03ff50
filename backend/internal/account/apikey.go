package account

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"time"

	"gorm.io/gorm"

	"winnow/backend/internal/event"
	"winnow/backend/internal/fault"
	"winnow/backend/internal/id"
	"winnow/backend/internal/platform/db"
)

// KeyPrefix begins every API key, so that a leaked one is recognised wherever it turns up.
const KeyPrefix = "wnw_"

// maxKeys bounds the live keys of one user.
const maxKeys = 50

// Key is an API key; what the caller sends is stored as a hash only.
type Key struct {
	ID         string `gorm:"primaryKey"`
	UserID     string
	Name       string
	Prefix     string // the first characters, to tell keys apart
	KeyHash    string
	Scopes     db.JSON[[]string]
	ExpiresAt  *time.Time
	LastUsedAt *time.Time // to a minute
	RevokedAt  *time.Time
	CreatedAt  time.Time
}

// TableName is api_keys.
func (Key) TableName() string { return "api_keys" }

// NewKey is what an API key is made of.
type NewKey struct {
	Name      string
	Scopes    []string
	ExpiresAt *time.Time // nil: never
}

func (s *Service) checkKey(in NewKey) (NewKey, error) {
	name, bad := checkName(in.Name)
	in.Name = name
	var scopes, expiry *fault.Field
	if len(in.Scopes) == 0 {
		scopes = &fault.Field{Name: "scopes", Code: "required", Message: "Give at least one scope."}
	}
	var known []string
	for _, sc := range Scopes() {
		known = append(known, string(sc))
	}
	for _, sc := range in.Scopes {
		if !slices.Contains(known, sc) {
			scopes = &fault.Field{Name: "scopes", Code: "unknown", Message: "Known scopes: " + strings.Join(known, ", ") + "."}
		}
	}
	if in.ExpiresAt != nil && !in.ExpiresAt.After(s.now()) {
		expiry = &fault.Field{Name: "expires_at", Code: "past", Message: "Must be in the future."}
	}
	slices.Sort(in.Scopes)
	in.Scopes = slices.Compact(in.Scopes)
	return in, inputFault(bad, scopes, expiry)
}

// CreateKey makes a key for the signed-in user and gives it back this once. Faults: Invalid, Conflict for too many,
// Forbidden for a scope that the role cannot use.
func (s *Service) CreateKey(ctx context.Context, in NewKey) (key string, row Key, err error) {
	v, u, err := s.me(ctx)
	if err != nil {
		return "", Key{}, err
	}
	if v.Kind != KindSession {
		return "", Key{}, fault.New(fault.Forbidden, "key_not_allowed", "An API key cannot make another one. Sign in with a browser.")
	}
	if in, err = s.checkKey(in); err != nil {
		return "", Key{}, err
	}
	if slices.Contains(in.Scopes, string(ScopeAdmin)) && u.Role != RoleAdmin {
		return "", Key{}, fault.New(fault.Forbidden, "scope_above_role", "Only admins can make a key with the scope admin.")
	}
	key = KeyPrefix + random(32)
	row = Key{
		ID: id.New(), UserID: u.ID, Name: in.Name, Prefix: key[:len(KeyPrefix)+6], KeyHash: digest(key),
		Scopes: db.NewJSON(in.Scopes), ExpiresAt: in.ExpiresAt, CreatedAt: s.now(),
	}
	err = s.db.Tx(ctx, func(tx *gorm.DB) error {
		var n int64
		if err := tx.Model(&Key{}).Where("user_id = ? AND revoked_at IS NULL", u.ID).Count(&n).Error; err != nil {
			return fmt.Errorf("count API keys: %w", err)
		}
		if n >= maxKeys {
			return fault.New(fault.Conflict, "keys_too_many", "You have 50 API keys. Revoke one first.")
		}
		if err := tx.Create(&row).Error; err != nil {
			return fmt.Errorf("store API key: %w", err)
		}
		return s.keyHappened(tx, "apikey.created", row)
	})
	if err != nil {
		return "", Key{}, err
	}
	return key, row, nil
}

func (s *Service) keyHappened(tx *gorm.DB, typ string, k Key) error {
	return s.events.Append(tx, event.Event{Type: typ, SubjectKind: "apikey", SubjectID: k.ID, OwnerID: &k.UserID})
}

// Keys lists the live keys of the signed-in user, newest first.
func (s *Service) Keys(ctx context.Context) ([]Key, error) {
	v, _, err := s.me(ctx)
	if err != nil {
		return nil, err
	}
	var rows []Key
	err = s.db.Read.WithContext(ctx).Where("user_id = ? AND revoked_at IS NULL", v.UserID).Order("created_at DESC, id DESC").Limit(maxKeys).Find(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("list API keys: %w", err)
	}
	return rows, nil
}

// RevokeKey ends one of the signed-in user's keys at once. Faults: NotFound for a foreign one.
func (s *Service) RevokeKey(ctx context.Context, keyID string) error {
	v, _, err := s.me(ctx)
	if err != nil {
		return err
	}
	defer s.seen.clear()
	return s.db.Tx(ctx, func(tx *gorm.DB) error {
		k, err := one[Key](tx, "key_not_found", "There is no such API key.", "id = ? AND user_id = ? AND revoked_at IS NULL", keyID, v.UserID)
		if err != nil {
			return err
		}
		if err := tx.Model(&Key{}).Where("id = ?", k.ID).Update("revoked_at", s.now()).Error; err != nil {
			return fmt.Errorf("revoke API key: %w", err)
		}
		return s.keyHappened(tx, "apikey.revoked", k)
	})
}

func (s *Service) endKeys(tx *gorm.DB, userID string) error {
	err := tx.Model(&Key{}).Where("user_id = ? AND revoked_at IS NULL", userID).Update("revoked_at", s.now()).Error
	if err != nil {
		return fmt.Errorf("revoke API keys: %w", err)
	}
	return nil
}

const maxKeyLength = 100

// APIKey tells whose the key is. It is looked up by its hash, so that no comparison takes longer for a better guess.
// Faults: Unauthenticated.
func (s *Service) APIKey(ctx context.Context, key string) (Viewer, error) {
	if !strings.HasPrefix(key, KeyPrefix) || len(key) > maxKeyLength {
		return Viewer{}, keyInvalid()
	}
	hash := digest(key)
	return s.seen.get("key:"+hash, s.now(), func() (Viewer, time.Time, error) { return s.keyViewer(ctx, "key_hash = ?", hash) })
}

func keyInvalid() error {
	return fault.New(fault.Unauthenticated, "key_invalid", "This API key is unknown, revoked or too old.")
}

// keyViewer looks a key up; it is good until the time given back.
func (s *Service) keyViewer(ctx context.Context, cond, arg string) (Viewer, time.Time, error) {
	now := s.now()
	g := s.db.Read.WithContext(ctx)
	k, err := one[Key](g.Where("revoked_at IS NULL AND (expires_at IS NULL OR expires_at > ?)", now), "key_invalid", "", cond, arg)
	var u User
	if err == nil {
		u, err = s.userByID(g, k.UserID)
	}
	if fault.Is(err, fault.NotFound) || err == nil && u.DisabledAt != nil {
		return Viewer{}, time.Time{}, keyInvalid()
	}
	if err != nil {
		return Viewer{}, time.Time{}, err
	}
	s.touchKey(ctx, k, now)
	until := now.Add(cacheAge)
	if k.ExpiresAt != nil {
		until = *k.ExpiresAt
	}
	return Viewer{UserID: u.ID, Role: u.Role, Kind: KindAPIKey, Scopes: k.Scopes.V, KeyID: k.ID}, until, nil
}

// touchKey notes the use, at most once a minute. Where it cannot be noted (a full disk), reading goes on without.
func (s *Service) touchKey(ctx context.Context, k Key, now time.Time) {
	if k.LastUsedAt != nil && now.Sub(*k.LastUsedAt) < time.Minute {
		return
	}
	err := s.db.Tx(ctx, func(tx *gorm.DB) error {
		return tx.Model(&Key{}).Where("id = ?", k.ID).UpdateColumn("last_used_at", now).Error
	})
	if err != nil && !errors.Is(err, context.Canceled) {
		s.o.Log.LogAttrs(ctx, slog.LevelWarn, "the use of an API key was not noted", slog.String("key_id", k.ID), slog.String("error", err.Error()))
	}
}
