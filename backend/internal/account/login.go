package account

import (
	"context"
	"errors"
	"fmt"

	"gorm.io/gorm"

	"winnow/backend/internal/fault"
)

// enter starts a session and remembers that u signed in.
func (s *Service) enter(tx *gorm.DB, u User, remember bool, cl Client) (SignIn, error) {
	now := s.now()
	if err := tx.Model(&User{}).Where("id = ?", u.ID).UpdateColumn("signed_in_at", now).Error; err != nil {
		return SignIn{}, fmt.Errorf("store sign-in: %w", err)
	}
	u.SignedInAt = &now
	in, err := s.begin(tx, u, remember, cl)
	if err != nil {
		return SignIn{}, err
	}
	return in, s.happened(tx, "user.signed_in", u.ID, nil)
}

// Login signs a user in. Whether the address is unknown, invited only, disabled, or the password wrong: the answer and
// the work are the same (A21). Faults: Unauthenticated; RateLimited after too many tries.
func (s *Service) Login(ctx context.Context, email, password string, remember bool, cl Client) (SignIn, error) {
	accountKey, addressKey := s.accountKey("login", email), s.addressKey("login", cl.IP)
	if err := s.attempt(ctx, accountKey, addressKey); err != nil {
		return SignIn{}, err
	}
	u, err := s.loginUser(ctx, email)
	if err != nil {
		return SignIn{}, err
	}
	good, err := s.hasher.matches(ctx, u.PasswordHash, password)
	if err != nil {
		return SignIn{}, err
	}
	if !good {
		return SignIn{}, fault.New(fault.Unauthenticated, "credentials_wrong", "The e-mail address or the password is not right.")
	}
	var in SignIn
	err = s.db.Tx(ctx, func(tx *gorm.DB) error {
		if err := s.succeeded(tx, accountKey, addressKey); err != nil {
			return err
		}
		in, err = s.enter(tx, u, remember, cl)
		return err
	})
	return in, err
}

// loginUser is the user who may sign in under an address; one without a password hash when there is none such.
func (s *Service) loginUser(ctx context.Context, email string) (User, error) {
	var u User
	err := s.db.Read.WithContext(ctx).Where("email_key = ?", foldEmail(clip(email, maxEmail))).Take(&u).Error
	switch {
	case errors.Is(err, gorm.ErrRecordNotFound):
		return User{}, nil
	case err != nil:
		return User{}, fmt.Errorf("load user: %w", err)
	case u.DisabledAt != nil:
		u.PasswordHash = ""
	}
	return u, nil
}

// ChangePassword sets a new password after checking the old one, ends all sessions, and starts a new one for this
// browser (A23). API keys stay. Faults: Invalid with fields; RateLimited.
func (s *Service) ChangePassword(ctx context.Context, current, next string, cl Client) (SignIn, error) {
	v, u, err := s.me(ctx)
	if err != nil {
		return SignIn{}, err
	}
	accountKey, addressKey := s.accountKey("password", u.Email), s.addressKey("password", cl.IP)
	if err := s.attempt(ctx, accountKey, addressKey); err != nil {
		return SignIn{}, err
	}
	good, err := s.hasher.matches(ctx, u.PasswordHash, current)
	if err != nil {
		return SignIn{}, err
	}
	bad := s.hasher.check(next, u.Email)
	if bad != nil {
		bad.Name = "new"
	}
	var wrong *fault.Field
	if !good {
		wrong = &fault.Field{Name: "current", Code: "wrong", Message: "This is not your password."}
	}
	if err := inputFault(wrong, bad); err != nil {
		return SignIn{}, err
	}
	hash, err := s.hasher.hash(ctx, next)
	if err != nil {
		return SignIn{}, err
	}
	remember, err := s.remembered(ctx, v.SessionID)
	if err != nil {
		return SignIn{}, err
	}
	defer s.seen.clear()
	var in SignIn
	err = s.db.Tx(ctx, func(tx *gorm.DB) error {
		if err := s.succeeded(tx, accountKey, addressKey); err != nil {
			return err
		}
		if err := s.setPassword(tx, u.ID, u.PasswordHash, hash, "password_changed"); err != nil {
			return err
		}
		in, err = s.begin(tx, u, remember, cl)
		return err
	})
	return in, err
}

func (s *Service) remembered(ctx context.Context, sessionID string) (bool, error) {
	var row Session
	err := s.db.Read.WithContext(ctx).Where("id = ?", sessionID).Limit(1).Find(&row).Error
	if err != nil {
		return false, fmt.Errorf("load session: %w", err)
	}
	return row.Remember, nil
}

// setPassword stores a password's hash in place of the one that was checked, and ends all sessions.
func (s *Service) setPassword(tx *gorm.DB, userID, was, hash, why string) error {
	r := tx.Model(&User{}).Where("id = ? AND password_hash = ?", userID, was).
		Updates(map[string]any{"password_hash": hash, "updated_at": s.now(), "version": gorm.Expr("version + 1")})
	if r.Error != nil {
		return fmt.Errorf("store password: %w", r.Error)
	}
	if r.RowsAffected == 0 {
		return fault.New(fault.Conflict, "password_changed_meanwhile", "The password was changed just now from elsewhere. Sign in again.")
	}
	if err := s.endSessions(tx, userID, "", why); err != nil {
		return err
	}
	return s.happened(tx, "user."+why, userID, nil)
}
