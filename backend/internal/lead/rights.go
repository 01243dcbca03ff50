package lead

import (
	"context"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"winnow/backend/internal/account"
	"winnow/backend/internal/fault"
	"winnow/backend/internal/platform/db"
)

// boss reports whether the viewer may change every lead.
func boss(ctx context.Context) bool {
	v, ok := account.From(ctx)
	return ok && v.Role == account.RoleAdmin
}

// actor is the acting user's id, nil for the product itself.
func actor(ctx context.Context) *string {
	if v, ok := account.From(ctx); ok && v.UserID != "" {
		return &v.UserID
	}
	return nil
}

// mayChange is Forbidden unless the viewer may change this lead, which the viewer can see: admins every lead, users
// their own. An unassigned lead must be claimed first.
func mayChange(ctx context.Context, l *Lead) error {
	if err := mayWrite(ctx); err != nil {
		return err
	}
	if boss(ctx) {
		return nil
	}
	if a := actor(ctx); a != nil && l.OwnerID != nil && *l.OwnerID == *a {
		return nil
	}
	return fault.New(fault.Forbidden, "lead_unclaimed", "Nobody owns this lead yet. Claim it, then change it.")
}

// MayChange is Forbidden unless the viewer may change this lead, which the viewer can see.
func MayChange(ctx context.Context, l *Lead) error { return mayChange(ctx, l) }

// Sees reports whether the viewer may see the row of this lead, deleted or not.
func Sees(ctx context.Context, l *Lead) bool {
	all, user := account.Rows(ctx)
	return all || user != "" && (l.OwnerID == nil || *l.OwnerID == user)
}

// Actor is the acting user's id, nil for the product itself.
func Actor(ctx context.Context) *string { return actor(ctx) }

// take reads a lead for changing it: the row stays locked until the transaction ends.
func (s *Store) take(ctx context.Context, tx *gorm.DB, leadID string) (*Lead, error) {
	q := tx
	if s.db.Dialect == db.Postgres {
		q = q.Clauses(clause.Locking{Strength: clause.LockingStrengthUpdate})
	}
	return get(ctx, q, leadID)
}

// takeToChange is take with the checks of every change: right first, then the version when one is asked for.
func (s *Store) takeToChange(ctx context.Context, tx *gorm.DB, leadID string, version *int) (*Lead, error) {
	l, err := s.take(ctx, tx, leadID)
	if err != nil {
		return nil, err
	}
	if err := mayChange(ctx, l); err != nil {
		return nil, err
	}
	if version != nil && *version != l.Version {
		return nil, fault.New(fault.Stale, "lead_stale", "Somebody or something changed this lead since you read it. Reload it and make your change again.")
	}
	return l, nil
}

// Take reads a live lead that the viewer may see within tx. Faults: NotFound, which names the lead that it was merged into.
func Take(ctx context.Context, tx *gorm.DB, leadID string) (*Lead, error) {
	return get(ctx, tx, leadID)
}
