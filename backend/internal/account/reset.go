package account

import (
	"context"
	"log/slog"

	"gorm.io/gorm"

	"winnow/backend/internal/fault"
)

// resetQueue bounds the reset requests that wait.
const resetQueue = 256

type resetRequest struct{ email string }

// RequestReset takes a wish for a reset link. It answers before anything is looked up, so that neither the answer nor
// its time tells whether there is such a user (A21); Run does the rest. Without mail nothing can be sent: an admin
// makes the link. Faults: RateLimited per address.
func (s *Service) RequestReset(ctx context.Context, email string, cl Client) error {
	if err := s.attempt(ctx, s.addressKey("reset", cl.IP)); err != nil {
		return err
	}
	if !s.o.Mailed {
		return nil
	}
	select {
	case s.resets <- resetRequest{email}:
		return nil
	default:
		return fault.New(fault.RateLimited, "resets_busy", "Very many people ask for a new password at this moment. Try again in a minute.")
	}
}

// Run works on reset requests until ctx ends. Those that wait then are lost; their senders will ask again.
func (s *Service) Run(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case r := <-s.resets:
			if err := s.sendReset(ctx, r.email); err != nil && !fault.Is(err, fault.RateLimited) {
				s.o.Log.LogAttrs(ctx, slog.LevelError, "a reset link could not be made", slog.String("error", err.Error()))
			}
		}
	}
}

// sendReset makes the link; its event starts the mail.
func (s *Service) sendReset(ctx context.Context, email string) error {
	if err := s.attempt(ctx, s.accountKey("reset", email)); err != nil {
		return err
	}
	u, err := s.loginUser(ctx, email)
	if err != nil || u.PasswordHash == "" {
		return err
	}
	return s.db.Tx(ctx, func(tx *gorm.DB) error {
		row, err := s.newLink(tx, linkReset, u, nil)
		if err != nil {
			return err
		}
		return s.happened(tx, EventResetAsked, u.ID, map[string]any{"link_id": row.ID})
	})
}

// The events that a mail follows; their data holds "link_id" for Letter.
const (
	EventInvited    = "user.invited"
	EventResetAsked = "user.reset_asked"
)

// ConfirmReset sets a new password by a link. All sessions and API keys of the user end (A23), since who asks for a
// reset may have been robbed of them. Faults: Invalid with fields.
func (s *Service) ConfirmReset(ctx context.Context, token, password string) error {
	u, err := s.peekLink(ctx, linkReset, token)
	if err != nil {
		return err
	}
	if err := inputFault(s.hasher.check(password, u.Email)); err != nil {
		return err
	}
	hash, err := s.hasher.hash(ctx, password)
	if err != nil {
		return err
	}
	defer s.seen.clear()
	return s.db.Tx(ctx, func(tx *gorm.DB) error {
		u, err := s.useLink(tx, linkReset, token)
		if err != nil {
			return err
		}
		if err := s.endKeys(tx, u.ID); err != nil {
			return err
		}
		if err := s.succeeded(tx, s.accountKey("login", u.Email), ""); err != nil {
			return err
		}
		return s.setPassword(tx, u.ID, u.PasswordHash, hash, "password_reset")
	})
}

// ResetLink makes a reset link for a user on an admin's request: mailed, or given back when there is no mail.
// Faults: Forbidden, NotFound, Conflict for who has not accepted the invitation yet or is disabled.
func (s *Service) ResetLink(ctx context.Context, userID string) (url string, err error) {
	if err := requireAdmin(ctx); err != nil {
		return "", err
	}
	err = s.db.Tx(ctx, func(tx *gorm.DB) error {
		u, err := s.userByID(tx, userID)
		if err != nil {
			return err
		}
		if u.Invited() || u.DisabledAt != nil {
			return fault.New(fault.Conflict, "user_not_active", "This user has not accepted the invitation yet, or is disabled. Invite them again or enable them first.")
		}
		row, err := s.newLink(tx, linkReset, u, actor(ctx))
		if err != nil {
			return err
		}
		url = s.handedURL(row)
		return s.happened(tx, EventResetAsked, u.ID, map[string]any{"link_id": row.ID})
	})
	return url, err
}

// actor is who acts, for created_by columns; nil for the system.
func actor(ctx context.Context) *string {
	if v, ok := From(ctx); ok && v.UserID != "" {
		return &v.UserID
	}
	return nil
}
