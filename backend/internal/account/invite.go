package account

import (
	"context"
	"errors"
	"fmt"

	"gorm.io/gorm"

	"winnow/backend/internal/fault"
	"winnow/backend/internal/id"
)

// Invite makes a user who has yet to choose a password, and a link to do so: mailed, or given back when there is no
// mail. Inviting somebody again who has not accepted makes a new link. Faults: Forbidden, Invalid, Conflict for an
// address in use.
func (s *Service) Invite(ctx context.Context, email string, role Role) (u User, url string, err error) {
	if err := requireAdmin(ctx); err != nil {
		return User{}, "", err
	}
	email, key, ok := ParseEmail(email)
	if !ok {
		f := emailField()
		return User{}, "", inputFault(&f)
	}
	err = s.db.Tx(ctx, func(tx *gorm.DB) error {
		if u, err = s.invitee(tx, email, key, role); err != nil {
			return err
		}
		row, err := s.newLink(tx, linkInvite, u, actor(ctx))
		if err != nil {
			return err
		}
		url = s.handedURL(row)
		return s.happened(tx, EventInvited, u.ID, map[string]any{"link_id": row.ID})
	})
	return u, url, err
}

func (s *Service) invitee(tx *gorm.DB, email, key string, role Role) (User, error) {
	var u User
	err := tx.Where("email_key = ?", key).Take(&u).Error
	switch {
	case errors.Is(err, gorm.ErrRecordNotFound):
		u = User{ID: id.New(), Email: email, EmailKey: key, Role: role, Version: 1}
		return u, s.createUser(tx, &u)
	case err != nil:
		return u, fmt.Errorf("load user: %w", err)
	case !u.Invited() || u.DisabledAt != nil:
		return u, emailTaken()
	}
	u.Role = role
	err = tx.Model(&User{}).Where("id = ?", u.ID).Updates(map[string]any{"role": role, "updated_at": s.now(), "version": gorm.Expr("version + 1")}).Error
	if err != nil {
		return u, fmt.Errorf("store user: %w", err)
	}
	u.Version++
	return u, nil
}

// Accept takes an invitation up: name, password, signed in. Faults: Invalid with fields.
func (s *Service) Accept(ctx context.Context, token, name, password string, cl Client) (SignIn, error) {
	u, err := s.peekLink(ctx, linkInvite, token)
	if err != nil {
		return SignIn{}, err
	}
	name, bad := checkName(name)
	if err := inputFault(bad, s.hasher.check(password, u.Email)); err != nil {
		return SignIn{}, err
	}
	hash, err := s.hasher.hash(ctx, password)
	if err != nil {
		return SignIn{}, err
	}
	var in SignIn
	err = s.db.Tx(ctx, func(tx *gorm.DB) error {
		u, err := s.useLink(tx, linkInvite, token)
		if err != nil {
			return err
		}
		if !u.Invited() {
			return linkFault(fault.New(fault.NotFound, "link_invalid", ""))
		}
		u.Name, u.PasswordHash, u.UpdatedAt = name, hash, s.now()
		u.Version++
		err = tx.Model(&User{}).Where("id = ?", u.ID).
			Updates(map[string]any{"name": name, "password_hash": hash, "updated_at": u.UpdatedAt, "version": u.Version}).Error
		if err != nil {
			return fmt.Errorf("store user: %w", err)
		}
		if err := s.happened(tx, "user.accepted", u.ID, nil); err != nil {
			return err
		}
		in, err = s.enter(tx, u, false, cl)
		return err
	})
	return in, err
}
