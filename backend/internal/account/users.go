package account

import (
	"context"
	"fmt"

	"gorm.io/gorm"

	"winnow/backend/internal/fault"
)

// maxUsers bounds the list; a workspace has tens.
const maxUsers = 1000

// Users lists all users by name. Who is no admin gets names and roles of active users only, without addresses.
func (s *Service) Users(ctx context.Context) ([]User, error) {
	v, ok := From(ctx)
	if !ok {
		return nil, notSignedIn()
	}
	q := s.db.Read.WithContext(ctx).Order("name, email").Limit(maxUsers)
	if v.Role != RoleAdmin {
		q = q.Where("disabled_at IS NULL AND password_hash <> ''").Select("id", "name", "role", "created_at", "version", "password_hash")
	}
	var us []User
	if err := q.Find(&us).Error; err != nil {
		return nil, fmt.Errorf("list users: %w", err)
	}
	return us, nil
}

// Me is the signed-in user. Faults: Unauthenticated.
func (s *Service) Me(ctx context.Context) (User, error) {
	_, u, err := s.me(ctx)
	return u, err
}

// UserPatch is what an admin may change of a user; nil leaves it.
type UserPatch struct {
	Role     *Role
	Disabled *bool
}

// UpdateUser changes a role, or shuts or opens the account; either ends the user's sessions (A23). version, if given,
// must be the present one. Faults: Forbidden, NotFound, Stale, Conflict for the last admin.
func (s *Service) UpdateUser(ctx context.Context, userID string, p UserPatch, version *int) (User, error) {
	if err := requireAdmin(ctx); err != nil {
		return User{}, err
	}
	defer s.seen.clear()
	var u User
	err := s.db.Tx(ctx, func(tx *gorm.DB) error {
		var err error
		if u, err = s.lockUser(tx, userID, version); err != nil {
			return err
		}
		was := u
		s.apply(&u, p)
		if err := s.keepAnAdmin(tx, was, u.Role == RoleAdmin && u.DisabledAt == nil); err != nil {
			return err
		}
		if u.Role == was.Role && (u.DisabledAt == nil) == (was.DisabledAt == nil) {
			return nil
		}
		u.Version++
		u.UpdatedAt = s.now()
		err = tx.Model(&User{}).Where("id = ?", u.ID).
			Updates(map[string]any{"role": u.Role, "disabled_at": u.DisabledAt, "updated_at": u.UpdatedAt, "version": u.Version}).Error
		if err != nil {
			return fmt.Errorf("store user: %w", err)
		}
		if err := s.endSessions(tx, u.ID, "", "rights_changed"); err != nil {
			return err
		}
		return s.happened(tx, "user.updated", u.ID, map[string]any{"role": string(u.Role), "disabled": u.DisabledAt != nil})
	})
	return u, err
}

func (s *Service) apply(u *User, p UserPatch) {
	if p.Role != nil {
		u.Role = *p.Role
	}
	if p.Disabled == nil {
		return
	}
	switch {
	case !*p.Disabled:
		u.DisabledAt = nil
	case u.DisabledAt == nil:
		now := s.now()
		u.DisabledAt = &now
	}
}

// lockUser loads a user for a change. The touch of the first admin's row makes such changes wait for each other on
// PostgreSQL, so that two admins cannot take each other's role at the same moment.
func (s *Service) lockUser(tx *gorm.DB, userID string, version *int) (User, error) {
	if err := tx.Model(&singleton{}).Where("name = ?", firstAdmin).Update("value", gorm.Expr("value")).Error; err != nil {
		return User{}, fmt.Errorf("lock users: %w", err)
	}
	u, err := s.userByID(tx, userID)
	if err != nil {
		return u, err
	}
	if version != nil && *version != u.Version {
		return u, fault.New(fault.Stale, "user_stale", "Somebody changed this user meanwhile. Load again and repeat your change.")
	}
	return u, nil
}

func (s *Service) keepAnAdmin(tx *gorm.DB, was User, stays bool) error {
	if stays || was.Role != RoleAdmin || was.DisabledAt != nil || was.Invited() {
		return nil
	}
	var others int64
	err := tx.Model(&User{}).Where("role = ? AND disabled_at IS NULL AND password_hash <> '' AND id <> ?", RoleAdmin, was.ID).Count(&others).Error
	if err != nil {
		return fmt.Errorf("count admins: %w", err)
	}
	if others == 0 {
		return fault.New(fault.Conflict, "last_admin", "This is the only admin. Make somebody else an admin first.")
	}
	return nil
}
