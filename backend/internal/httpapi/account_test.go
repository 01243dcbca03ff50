package httpapi_test

import (
	"log/slog"
	"net/http"
	"strings"
	"testing"
	"time"

	"golang.org/x/crypto/bcrypt"

	"winnow/backend/internal/account"
	"winnow/backend/internal/clock"
	"winnow/backend/internal/event"
	"winnow/backend/internal/httpapi"
	"winnow/backend/internal/platform/db"
)

// world is the API of accounts over a real database.
type world struct {
	*api
	accounts *account.Service
	db       *db.DB
	clock    *clock.Virtual
}

const goodPassword = "seven grey herons wade"

func newWorld(t *testing.T, change ...func(*httpapi.Config, *account.Options)) *world {
	t.Helper()
	d, err := db.Open(t.Context(), db.Options{DataDir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Close() })
	if err := d.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	c := clock.NewVirtual(time.Date(2026, 11, 25, 9, 0, 0, 0, time.UTC))
	cfg := httpapi.Config{BaseURL: "http://localhost:8080"}
	o := account.Options{SecretKey: []byte("0123456789abcdef0123456789abcdef"), BaseURL: cfg.BaseURL, BcryptCost: bcrypt.MinCost, Log: slog.New(slog.DiscardHandler)}
	for _, f := range change {
		f(&cfg, &o)
	}
	s, err := account.New(d, c, event.New(d, c, nil), o)
	if err != nil {
		t.Fatal(err)
	}
	a := serveWith(t, cfg, httpapi.Deps{Auth: s, Idempotency: s, Clock: c}, httpapi.Core(s, cfg)...)
	return &world{api: a, accounts: s, db: d, clock: c}
}

// browser calls the API and keeps its cookies.
type browser struct {
	*world
	cookies map[string]string
}

func (w *world) browser() *browser { return &browser{world: w, cookies: map[string]string{}} }

func (b *browser) do(method, path string, body any) answer {
	b.t.Helper()
	var line strings.Builder
	for k, v := range b.cookies {
		line.WriteString(k + "=" + v + "; ")
	}
	a := b.with("Cookie", line.String()).do(method, path, body)
	for _, k := range (&http.Response{Header: a.header}).Cookies() {
		if k.MaxAge < 0 {
			delete(b.cookies, k.Name)
			continue
		}
		b.cookies[k.Name] = k.Value
	}
	return a
}

// setUp makes the first admin.
func (w *world) setUp() *browser {
	w.t.Helper()
	b := w.browser()
	b.do("POST", "/setup", map[string]any{"name": "Ann Smith", "email": "ann@example.com", "password": goodPassword}).want(201)
	return b
}

// join invites somebody through the admin and accepts.
func (b *browser) join(email string) *browser {
	b.t.Helper()
	var inv httpapi.InviteResponse
	b.do("POST", "/users", map[string]any{"email": email, "role": "user"}).want(201).into(&inv)
	token := inv.InviteURL[len("http://localhost:8080/accept?token="):]
	n := b.browser()
	n.do("POST", "/auth/accept", map[string]any{"token": token, "name": "New user", "password": goodPassword}).want(200)
	return n
}

func TestSetupSignsInAndClosesForGood(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	var state httpapi.SetupState
	w.do("GET", "/setup", nil).want(200).into(&state)
	if !state.Needed {
		t.Fatal("setup not needed on a fresh database")
	}
	b := w.setUp()
	var me httpapi.MeResponse
	b.do("GET", "/me", nil).want(200).into(&me)
	if me.User.Email != "ann@example.com" || me.User.Role != "admin" || len(me.Permissions) < 40 {
		t.Errorf("me = %+v", me)
	}
	w.do("GET", "/setup", nil).want(200).into(&state)
	if state.Needed {
		t.Error("setup still open")
	}
	if code := w.do("POST", "/setup", map[string]any{"name": "Eve", "email": "eve@example.com", "password": goodPassword}).want(409).code(); code != "setup_done" {
		t.Errorf("code = %s", code)
	}
}
