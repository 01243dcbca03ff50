package account_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"winnow/backend/internal/account"
	"winnow/backend/internal/fault"
	"winnow/backend/internal/platform/db"
	"winnow/backend/internal/testkit"
)

func TestA24_ALinkWorksOnceAlsoForTwentyAtOnce(t *testing.T) {
	t.Parallel()
	testkit.Databases(t, func(t *testing.T, d *db.DB) {
		t.Helper()
		h := newHouse(t, d)
		_, link, err := h.Invite(h.asAdmin(), "bob@example.com", account.RoleUser)
		if err != nil {
			t.Fatal(err)
		}
		once := func(what string, f func() error) {
			t.Helper()
			var won atomic.Int32
			var group sync.WaitGroup
			for range 20 {
				group.Go(func() {
					switch err := f(); {
					case err == nil:
						won.Add(1)
					case !fault.Is(err, fault.Invalid):
						t.Errorf("%s: a loser got %v", what, err)
					}
				})
			}
			group.Wait()
			if won.Load() != 1 {
				t.Errorf("%s: %d succeeded, want 1", what, won.Load())
			}
		}
		once("accept", func() error {
			_, err := h.Accept(t.Context(), tokenOf(t, link), "Bob", good, browser())
			return err
		})
		users, err := h.Users(h.asAdmin())
		if err != nil {
			t.Fatal(err)
		}
		bob := users[slices.IndexFunc(users, func(u account.User) bool { return u.Name == "Bob" })]
		reset, err := h.ResetLink(h.asAdmin(), bob.ID)
		if err != nil {
			t.Fatal(err)
		}
		once("reset", func() error { return h.ConfirmReset(t.Context(), tokenOf(t, reset), better) })
		if _, err := h.Login(t.Context(), "bob@example.com", better, false, browser()); err != nil {
			t.Error(err)
		}
	})
}

func TestA36_ABentForeignOrOldLinkIsRefusedInTheSameWords(t *testing.T) {
	t.Parallel()
	h := newHouse(t, testkit.SQLite(t))
	_, first, err := h.Invite(h.asAdmin(), "bob@example.com", account.RoleUser)
	if err != nil {
		t.Fatal(err)
	}
	_, link, err := h.Invite(h.asAdmin(), "bob@example.com", account.RoleAdmin) // again: the first stops working
	if err != nil {
		t.Fatal(err)
	}
	reset, err := h.ResetLink(h.asAdmin(), h.admin.ID)
	if err != nil {
		t.Fatal(err)
	}
	token := tokenOf(t, link)
	flip := []byte(token)
	flip[len(flip)-2] ^= 1
	for name, bad := range map[string]string{
		"withdrawn": tokenOf(t, first), "for another purpose": tokenOf(t, reset), "bent": string(flip), "cut": token[:len(token)-1], "empty": "", "long": strings.Repeat("a", 1<<16),
	} {
		_, err := h.Accept(t.Context(), bad, "Bob", good, browser())
		if fault.CodeOf(err) != "link_invalid" {
			t.Errorf("%s: %v", name, err)
		}
	}
	h.clock.Advance(7 * day)
	_, err = h.Accept(t.Context(), token, "Bob", good, browser())
	if fault.CodeOf(err) != "link_invalid" {
		t.Errorf("too old: %v", err)
	}
}

func TestA22_LinksAreMadeOfTheConfiguredAddress(t *testing.T) {
	t.Parallel()
	h := newHouse(t, testkit.SQLite(t), func(o *account.Options) { o.BaseURL = "https://winnow.example.com/" })
	_, link, err := h.Invite(h.asAdmin(), "bob@example.com", account.RoleUser)
	if err != nil || !strings.HasPrefix(link, "https://winnow.example.com/accept?token=") {
		t.Errorf("%q, %v", link, err)
	}
}

func TestA21_AWishForAResetIsAnsweredBeforeAnybodyIsLookedUp(t *testing.T) {
	t.Parallel()
	h := newHouse(t, testkit.SQLite(t), func(o *account.Options) { o.Mailed = true })
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	for _, email := range []string{"ann@example.com", "nobody@example.com"} {
		if err := h.RequestReset(t.Context(), email, browser()); err != nil {
			t.Fatal(err)
		}
	}
	links := func() (n int64) {
		if err := h.db.Read.Table("user_tokens").Where("kind = 'reset'").Count(&n).Error; err != nil {
			t.Fatal(err)
		}
		return n
	}
	if links() != 0 {
		t.Error("a link was made before the answer")
	}
	go h.Run(ctx)
	testkit.Eventually(t, "the link", func() bool { return links() == 1 })
}

func TestTheLastAdminStays(t *testing.T) {
	t.Parallel()
	testkit.Databases(t, func(t *testing.T, d *db.DB) {
		t.Helper()
		h := newHouse(t, d)
		no, yes := account.RoleUser, true
		_, err := h.UpdateUser(h.asAdmin(), h.admin.ID, account.UserPatch{Role: &no}, nil)
		wantKind(t, err, fault.Conflict)
		_, err = h.UpdateUser(h.asAdmin(), h.admin.ID, account.UserPatch{Disabled: &yes}, nil)
		wantKind(t, err, fault.Conflict)
		wantKind(t, h.DeleteUser(h.asAdmin(), h.admin.ID, ""), fault.Conflict)
		if _, _, err := h.Invite(h.asAdmin(), "later@example.com", account.RoleAdmin); err != nil { // invited admins do not count
			t.Fatal(err)
		}
		_, err = h.UpdateUser(h.asAdmin(), h.admin.ID, account.UserPatch{Role: &no}, nil)
		wantKind(t, err, fault.Conflict)
		// two admins take each other's role at the same moment: one stays
		second := h.add("second@example.com", account.RoleAdmin)
		var group sync.WaitGroup
		for _, id := range []string{second.ID, h.admin.ID} {
			group.Go(func() {
				if _, err := h.UpdateUser(h.asAdmin(), id, account.UserPatch{Role: &no}, nil); err != nil && !fault.Is(err, fault.Conflict) {
					t.Error(err)
				}
			})
		}
		group.Wait()
		var admins int64
		if err := d.Read.Model(&account.User{}).Where("role = 'admin' AND password_hash <> ''").Count(&admins).Error; err != nil || admins != 1 {
			t.Errorf("%d admins left, %v", admins, err)
		}
	})
}

func TestAUserWithLeadsIsNotDeleted(t *testing.T) {
	t.Parallel()
	testkit.Databases(t, func(t *testing.T, d *db.DB) {
		t.Helper()
		h := newHouse(t, d)
		bob := h.add("bob@example.com", account.RoleUser)
		err := d.Write.Exec(`INSERT INTO leads (id, name, owner_id, tags, custom, last_activity_at, created_at, updated_at)
VALUES (?, 'x', ?, '[]', '{}', ?, ?, ?)`, "01900000-0000-7000-8000-000000000001", bob.ID, h.clock.Now(), h.clock.Now(), h.clock.Now()).Error
		if err != nil {
			t.Fatal(err)
		}
		if err := h.DeleteUser(h.asAdmin(), bob.ID, ""); fault.CodeOf(err) != "user_owns_leads" {
			t.Errorf("err = %v", err)
		}
		wantKind(t, h.DeleteUser(h.asAdmin(), "01900000-0000-7000-8000-000000000009", ""), fault.NotFound)
	})
}

func TestAStaleVersionIsRefused(t *testing.T) {
	t.Parallel()
	h := newHouse(t, testkit.SQLite(t))
	bob := h.add("bob@example.com", account.RoleUser)
	role, old := account.RoleViewer, bob.Version
	u, err := h.UpdateUser(h.asAdmin(), bob.ID, account.UserPatch{Role: &role}, &old)
	if err != nil || u.Version != old+1 {
		t.Fatalf("%+v, %v", u, err)
	}
	role = account.RoleAdmin
	_, err = h.UpdateUser(h.asAdmin(), bob.ID, account.UserPatch{Role: &role}, &old)
	wantKind(t, err, fault.Stale)
}

func TestWhoIsNoAdminSeesNoAddresses(t *testing.T) {
	t.Parallel()
	h := newHouse(t, testkit.SQLite(t))
	bob := h.add("bob@example.com", account.RoleUser)
	us, err := h.Users(account.With(t.Context(), account.Viewer{UserID: bob.ID, Role: account.RoleUser}))
	if err != nil || len(us) != 2 {
		t.Fatal(us, err)
	}
	for _, u := range us {
		if u.Email != "" || u.EmailKey != "" || u.SignedInAt != nil {
			t.Errorf("%+v", u)
		}
	}
}

func TestOnlyAdminsManageUsers(t *testing.T) {
	t.Parallel()
	h := newHouse(t, testkit.SQLite(t))
	bob := h.add("bob@example.com", account.RoleUser)
	role := account.RoleAdmin
	for _, ctx := range []context.Context{t.Context(), account.With(t.Context(), account.Viewer{UserID: bob.ID, Role: account.RoleUser})} {
		_, _, invite := h.Invite(ctx, "x@example.com", role)
		_, update := h.UpdateUser(ctx, bob.ID, account.UserPatch{Role: &role}, nil)
		_, add := h.AddUser(ctx, account.NewUser{}, role)
		_, reset := h.ResetLink(ctx, h.admin.ID)
		for _, err := range []error{invite, update, add, reset, h.DeleteUser(ctx, bob.ID, "")} {
			wantKind(t, err, fault.Forbidden)
		}
	}
}

func TestPasswordsThatAreEasyToGuessAreRefused(t *testing.T) {
	t.Parallel()
	h := newHouse(t, testkit.SQLite(t))
	for password, code := range map[string]string{
		"short":                   "too_short",
		"elevenchars":             "too_short",
		strings.Repeat("ä", 129):  "too_long",
		"password1234":            "too_common",
		"P@ssw0rd!2026":           "too_common",
		"qwertyuiop123":           "too_common",
		"aaaaaaaaaaaa":            "too_common",
		"123456789012":            "too_common",
		"abcdefghijklmn":          "too_common",
		"winnow-winnow-winnow":    "",
		"welcomewelcome":          "too_common",
		"letmein12345678":         "too_common",
		"frederica.smith2026":     "too_common", // the owner's own address
		"frederica.smith@x.com":   "too_common",
		"seven grey herons":       "",
		strings.Repeat("ä b", 42): "",
		"пароль из четырёх слов ок": "",
	} {
		_, err := h.AddUser(h.asAdmin(), account.NewUser{Name: "F", Email: "frederica.smith@x.com", Password: password}, account.RoleUser)
		got := ""
		if f, ok := errors.AsType[*fault.Error](err); ok && len(f.Fields) == 1 {
			got = f.Fields[0].Code
		} else if err != nil && !fault.Is(err, fault.Conflict) { // the second good one finds the address taken
			t.Errorf("%q: %v", password, err)
		}
		if got == "taken" {
			got = ""
		}
		if got != code {
			t.Errorf("%q: %q, want %q", password, got, code)
		}
	}
}

func TestEveryByteOfALongPasswordCounts(t *testing.T) {
	t.Parallel()
	h := newHouse(t, testkit.SQLite(t))
	long := strings.Repeat("long words of a song ", 6) // 126 characters, beyond bcrypt's 72 bytes
	if _, err := h.AddUser(h.asAdmin(), account.NewUser{Name: "L", Email: "l@example.com", Password: long + "1"}, account.RoleUser); err != nil {
		t.Fatal(err)
	}
	if _, err := h.Login(t.Context(), "l@example.com", long+"1", false, browser()); err != nil {
		t.Errorf("the right one: %v", err)
	}
	_, err := h.Login(t.Context(), "l@example.com", long+"2", false, browser())
	wantKind(t, err, fault.Unauthenticated)
}

func TestAPasswordIsTheSameHoweverItsAccentsAreComposed(t *testing.T) {
	t.Parallel()
	h := newHouse(t, testkit.SQLite(t))
	if _, err := h.AddUser(h.asAdmin(), account.NewUser{Name: "L", Email: "l@example.com", Password: "caf\u00e9 noir au matin"}, account.RoleUser); err != nil {
		t.Fatal(err)
	}
	if _, err := h.Login(t.Context(), "l@example.com", "cafe\u0301 noir au matin", false, browser()); err != nil {
		t.Error(err)
	}
}

func TestA33_AddressesThatCouldBendAMailAreRefused(t *testing.T) {
	t.Parallel()
	for _, bad := range []string{
		"", "x", "x@", "@x", "a@b@c", "a b@example.com", "a@example.com\r\nBcc: eve@example.com", "a@example.com\x00", "a@example.com\u2028b",
		"Ann <ann@example.com>", "\"a\\r\\nRCPT TO:<e@e.e>\"@example.com", "a@example.com,b@example.com", strings.Repeat("a", 250) + "@example.com",
	} {
		if _, _, ok := account.ParseEmail(bad); ok {
			t.Errorf("%q was taken", bad)
		}
	}
	for _, fine := range []string{"ann@example.com", "ann+tag@sub.example.co.uk", "jörg@müller.example"} {
		if _, _, ok := account.ParseEmail(fine); !ok {
			t.Errorf("%q was refused", fine)
		}
	}
}

func TestSweepForgetsWhatIsOver(t *testing.T) {
	t.Parallel()
	testkit.Databases(t, func(t *testing.T, d *db.DB) {
		t.Helper()
		h := newHouse(t, d)
		in := h.login("ann@example.com")
		ctx := h.ctxOf(in)
		if _, err := h.Begin(ctx, "k1", "POST /x", "h"); err != nil {
			t.Fatal(err)
		}
		_, _ = h.Login(t.Context(), "nobody@example.com", better, false, browser())
		h.clock.Advance(43 * day)
		fresh := h.login("ann@example.com")
		if err := h.Sweep(t.Context()); err != nil {
			t.Fatal(err)
		}
		for table, want := range map[string]int64{"sessions": 1, "idempotency_keys": 0, "login_attempts": 1} {
			var n int64
			if err := d.Read.Table(table).Count(&n).Error; err != nil || n != want {
				t.Errorf("%s: %d rows, want %d (%v)", table, n, want, err)
			}
		}
		if !h.alive(fresh) {
			t.Error("the live session was swept")
		}
	})
}

func TestIdempotencyKeysAreTakenOnce(t *testing.T) {
	t.Parallel()
	testkit.Databases(t, func(t *testing.T, d *db.DB) {
		t.Helper()
		h := newHouse(t, d)
		ctx := h.asAdmin()
		begin := func(route, hash string) (*account.SavedAnswer, string) {
			t.Helper()
			a, err := h.Begin(ctx, "key", route, hash)
			if err != nil {
				return nil, fault.CodeOf(err)
			}
			return a, ""
		}
		if a, code := begin("POST /x", "1"); a != nil || code != "" {
			t.Fatal(a, code)
		}
		for _, c := range []struct{ route, hash, code string }{
			{"POST /x", "1", "idempotency_in_progress"}, {"POST /x", "2", "idempotency_key_reused"}, {"POST /y", "1", "idempotency_key_reused"},
		} {
			if _, code := begin(c.route, c.hash); code != c.code {
				t.Errorf("%s %s: %s", c.route, c.hash, code)
			}
		}
		if err := h.Finish(ctx, "key", account.SavedAnswer{Status: 201, Body: []byte(`{"id":1}`)}); err != nil {
			t.Fatal(err)
		}
		if a, code := begin("POST /x", "1"); a == nil || a.Status != 201 || string(a.Body) != `{"id":1}` {
			t.Error(a, code)
		}
		other := account.With(t.Context(), account.Viewer{UserID: h.add("b@example.com", account.RoleUser).ID})
		if a, err := h.Begin(other, "key", "POST /x", "1"); a != nil || err != nil {
			t.Errorf("another user's key: %v, %v", a, err)
		}
		if err := h.Abandon(other, "key"); err != nil {
			t.Fatal(err)
		}
		if a, err := h.Begin(other, "key", "POST /z", "1"); a != nil || err != nil {
			t.Errorf("after Abandon: %v, %v", a, err)
		}
		h.clock.Advance(32 * time.Minute) // the process of that request was killed
		if a, err := h.Begin(other, "key", "POST /z", "1"); a != nil || err != nil {
			t.Errorf("after a crash: %v, %v", a, err)
		}
	})
}
