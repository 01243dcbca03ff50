package mail_test

import (
	"bytes"
	"io"
	"mime"
	"net"
	netmail "net/mail"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-smtp"
	"go.uber.org/goleak"

	"winnow/backend/internal/fault"
	"winnow/backend/internal/platform/mail"
	"winnow/backend/internal/testkit"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// sink is a mail server that keeps what it gets, or answers rcpt or data with a fault.
type sink struct {
	mu         sync.Mutex
	got        []letter
	rcpt, data error
	addr       string
}

type letter struct {
	from string
	to   []string
	raw  []byte
}

type session struct {
	s *sink
	l letter
}

func (s *sink) NewSession(*smtp.Conn) (smtp.Session, error) { return &session{s: s}, nil }

func (s *session) Reset()        { s.l = letter{} }
func (s *session) Logout() error { return nil }

func (s *session) Mail(from string, _ *smtp.MailOptions) error {
	s.l.from = from
	return nil
}

func (s *session) Rcpt(to string, _ *smtp.RcptOptions) error {
	s.l.to = append(s.l.to, to)
	return s.s.rcpt
}

func (s *session) Data(r io.Reader) error {
	b, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	s.l.raw = b
	s.s.mu.Lock()
	defer s.s.mu.Unlock()
	if s.s.data == nil {
		s.s.got = append(s.s.got, s.l)
	}
	return s.s.data
}

func newSink(t *testing.T) *sink {
	t.Helper()
	s := &sink{}
	srv := smtp.NewServer(s)
	srv.Domain, srv.AllowInsecureAuth = "sink.example", true
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s.addr = ln.Addr().String()
	done := make(chan struct{})
	go func() {
		defer close(done)
		_ = srv.Serve(ln)
	}()
	t.Cleanup(func() { _ = srv.Close(); _ = ln.Close(); <-done }) // Close may come before Serve
	return s
}

func (s *sink) letters() []letter {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.got)
}

func sender(t *testing.T, url string) *mail.Sender {
	t.Helper()
	s, err := mail.New(mail.Options{URL: url, From: "Winnow Ünit <winnow@example.com>", Clock: testkit.Clock(), Timeout: 30 * time.Second})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestAMailArrivesWhole(t *testing.T) {
	t.Parallel()
	in := newSink(t)
	err := sender(t, "smtp://"+in.addr).Send(t.Context(), mail.Message{
		To: "Ann Müller <ann@example.org>", Subject: "Grüße, you are invited", Text: "Hello,\n.\nhttps://w.example/x\n", HTML: "<p>Hello</p>",
	})
	if err != nil {
		t.Fatal(err)
	}
	got := in.letters()
	if len(got) != 1 || got[0].from != "winnow@example.com" || !slices.Equal(got[0].to, []string{"ann@example.org"}) {
		t.Fatalf("got %+v", got)
	}
	m, err := netmail.ReadMessage(bytes.NewReader(got[0].raw))
	if err != nil {
		t.Fatal(err)
	}
	subject, err := new(mime.WordDecoder).DecodeHeader(m.Header.Get("Subject"))
	if err != nil || subject != "Grüße, you are invited" {
		t.Errorf("subject %q, %v", subject, err)
	}
	if d, err := m.Header.Date(); err != nil || !d.Equal(testkit.Clock().Now()) {
		t.Errorf("date %v, %v", d, err)
	}
	if kind, _, err := mime.ParseMediaType(m.Header.Get("Content-Type")); err != nil || kind != "multipart/alternative" {
		t.Errorf("content type %q, %v", kind, err)
	}
	if !strings.HasSuffix(m.Header.Get("Message-Id"), "@example.com>") {
		t.Errorf("message id %q", m.Header.Get("Message-Id"))
	}
}

func TestA33_NothingAddsAHeaderOrARecipient(t *testing.T) {
	t.Parallel()
	in := newSink(t)
	s := sender(t, "smtp://"+in.addr)
	ok := mail.Message{To: "ann@example.org", Subject: "Hello", Text: "text"}
	for _, bad := range []string{
		"a\r\nBcc: eve@example.org", "a\nBcc: eve@example.org", "a\rBcc: eve@example.org", "a\x00b", "a\u2028b", "a\u2029b", "a\x1bb", "a\tb",
	} {
		m := ok
		m.Subject = bad
		if err := s.Send(t.Context(), m); !fault.Is(err, fault.Invalid) {
			t.Errorf("subject %q: %v", bad, err)
		}
		for _, to := range []string{bad + "@example.org", bad + " <ann@example.org>", "<ann@example.org>" + bad} {
			m = ok
			m.To = to
			if err := s.Send(t.Context(), m); !fault.Is(err, fault.Invalid) {
				t.Errorf("to %q: %v", to, err)
			}
		}
	}
	for _, to := range []string{
		"", "ann", "ann@example.org, eve@example.org", "ann@example.org> RCPT TO:<eve@example.org", "\"a\r\nRCPT TO:<eve@example.org>\"@example.org",
		"=?utf-8?q?a=0d=0aBcc:_eve=40example.org?= <ann@example.org>",
	} {
		m := ok
		m.To = to
		if err := s.Send(t.Context(), m); !fault.Is(err, fault.Invalid) {
			t.Errorf("to %q: %v", to, err)
		}
	}
	if n := len(in.letters()); n != 0 {
		t.Errorf("%d mails went out", n)
	}
}

func TestA33_ATextThatLooksLikeSMTPStaysOneMail(t *testing.T) {
	t.Parallel()
	in := newSink(t)
	s := sender(t, "smtp://"+in.addr)
	for _, text := range []string{
		"a\r\n.\r\nMAIL FROM:<eve@example.org>\r\nRCPT TO:<bob@example.org>\r\nDATA\r\nspam\r\n.\r\n",
		"a\n.\nMAIL FROM:<eve@example.org>\n", "a\r.\rMAIL FROM:<eve@example.org>\r", "a\n.\r\nMAIL FROM:<eve@example.org>\r\n", ".\n", "a\x00b",
	} {
		if err := s.Send(t.Context(), mail.Message{To: "ann@example.org", Subject: "Hello", Text: text, HTML: text}); err != nil {
			t.Errorf("%q: %v", text, err)
		}
	}
	got := in.letters()
	if len(got) != 6 {
		t.Fatalf("%d mails arrived, want 6", len(got))
	}
	for _, l := range got {
		if !slices.Equal(l.to, []string{"ann@example.org"}) {
			t.Errorf("recipients %v", l.to)
		}
	}
}

func TestTheServersAnswerDecidesWhetherToTryAgain(t *testing.T) {
	t.Parallel()
	m := mail.Message{To: "ann@example.org", Subject: "Hello", Text: "text"}
	for name, c := range map[string]struct {
		rcpt, data error
		want       fault.Kind
	}{
		"greylisted":    {rcpt: &smtp.SMTPError{Code: 451, Message: "later"}, want: fault.Unavailable},
		"no such user":  {rcpt: &smtp.SMTPError{Code: 550, Message: "no such user"}, want: fault.Conflict},
		"mailbox full":  {data: &smtp.SMTPError{Code: 452, Message: "full"}, want: fault.Unavailable},
		"taken as spam": {data: &smtp.SMTPError{Code: 554, Message: "spam"}, want: fault.Conflict},
	} {
		in := newSink(t)
		in.rcpt, in.data = c.rcpt, c.data
		err := sender(t, "smtp://"+in.addr).Send(t.Context(), m)
		if !fault.Is(err, c.want) {
			t.Errorf("%s: %v, want %s", name, err, c.want)
		}
		if err != nil && strings.Contains(err.Error(), "ann@") {
			t.Errorf("%s: the error names the recipient: %v", name, err)
		}
	}
	if err := sender(t, "smtp://127.0.0.1:1").Send(t.Context(), m); !fault.Is(err, fault.Unavailable) {
		t.Errorf("an absent server: %v", err)
	}
}

func TestMailIsNotSentInClearToOtherMachines(t *testing.T) {
	t.Parallel()
	in := newSink(t) // offers no STARTTLS; 0.0.0.0 reaches it, but is not named as this machine
	_, port, err := net.SplitHostPort(in.addr)
	if err != nil {
		t.Fatal(err)
	}
	m := mail.Message{To: "ann@example.org", Subject: "Hello", Text: "text"}
	if err := sender(t, "smtp://0.0.0.0:"+port).Send(t.Context(), m); err == nil {
		t.Error("it was sent in clear")
	}
	if err := sender(t, "smtp://0.0.0.0:"+port+"?tls=none").Send(t.Context(), m); err != nil {
		t.Errorf("on the operator's word: %v", err)
	}
}

func TestBadSettingsAreSaidAtStart(t *testing.T) {
	t.Parallel()
	for _, c := range []mail.Options{
		{URL: "", From: "a@b.c"},
		{URL: "http://h", From: "a@b.c"},
		{URL: "smtp://", From: "a@b.c"},
		{URL: "smtp://h", From: ""},
		{URL: "smtp://h", From: "a@b.c\r\nBcc: x@y.z"},
		{URL: "smtp://user:canary@h:0", From: "a@b.c"},
	} {
		_, err := mail.New(c)
		if !fault.Is(err, fault.Invalid) {
			t.Errorf("%+v: %v", c, err)
		}
		if err != nil && strings.Contains(err.Error(), "canary") {
			t.Errorf("the error holds the password: %v", err)
		}
	}
}
