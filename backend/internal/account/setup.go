package account

import (
	"context"
	"fmt"
	"time"

	"gorm.io/gorm"

	"winnow/backend/internal/fault"
	"winnow/backend/internal/id"
	"winnow/backend/internal/platform/db"
)

// singleton is a row of which there can be one per name; its insert decides a race.
type singleton struct {
	Name      string `gorm:"primaryKey"`
	Value     string
	CreatedAt time.Time
}

func (singleton) TableName() string { return "singletons" }

// firstAdmin closes the setup for good, also when that admin is deleted later.
const firstAdmin = "first_admin"

// NewUser is what a user is made of.
type NewUser struct{ Name, Email, Password string }

func (s *Service) checkNewUser(in NewUser) (User, error) {
	name, bad := checkName(in.Name)
	email, key, ok := ParseEmail(in.Email)
	var badEmail *fault.Field
	if !ok {
		f := emailField()
		badEmail = &f
	}
	if err := inputFault(bad, badEmail, s.hasher.check(in.Password, in.Email)); err != nil {
		return User{}, err
	}
	return User{ID: id.New(), Name: name, Email: email, EmailKey: key, Version: 1}, nil
}

// NeedsSetup reports whether there has never been an admin.
func (s *Service) NeedsSetup(ctx context.Context) (bool, error) {
	var n int64
	if err := s.db.Read.WithContext(ctx).Model(&singleton{}).Where("name = ?", firstAdmin).Count(&n).Error; err != nil {
		return false, fmt.Errorf("look for the first admin: %w", err)
	}
	return n == 0, nil
}

func setupDone() error {
	return fault.New(fault.Conflict, "setup_done", "Winnow is set up already. Sign in, or ask an admin for an invitation.")
}

// Setup makes the first admin and signs them in. It works once: of several at the same moment one succeeds (A48).
// Faults: Invalid with fields; Conflict ever after.
func (s *Service) Setup(ctx context.Context, in NewUser, cl Client) (SignIn, error) {
	needed, err := s.NeedsSetup(ctx)
	if err != nil {
		return SignIn{}, err
	}
	if !needed {
		return SignIn{}, setupDone()
	}
	u, err := s.checkNewUser(in)
	if err != nil {
		return SignIn{}, err
	}
	if u.PasswordHash, err = s.hasher.hash(ctx, in.Password); err != nil {
		return SignIn{}, err
	}
	u.Role = RoleAdmin
	var out SignIn
	err = s.db.Tx(ctx, func(tx *gorm.DB) error {
		if err := s.claimSetup(tx); err != nil {
			return err
		}
		if err := s.createUser(tx, &u); err != nil {
			return err
		}
		out, err = s.enter(tx, u, false, cl)
		return err
	})
	return out, err
}

// claimSetup takes the first admin's place. Faults: Conflict when it is taken.
func (s *Service) claimSetup(tx *gorm.DB) error {
	err := tx.Create(&singleton{Name: firstAdmin, CreatedAt: s.now()}).Error
	if db.IsUnique(err) {
		return setupDone()
	}
	if err != nil {
		return fmt.Errorf("claim setup: %w", err)
	}
	return nil
}

func (s *Service) createUser(tx *gorm.DB, u *User) error {
	u.CreatedAt, u.UpdatedAt = s.now(), s.now()
	err := tx.Create(u).Error
	if db.IsUnique(err) {
		return emailTaken()
	}
	if err != nil {
		return fmt.Errorf("store user: %w", err)
	}
	return s.happened(tx, "user.created", u.ID, map[string]any{"role": string(u.Role)})
}

func emailTaken() error {
	return &fault.Error{
		Kind: fault.Conflict, Code: "email_taken", Msg: "There is a user with this e-mail address already.",
		Fields: []fault.Field{{Name: "email", Code: "taken", Message: "Is in use already."}},
	}
}

// AddUser makes a user with a password; for the command line on the machine itself. The first admin made so closes the
// setup page. Faults: Forbidden but for admins and the system; Invalid; Conflict for a taken address.
func (s *Service) AddUser(ctx context.Context, in NewUser, role Role) (User, error) {
	if err := requireAdmin(ctx); err != nil {
		return User{}, err
	}
	u, err := s.checkNewUser(in)
	if err != nil {
		return User{}, err
	}
	if u.PasswordHash, err = s.hasher.hash(ctx, in.Password); err != nil {
		return User{}, err
	}
	u.Role = role
	needed, err := s.NeedsSetup(ctx)
	if err != nil {
		return User{}, err
	}
	err = s.db.Tx(ctx, func(tx *gorm.DB) error {
		if needed && role == RoleAdmin {
			if err := s.claimSetup(tx); err != nil {
				return err
			}
		}
		return s.createUser(tx, &u)
	})
	return u, err
}
