package account

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime"
	"strings"
	"time"

	"gorm.io/gorm"

	"winnow/backend/internal/clock"
	"winnow/backend/internal/event"
	"winnow/backend/internal/fault"
	"winnow/backend/internal/platform/db"
)

// Options is what the service needs to know.
type Options struct {
	SecretKey  []byte // root secret, ≥ 32 bytes
	BaseURL    string // links are made of it alone, never of a request's headers (A22)
	Mailed     bool   // invitations and resets go by mail; else the link is given to who asked
	BcryptCost int    // 0 = 12
	Log        *slog.Logger
}

// Service is the use cases of accounts. Make one with New; safe for concurrent use.
type Service struct {
	db     *db.DB
	clock  clock.Clock
	events *event.Log
	o      Options
	keys   keys
	hasher *hasher
	seen   *viewerCache
	resets chan resetRequest
	now    func() time.Time
	owned  Owned // nil: nothing is owned
}

const defaultCost = 12 // about a quarter of a second on a small server

// New makes the service. Faults: Invalid for a short secret.
func New(d *db.DB, c clock.Clock, events *event.Log, o Options) (*Service, error) {
	k, err := deriveKeys(o.SecretKey)
	if err != nil {
		return nil, err
	}
	if o.BcryptCost == 0 {
		o.BcryptCost = defaultCost
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	h, err := newHasher(k.password, o.BcryptCost, max(1, runtime.GOMAXPROCS(0)))
	if err != nil {
		return nil, err
	}
	o.BaseURL = strings.TrimSuffix(o.BaseURL, "/")
	o.SecretKey = nil
	return &Service{
		db: d, clock: c, events: events, o: o, keys: k, hasher: h, seen: newViewerCache(), now: c.Now,
		resets: make(chan resetRequest, resetQueue),
	}, nil
}

// Client is where a request comes from; kept with the session so that its owner can tell sessions apart.
type Client struct{ IP, UserAgent string }

// one loads a row by a condition on columns. Faults: NotFound with code and message.
func one[T any](g *gorm.DB, code, msg, cond string, args ...any) (T, error) {
	var row T
	err := g.Where(cond, args...).Take(&row).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return row, fault.New(fault.NotFound, code, msg)
	}
	if err != nil {
		return row, fmt.Errorf("load account row: %w", err)
	}
	return row, nil
}

func (s *Service) userByID(g *gorm.DB, id string) (User, error) {
	return one[User](g, "user_not_found", "There is no such user.", "id = ?", id)
}

// me is the user of the context's session. Faults: Unauthenticated.
func (s *Service) me(ctx context.Context) (Viewer, User, error) {
	v, ok := From(ctx)
	if !ok || v.UserID == "" {
		return v, User{}, notSignedIn()
	}
	u, err := s.userByID(s.db.Read.WithContext(ctx), v.UserID)
	if fault.Is(err, fault.NotFound) {
		return v, u, notSignedIn()
	}
	return v, u, err
}

func notSignedIn() error {
	return fault.New(fault.Unauthenticated, "not_signed_in", "You are not signed in. Sign in and try again.")
}

func requireAdmin(ctx context.Context) error {
	if v, ok := From(ctx); !ok || v.Role != RoleAdmin {
		return fault.New(fault.Forbidden, "role_insufficient", "Only admins may do this. Ask one.")
	}
	return nil
}

func (s *Service) happened(tx *gorm.DB, typ, subjectID string, data map[string]any) error {
	return s.events.Append(tx, event.Event{Type: typ, SubjectKind: "user", SubjectID: subjectID, OwnerID: &subjectID, Data: data})
}
