package notify_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/riverqueue/river"
	"golang.org/x/crypto/bcrypt"
	"gorm.io/gorm"

	"winnow/backend/internal/account"
	"winnow/backend/internal/clock"
	"winnow/backend/internal/event"
	"winnow/backend/internal/fault"
	"winnow/backend/internal/notify"
	"winnow/backend/internal/platform/db"
)

type outbox struct {
	mails []notify.Mail
	err   error
}

func (o *outbox) Send(_ context.Context, m notify.Mail) error {
	o.mails = append(o.mails, m)
	return o.err
}

type queue struct{ jobs []river.JobArgs }

func (q *queue) InsertTx(_ *gorm.DB, args river.JobArgs, _ *river.InsertOpts) error {
	q.jobs = append(q.jobs, args)
	return nil
}

func TestInvitationsAreMailedByAJobThatKnowsTheIDOnly(t *testing.T) {
	t.Parallel()
	d, err := db.Open(t.Context(), db.Options{DataDir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Close() })
	if err := d.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	c := clock.NewVirtual(time.Date(2026, 11, 25, 9, 0, 0, 0, time.UTC))
	log, q, out := event.New(d, c, nil), &queue{}, &outbox{}
	notify.Follow(log, q)
	accounts, err := account.New(d, c, log, account.Options{
		SecretKey: []byte(strings.Repeat("k", 32)), BaseURL: "https://winnow.example.com", Mailed: true, BcryptCost: bcrypt.MinCost,
	})
	if err != nil {
		t.Fatal(err)
	}
	ctx := account.With(t.Context(), account.System())
	_, url, err := accounts.Invite(ctx, "bob@example.com", account.RoleUser)
	if err != nil {
		t.Fatal(err)
	}
	if url != "" {
		t.Error("the link was handed out although it goes by mail")
	}
	if len(q.jobs) != 1 || len(out.mails) != 0 {
		t.Fatalf("%d jobs, %d mails after the invitation; want 1 and 0", len(q.jobs), len(out.mails))
	}
	s := notify.New(accounts, out)
	args := q.jobs[0].(notify.LinkArgs)
	if err := (&notify.LinkWorker{Service: s}).Work(ctx, &river.Job[notify.LinkArgs]{Args: args}); err != nil {
		t.Fatal(err)
	}
	m := out.mails[0]
	if m.To != "bob@example.com" || !strings.Contains(m.Text, "https://winnow.example.com/accept?token="+args.LinkID) {
		t.Errorf("mail = %+v", m)
	}
	token := m.Text[strings.Index(m.Text, "token=")+len("token="):]
	token = strings.Fields(token)[0]
	if _, err := accounts.Accept(t.Context(), token, "Bob", "seven grey herons wade", account.Client{}); err != nil {
		t.Fatal(err)
	}
	if err := s.SendLink(ctx, args.LinkID); err != nil || len(out.mails) != 1 {
		t.Errorf("a used link: %v, %d mails", err, len(out.mails))
	}
}

type oneLetter account.Letter

func (l oneLetter) Letter(context.Context, string) (account.Letter, error) {
	return account.Letter(l), nil
}

func TestAMailThatFailsIsTriedAgain(t *testing.T) {
	t.Parallel()
	out := &outbox{err: fault.New(fault.Unavailable, "smtp_down", "down")}
	s := notify.New(oneLetter{To: "ann@example.com"}, out)
	if err := s.SendLink(t.Context(), "x"); !fault.Is(err, fault.Unavailable) {
		t.Errorf("err = %v", err)
	}
	out.err = errors.New("refused")
	if err := s.SendLink(t.Context(), "x"); err == nil {
		t.Error("no error")
	}
}

func TestResetMailSaysWhatToDo(t *testing.T) {
	t.Parallel()
	out := &outbox{}
	at := time.Date(2026, 11, 25, 10, 0, 0, 0, time.UTC)
	s := notify.New(oneLetter{To: "ann@example.com", Name: "Ann", URL: "http://localhost:8080/reset?token=t", ExpiresAt: at}, out)
	if err := s.SendLink(t.Context(), "x"); err != nil {
		t.Fatal(err)
	}
	want := notify.Mail{To: "ann@example.com", Subject: "Set a new Winnow password", Text: `Hello Ann,

somebody, probably you, asked to set a new password for this address.
Open this link to choose one:

http://localhost:8080/reset?token=t

It works once, until Wed, 25 Nov 2026 10:00:00 UTC.
If it was not you, do nothing: your password stays as it is.
`}
	if out.mails[0] != want {
		t.Errorf("got %+v", out.mails[0])
	}
}
