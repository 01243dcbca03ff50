package account

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"gorm.io/gorm"

	"winnow/backend/internal/fault"
	"winnow/backend/internal/id"
)

// Owned is the rows that users own, kept by a later room. Both work within the caller's transaction.
type Owned interface {
	CountOwned(tx *gorm.DB, userID string) (int64, error)
	// Handover gives all that a user owns to another, nil for nobody.
	Handover(tx *gorm.DB, from string, to *string) error
}

// Bind ties the room whose rows users own; call it before the service is used.
func (s *Service) Bind(o Owned) { s.owned = o }

// Nobody is the heir that leaves rows unassigned.
const Nobody = "none"

// DeleteUser removes a user with sessions and keys and, in the same transaction, gives their leads to heir: a user's id,
// Nobody, or "" when there should be none to give. Faults: Forbidden, NotFound, Invalid for an heir who cannot own
// leads, Conflict for the last admin, oneself, and for who owns leads when no heir is named.
func (s *Service) DeleteUser(ctx context.Context, userID, heir string) error {
	if err := requireAdmin(ctx); err != nil {
		return err
	}
	if v, _ := From(ctx); v.UserID == userID {
		return fault.New(fault.Conflict, "user_is_self", "You cannot delete yourself. Ask another admin.")
	}
	defer s.seen.clear()
	return s.db.Tx(ctx, func(tx *gorm.DB) error {
		u, err := s.lockUser(tx, userID, nil)
		if err != nil {
			return err
		}
		if err := s.keepAnAdmin(tx, u, false); err != nil {
			return err
		}
		if err := s.handover(tx, u, heir); err != nil {
			return err
		}
		if err := s.happened(tx, "user.deleted", u.ID, nil); err != nil {
			return err
		}
		err = tx.Where("id = ?", u.ID).Delete(&User{}).Error
		if isForeignKey(err) {
			return ownsLeads(0)
		}
		if err != nil {
			return fmt.Errorf("delete user: %w", err)
		}
		return nil
	})
}

func (s *Service) handover(tx *gorm.DB, u User, heir string) error {
	to, err := s.heir(tx, u, heir)
	if err != nil || s.owned == nil {
		return err
	}
	if heir == "" {
		n, err := s.owned.CountOwned(tx, u.ID)
		if err != nil {
			return err
		}
		if n > 0 {
			return ownsLeads(n)
		}
	}
	return s.owned.Handover(tx, u.ID, to) // deleted leads have an owner too
}

func (s *Service) heir(tx *gorm.DB, u User, heir string) (*string, error) {
	if heir == "" || heir == Nobody {
		return nil, nil //nolint:nilnil // nobody
	}
	wrong := func(msg string) error {
		return fault.InvalidFields("heir_unusable", "Nobody was deleted. "+msg, fault.Field{Name: "reassign_to", Code: "value_wrong", Message: msg})
	}
	if !id.Valid(heir) || heir == u.ID {
		return nil, wrong("Name another user's id, or none.")
	}
	h, err := s.userByID(tx, heir)
	switch {
	case fault.Is(err, fault.NotFound):
		return nil, wrong("There is no such user to give the leads to.")
	case err != nil:
		return nil, err
	case h.DisabledAt != nil || h.Invited() || h.Role == RoleViewer:
		return nil, wrong("Leads can be given only to a user or admin who is active.")
	}
	return &h.ID, nil
}

func ownsLeads(n int64) error {
	f := fault.New(fault.Conflict, "user_owns_leads", "This user still owns leads. Say who gets them (reassign_to, a user's id or none), or disable the user instead.")
	if n > 0 {
		f.More = map[string]any{"lead_count": n}
	}
	return f
}

func isForeignKey(err error) bool {
	if err == nil {
		return false
	}
	return errors.Is(err, gorm.ErrForeignKeyViolated) || strings.Contains(strings.ToUpper(err.Error()), "FOREIGN KEY")
}
