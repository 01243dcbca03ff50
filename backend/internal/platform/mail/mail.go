// Package mail is the only door to SMTP. For now it sends to users alone: invitations and resets. It refuses anything
// that could add a header or a recipient.
package mail

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	netmail "net/mail"
	"net/url"
	"strconv"
	"strings"
	"time"
	"unicode"

	gomail "github.com/wneessen/go-mail"

	"winnow/backend/internal/clock"
	"winnow/backend/internal/fault"
	"winnow/backend/internal/id"
)

const (
	defaultTimeout = 30 * time.Second
	maxSubject     = 250     // characters
	maxBody        = 1 << 20 // bytes of text and HTML each
)

// Options set up a Sender.
type Options struct {
	// URL is smtp://user:password@host:587 (STARTTLS is required, except on this machine) or smtps://…:465. ?tls=none
	// sends in clear, for a relay inside a trusted network.
	URL     string
	From    string         // "Winnow <winnow@example.com>"
	Timeout time.Duration  // of one delivery; 0 = 30 s
	RootCAs *x509.CertPool // nil = the machine's
	Clock   clock.Clock    // nil = the machine's
}

// Message is one mail to one person.
type Message struct {
	To      string // one address, with or without a name
	Subject string // one line
	Text    string
	HTML    string // "" = text alone
}

// Sender sends mails. Make one with New; safe for concurrent use.
type Sender struct {
	host  string
	from  *netmail.Address
	opts  []gomail.Option
	clock clock.Clock
}

// New makes a sender; it does not connect. Faults: Invalid with what to mend in the settings.
func New(o Options) (*Sender, error) {
	from, err := netmail.ParseAddress(o.From)
	if err != nil || unsafe(o.From) {
		return nil, fault.New(fault.Invalid, "smtp_from_bad", "WINNOW_MAIL_FROM must be a mail address, e.g. Winnow <winnow@example.com>")
	}
	s := &Sender{from: from, clock: o.Clock}
	if s.clock == nil {
		s.clock = clock.System{}
	}
	if err := s.configure(o); err != nil {
		return nil, err
	}
	if _, err := gomail.NewClient(s.host, s.opts...); err != nil {
		return nil, badURL()
	}
	return s, nil
}

func badURL() error {
	return fault.New(fault.Invalid, "smtp_url_bad", "WINNOW_SMTP_URL must look like smtp://user:password@host:587 or smtps://user:password@host:465")
}

func (s *Sender) configure(o Options) error {
	u, err := url.Parse(o.URL)
	if err != nil || u.Hostname() == "" || (u.Scheme != "smtp" && u.Scheme != "smtps") {
		return badURL()
	}
	s.host = u.Hostname()
	timeout := o.Timeout
	if timeout <= 0 {
		timeout = defaultTimeout
	}
	port := map[string]int{"smtp": 587, "smtps": 465}[u.Scheme]
	if p := u.Port(); p != "" {
		if port, err = strconv.Atoi(p); err != nil {
			return badURL()
		}
	}
	s.opts = []gomail.Option{
		gomail.WithPort(port), gomail.WithTimeout(timeout),
		gomail.WithTLSConfig(&tls.Config{ServerName: s.host, MinVersion: tls.VersionTLS12, RootCAs: o.RootCAs}),
	}
	switch {
	case u.Scheme == "smtps":
		s.opts = append(s.opts, gomail.WithSSL())
	case u.Query().Get("tls") == "none":
		s.opts = append(s.opts, gomail.WithTLSPolicy(gomail.NoTLS))
	case loopback(s.host):
		s.opts = append(s.opts, gomail.WithTLSPolicy(gomail.TLSOpportunistic))
	default:
		s.opts = append(s.opts, gomail.WithTLSPolicy(gomail.TLSMandatory))
	}
	if u.User != nil {
		password, _ := u.User.Password()
		s.opts = append(s.opts, gomail.WithSMTPAuth(gomail.SMTPAuthAutoDiscover), gomail.WithUsername(u.User.Username()), gomail.WithPassword(password))
	}
	return nil
}

func loopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || (ip != nil && ip.IsLoopback())
}

// Send delivers m to the mail server. Faults: Invalid when m is not fit to send, Conflict when the server refuses it for
// good, Unavailable when it may be tried again.
func (s *Sender) Send(ctx context.Context, m Message) error {
	msg, err := s.compose(m)
	if err != nil {
		return err
	}
	c, err := gomail.NewClient(s.host, s.opts...)
	if err != nil {
		return badURL()
	}
	if err := c.DialAndSendWithContext(ctx, msg); err != nil {
		return failed(err)
	}
	return nil
}

func (s *Sender) compose(m Message) (*gomail.Msg, error) {
	to, err := netmail.ParseAddress(m.To)
	switch {
	case err != nil || unsafe(m.To) || unsafe(to.Address) || unsafe(to.Name):
		return nil, fault.New(fault.Invalid, "mail_to_bad", "This is not one mail address")
	case strings.TrimSpace(m.Subject) == "" || unsafe(m.Subject) || len([]rune(m.Subject)) > maxSubject:
		return nil, fault.Newf(fault.Invalid, "mail_subject_bad", "A subject is one line of at most %d characters", maxSubject)
	case m.Text == "" || len(m.Text) > maxBody || len(m.HTML) > maxBody:
		return nil, fault.New(fault.Invalid, "mail_body_bad", "A mail needs a text of at most 1 MiB")
	}
	msg := gomail.NewMsg(gomail.WithNoDefaultUserAgent())
	msg.FromMailAddress(s.from)
	msg.ToMailAddress(to)
	msg.Subject(m.Subject)
	msg.SetDateWithValue(s.clock.Now())
	_, domain, _ := strings.Cut(s.from.Address, "@")
	msg.SetMessageIDWithValue(id.New() + "@" + domain)
	msg.SetGenHeader("Auto-Submitted", "auto-generated")
	msg.SetBodyString(gomail.TypeTextPlain, clean(m.Text))
	if m.HTML != "" {
		msg.AddAlternativeString(gomail.TypeTextHTML, clean(m.HTML))
	}
	return msg, nil
}

// unsafe reports whether s holds what could end a header line, or what a mail program may take for it.
func unsafe(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool {
		return unicode.IsControl(r) || r == '\u2028' || r == '\u2029' || r == unicode.ReplacementChar
	})
}

// clean makes every line end the same, so that a bare CR or LF is no line of SMTP's own.
func clean(s string) string {
	s = strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
	return strings.ReplaceAll(strings.ReplaceAll(s, "\x00", ""), "\n", "\r\n")
}

// failed keeps the reason and the server's code; the rest of the library's error names the recipient.
func failed(err error) error {
	s, ok := errors.AsType[*gomail.SendError](err)
	if !ok {
		return fault.Wrap(err, fault.Unavailable, "mail_server_unreachable", "The mail server cannot be reached or refuses to talk; check WINNOW_SMTP_URL")
	}
	cause := fmt.Errorf("%s (SMTP code %d)", s.Reason, s.ErrorCode())
	if s.IsTemp() || s.ErrorCode() == 0 {
		return fault.Wrap(cause, fault.Unavailable, "mail_deferred", "The mail server does not take the mail now; it is tried again")
	}
	return fault.Wrap(cause, fault.Conflict, "mail_refused", "The mail server refuses this mail; check the address")
}
