package account_test

import (
	"context"
	"net/url"
	"strings"
	"testing"
	"time"

	"golang.org/x/crypto/bcrypt"

	"winnow/backend/internal/account"
	"winnow/backend/internal/clock"
	"winnow/backend/internal/event"
	"winnow/backend/internal/fault"
	"winnow/backend/internal/platform/db"
	"winnow/backend/internal/testkit"
)

const (
	good   = "seven grey herons wade"
	better = "nine slow barges pass by"
	secret = "0123456789abcdef0123456789abcdef"
)

func browser() account.Client {
	return account.Client{IP: "192.0.2.7", UserAgent: "Mozilla/5.0 (X11; Linux x86_64)"}
}

// house is the service over a real database with a first admin.
type house struct {
	*account.Service
	t     *testing.T
	db    *db.DB
	clock *clock.Virtual
	admin account.User
}

func newHouse(t *testing.T, d *db.DB, change ...func(*account.Options)) *house {
	t.Helper()
	c := testkit.Clock()
	o := account.Options{SecretKey: []byte(secret), BaseURL: "https://winnow.example.com", BcryptCost: bcrypt.MinCost}
	for _, f := range change {
		f(&o)
	}
	s, err := account.New(d, c, event.New(d, c, nil), o)
	if err != nil {
		t.Fatal(err)
	}
	h := &house{Service: s, t: t, db: d, clock: c}
	in, err := s.Setup(t.Context(), account.NewUser{Name: "Ann Smith", Email: "Ann@Example.com", Password: good}, browser())
	if err != nil {
		t.Fatal(err)
	}
	h.admin = in.User
	return h
}

func (h *house) asAdmin() context.Context {
	return account.With(h.t.Context(), account.Viewer{UserID: h.admin.ID, Role: account.RoleAdmin, Kind: account.KindSession})
}

// add makes a user with the good password.
func (h *house) add(email string, role account.Role) account.User {
	h.t.Helper()
	u, err := h.AddUser(account.With(h.t.Context(), account.System()), account.NewUser{Name: "Somebody", Email: email, Password: good}, role)
	if err != nil {
		h.t.Fatal(err)
	}
	return u
}

func (h *house) login(email string) account.SignIn {
	h.t.Helper()
	in, err := h.Login(h.t.Context(), email, good, false, browser())
	if err != nil {
		h.t.Fatal(err)
	}
	return in
}

// ctxOf is the context of a signed-in browser.
func (h *house) ctxOf(in account.SignIn) context.Context {
	h.t.Helper()
	v, err := h.AccessToken(h.t.Context(), in.Access)
	if err != nil {
		h.t.Fatal(err)
	}
	return account.With(h.t.Context(), v)
}

func (h *house) alive(in account.SignIn) bool {
	_, err := h.AccessToken(h.t.Context(), in.Access)
	return err == nil
}

func wantKind(t *testing.T, err error, k fault.Kind) {
	t.Helper()
	if !fault.Is(err, k) {
		t.Errorf("err = %v, want kind %s", err, k)
	}
}

func tokenOf(t *testing.T, link string) string {
	t.Helper()
	u, err := url.Parse(link)
	if err != nil {
		t.Fatal(err)
	}
	token := u.Query().Get("token")
	if !strings.HasPrefix(link, "https://winnow.example.com/") || token == "" {
		t.Fatalf("link %q is not of the base URL or has no token", link)
	}
	return token
}

const day = 24 * time.Hour
