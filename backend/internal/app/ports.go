package app

import (
	"context"
	"fmt"
	"time"

	"winnow/backend/internal/account"
	"winnow/backend/internal/ai"
	"winnow/backend/internal/fault"
	"winnow/backend/internal/profile"
	"winnow/backend/internal/qualify/batch"
)

func errNotMigrated(step string) error { return fmt.Errorf("the migration %s has not run", step) }

// money fills the batch room's need of a till with the ledger of models.
type money struct{ *ai.Ledger }

// Left is the tightest of the day's and month's budgets.
func (m money) Left(ctx context.Context) (batch.Budget, error) {
	all, err := m.Budgets(ctx)
	if err != nil {
		return batch.Budget{}, err
	}
	var tight batch.Budget
	for _, b := range all {
		one := batch.Budget{Limit: b.LimitMicros, Spent: b.SpentMicros, Reserved: b.ReservedMicros}
		left, bounded := one.Left()
		if now, was := tight.Left(); bounded && (!was || left < now) {
			tight = one
		}
	}
	return tight, nil
}

// senders tells who signs a user's messages.
type senders struct{ accounts *account.Service }

// Sender is a user's name and address.
func (s senders) Sender(ctx context.Context, userID string) (name, email string, ok bool, err error) {
	u, err := s.accounts.UserByID(ctx, userID)
	if fault.Is(err, fault.NotFound) {
		return "", "", false, nil
	}
	return u.Name, u.Email, err == nil, err
}

// profilePace is how often the profile's files are looked at.
const profilePace = 2 * time.Second

func (a *App) watchProfile(ctx context.Context) {
	t := time.NewTicker(profilePace)
	defer t.Stop()
	a.Profiles.Watch(ctx, profile.DefaultName, a.profileDir(), t.C, a.reportProfile(ctx))
}
