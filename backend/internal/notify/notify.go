// Package notify tells people what they need to know: for now the mails with invitation and reset links. A mail is sent
// by a job after the commit of what it is about, never within it, and only to users; mail to leads has its own door.
package notify

import (
	"context"
	"fmt"
	"strings"
	"time"

	"winnow/backend/internal/account"
	"winnow/backend/internal/fault"
)

// Mail is one mail to one user, in plain text.
type Mail struct {
	To      string // address, checked when the user was made
	Subject string // one line
	Text    string
}

// Mailer sends a mail. Faults: Unavailable to try again; any other is final.
type Mailer interface {
	Send(ctx context.Context, m Mail) error
}

// Letters gives what a mail with a link says. Faults: NotFound when the link is used or too old.
type Letters interface {
	Letter(ctx context.Context, linkID string) (account.Letter, error)
}

// Service writes and sends the mails. Make one with New.
type Service struct {
	letters Letters
	mailer  Mailer
}

// New makes the service.
func New(l Letters, m Mailer) *Service { return &Service{letters: l, mailer: m} }

// SendLink mails an invitation or a reset. A link that is used or too old by now is not mailed, which is no fault.
func (s *Service) SendLink(ctx context.Context, linkID string) error {
	l, err := s.letters.Letter(ctx, linkID)
	if fault.Is(err, fault.NotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	if err := s.mailer.Send(ctx, write(l)); err != nil {
		return fmt.Errorf("mail a link: %w", err)
	}
	return nil
}

// write is the mail of a letter. It holds nothing that a stranger could have written but the reader's own name.
func write(l account.Letter) Mail {
	greeting := "Hello,"
	if l.Name != "" {
		greeting = "Hello " + l.Name + ","
	}
	subject, why := "Set a new Winnow password", []string{
		"somebody, probably you, asked to set a new password for this address.",
		"Open this link to choose one:",
	}
	last := "If it was not you, do nothing: your password stays as it is."
	if l.Invite {
		subject, why = "You are invited to Winnow", []string{
			"you are invited to work with Winnow.",
			"Open this link to choose a password and sign in:",
		}
		last = "If you did not expect this, ignore this mail."
	}
	lines := append([]string{greeting, ""}, why...)
	lines = append(lines, "", l.URL, "", "It works once, until "+l.ExpiresAt.UTC().Format(time.RFC1123)+".", last, "")
	return Mail{To: l.To, Subject: subject, Text: strings.Join(lines, "\n")}
}
