package app

import (
	"context"
	"fmt"
	"log/slog"
	"net"
	"net/url"
	"slices"
	"time"

	"winnow/backend/internal/account"
	"winnow/backend/internal/compose"
	"winnow/backend/internal/fault"
	"winnow/backend/internal/intake"
	"winnow/backend/internal/lead"
	"winnow/backend/internal/lead/duplicate"
	"winnow/backend/internal/lead/filter"
	"winnow/backend/internal/lead/maildomain"
	"winnow/backend/internal/notify"
	"winnow/backend/internal/platform/mail"
	"winnow/backend/internal/profile"
	"winnow/backend/internal/qualify/batch"
	"winnow/backend/internal/qualify/judge"
)

// modelTimeout bounds a whole answer of a model; the door to models has its own, shorter one.
const modelTimeout = 3 * time.Minute

// hostOf is the host:port of a base URL, none for "".
func hostOf(base string) []string {
	u, err := url.Parse(base)
	if err != nil || u.Host == "" {
		return nil
	}
	if u.Port() != "" {
		return []string{u.Host}
	}
	if u.Scheme == "http" {
		return []string{net.JoinHostPort(u.Hostname(), "80")}
	}
	return []string{net.JoinHostPort(u.Hostname(), "443")}
}

func errNotMigrated(step string) error { return fmt.Errorf("the migration %s has not run", step) }

// children are all tables that hang on leads: what moves when leads are merged.
func children() []lead.Child {
	return slices.Concat(lead.Children(), judge.Children(), batch.Children(), []lead.Child{compose.Messages{}})
}

// relations are what filters may ask of other rooms.
func relations() []filter.Relation {
	return []filter.Relation{intake.Relation(), batch.Relation(), compose.Relation(), duplicate.Relation(), maildomain.Relation()}
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

// mailer lets notify send through the one door to SMTP.
type mailer struct{ sender *mail.Sender }

// Send sends one mail.
func (m mailer) Send(ctx context.Context, n notify.Mail) error {
	return m.sender.Send(ctx, mail.Message{To: n.To, Subject: n.Subject, Text: n.Text})
}

// sweepPace is how often what has run out is thrown away: sessions, links, saved answers.
const sweepPace = 6 * time.Hour

func (a *App) sweepAccounts(ctx context.Context) {
	t := time.NewTicker(sweepPace)
	defer t.Stop()
	for {
		if err := a.Accounts.Sweep(ctx); err != nil && ctx.Err() == nil {
			a.Log.ErrorContext(ctx, "throw away what has run out", slog.Any("error", err))
		}
		select {
		case <-ctx.Done():
			return
		case <-t.C:
		}
	}
}

// profilePace is how often the profile's files are looked at.
const profilePace = 2 * time.Second

func (a *App) watchProfile(ctx context.Context) {
	t := time.NewTicker(profilePace)
	defer t.Stop()
	a.Profiles.Watch(ctx, profile.DefaultName, a.profileDir(), t.C, a.reportProfile(ctx))
}
