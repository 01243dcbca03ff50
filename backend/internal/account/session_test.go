package account_test

import (
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"golang.org/x/crypto/bcrypt"

	"winnow/backend/internal/account"
	"winnow/backend/internal/event"
	"winnow/backend/internal/fault"
	"winnow/backend/internal/platform/db"
	"winnow/backend/internal/testkit"
)

func bare(t *testing.T, d *db.DB) *account.Service {
	t.Helper()
	c := testkit.Clock()
	s, err := account.New(d, c, event.New(d, c, nil), account.Options{SecretKey: []byte(secret), BaseURL: "https://winnow.example.com", BcryptCost: bcrypt.MinCost})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestA24_ARefreshTokenIsGoodOnceAndItsReuseEndsTheFamily(t *testing.T) {
	t.Parallel()
	testkit.Databases(t, func(t *testing.T, d *db.DB) {
		t.Helper()
		h := newHouse(t, d)
		first := h.login("ann@example.com")
		other := h.login("ann@example.com")
		second, err := h.Refresh(t.Context(), first.Refresh, browser())
		if err != nil {
			t.Fatal(err)
		}
		h.clock.Advance(time.Minute)
		third, err := h.Refresh(t.Context(), second.Refresh, browser())
		if err != nil {
			t.Fatal(err)
		}
		_, err = h.Refresh(t.Context(), first.Refresh, browser()) // two generations old: stolen
		wantKind(t, err, fault.Unauthenticated)
		_, err = h.Refresh(t.Context(), third.Refresh, browser())
		wantKind(t, err, fault.Unauthenticated)
		if h.alive(third) {
			t.Error("the access token of the family still works")
		}
		if !h.alive(other) {
			t.Error("another session of the user ended too")
		}
	})
}

func TestA24_OfTwentyRefreshesAtOnceOneSucceeds(t *testing.T) {
	t.Parallel()
	testkit.Databases(t, func(t *testing.T, d *db.DB) {
		t.Helper()
		h := newHouse(t, d)
		in := h.login("ann@example.com")
		var won atomic.Int32
		var next atomic.Value
		var group sync.WaitGroup
		for range 20 {
			group.Go(func() {
				got, err := h.Refresh(t.Context(), in.Refresh, browser())
				switch {
				case err == nil:
					won.Add(1)
					next.Store(got)
				case !fault.Is(err, fault.Conflict):
					t.Errorf("a loser got %v", err)
				case got.Refresh != "" || got.Access != "":
					t.Error("a loser got tokens")
				}
			})
		}
		group.Wait()
		if won.Load() != 1 {
			t.Fatalf("%d refreshes succeeded, want 1", won.Load())
		}
		if _, err := h.Refresh(t.Context(), next.Load().(account.SignIn).Refresh, browser()); err != nil {
			t.Errorf("the winner's token: %v", err)
		}
	})
}

func TestA24_AnInventedRefreshTokenEndsNothing(t *testing.T) {
	t.Parallel()
	h := newHouse(t, testkit.SQLite(t))
	in := h.login("ann@example.com")
	sid, rest, _ := strings.Cut(in.Refresh, ".")
	nonce, mark, _ := strings.Cut(rest, ".")
	for _, bad := range []string{"", ".", "..", sid, sid + "." + nonce, sid + ".x." + mark, sid + "." + nonce + ".AAAA", in.Refresh + "x", strings.Repeat(".", 1<<20)} {
		_, err := h.Refresh(t.Context(), bad, browser())
		wantKind(t, err, fault.Unauthenticated)
	}
	if _, err := h.Refresh(t.Context(), in.Refresh, browser()); err != nil {
		t.Errorf("the true token: %v", err)
	}
}

func TestSessionsEndByTimeAndByIdleness(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		remember bool
		step     time.Duration // between refreshes
		steps    int           // that must succeed before one fails
	}{
		"12 hours at most":         {false, 3 * time.Hour, 3},
		"4 hours idle":             {false, 4 * time.Hour, 0},
		"30 days when remembered":  {true, 6 * day, 4},
		"7 days idle when so":      {true, 7 * day, 0},
		"7 days idle, just before": {true, 7*day - time.Second, 4},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := newHouse(t, testkit.SQLite(t))
			in, err := h.Login(t.Context(), "ann@example.com", good, c.remember, browser())
			if err != nil {
				t.Fatal(err)
			}
			if (in.Keep > 0) != c.remember {
				t.Errorf("the browser keeps the cookies for %v", in.Keep)
			}
			for i := range c.steps {
				h.clock.Advance(c.step)
				if in, err = h.Refresh(t.Context(), in.Refresh, browser()); err != nil {
					t.Fatalf("refresh %d: %v", i+1, err)
				}
			}
			h.clock.Advance(c.step)
			_, err = h.Refresh(t.Context(), in.Refresh, browser())
			wantKind(t, err, fault.Unauthenticated)
		})
	}
}

// A23: whatever takes a right away ends what stood on it, at once in this process.
func TestA23_SessionsAndKeysEndWithTheRight(t *testing.T) {
	t.Parallel()
	yes, viewer := true, account.RoleViewer
	for name, c := range map[string]struct {
		act  func(h *house, u account.User, in account.SignIn) error
		keys bool // whether the API keys survive
	}{
		"password change": {func(h *house, _ account.User, in account.SignIn) error {
			_, err := h.ChangePassword(h.ctxOf(in), good, better, browser())
			return err
		}, true},
		"password reset": {func(h *house, u account.User, _ account.SignIn) error {
			link, err := h.ResetLink(h.asAdmin(), u.ID)
			if err != nil {
				return err
			}
			return h.ConfirmReset(h.t.Context(), tokenOf(h.t, link), better)
		}, false},
		"role change": {func(h *house, u account.User, _ account.SignIn) error {
			_, err := h.UpdateUser(h.asAdmin(), u.ID, account.UserPatch{Role: &viewer}, nil)
			return err
		}, true},
		"disable": {func(h *house, u account.User, _ account.SignIn) error {
			_, err := h.UpdateUser(h.asAdmin(), u.ID, account.UserPatch{Disabled: &yes}, nil)
			return err
		}, false},
		"delete": {func(h *house, u account.User, _ account.SignIn) error { return h.DeleteUser(h.asAdmin(), u.ID, "") }, false},
		"logout everywhere": {func(h *house, _ account.User, in account.SignIn) error {
			return h.LogoutAll(h.ctxOf(in))
		}, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := newHouse(t, testkit.SQLite(t))
			u := h.add("bob@example.com", account.RoleUser)
			here, there := h.login("bob@example.com"), h.login("bob@example.com")
			key, _, err := h.CreateKey(h.ctxOf(here), account.NewKey{Name: "k", Scopes: []string{"leads:read"}})
			if err != nil {
				t.Fatal(err)
			}
			before, err := h.APIKey(t.Context(), key)
			if err != nil || !h.alive(here) || !h.alive(there) {
				t.Fatal("not signed in to begin with", err)
			}
			if err := c.act(h, u, here); err != nil {
				t.Fatal(err)
			}
			for _, in := range []account.SignIn{here, there} {
				if h.alive(in) {
					t.Error("an access token still works")
				}
				_, err := h.Refresh(t.Context(), in.Refresh, browser())
				wantKind(t, err, fault.Unauthenticated)
				if _, err := h.Recheck(t.Context(), account.Viewer{Kind: account.KindSession, SessionID: before.SessionID}); err == nil {
					t.Error("a live connection would stay open")
				}
			}
			now, err := h.APIKey(t.Context(), key)
			if (err == nil) != c.keys {
				t.Errorf("API key: %v", err)
			}
			if name == "role change" && now.Role != account.RoleViewer {
				t.Errorf("the key still has the role %s", now.Role)
			}
		})
	}
}

func TestA23_JobsActWithTheRightsOfNow(t *testing.T) {
	t.Parallel()
	h := newHouse(t, testkit.SQLite(t))
	u := h.add("bob@example.com", account.RoleUser)
	yes := true
	if v, err := h.ViewerOf(t.Context(), u.ID); err != nil || v.Role != account.RoleUser {
		t.Fatalf("%+v, %v", v, err)
	}
	if _, err := h.UpdateUser(h.asAdmin(), u.ID, account.UserPatch{Disabled: &yes}, nil); err != nil {
		t.Fatal(err)
	}
	_, err := h.ViewerOf(t.Context(), u.ID)
	wantKind(t, err, fault.Unauthenticated)
}

func TestLogoutEndsThisSessionOnly(t *testing.T) {
	t.Parallel()
	h := newHouse(t, testkit.SQLite(t))
	here, there := h.login("ann@example.com"), h.login("ann@example.com")
	if err := h.Logout(t.Context(), here.Refresh); err != nil {
		t.Fatal(err)
	}
	if h.alive(here) || !h.alive(there) {
		t.Errorf("here alive %v, there alive %v", h.alive(here), h.alive(there))
	}
	if err := h.Logout(t.Context(), here.Refresh); err != nil {
		t.Errorf("a second logout: %v", err)
	}
}

func TestSessionsAreListedAndEndedByTheirOwnerOnly(t *testing.T) {
	t.Parallel()
	h := newHouse(t, testkit.SQLite(t))
	h.add("bob@example.com", account.RoleUser)
	bob, ann := h.login("bob@example.com"), h.login("ann@example.com")
	list, err := h.Sessions(h.ctxOf(bob))
	if err != nil || len(list) != 1 || list[0].UserAgent != browser().UserAgent {
		t.Fatalf("%+v, %v", list, err)
	}
	wantKind(t, h.EndSession(h.ctxOf(ann), list[0].ID), fault.NotFound)
	if !h.alive(bob) {
		t.Error("a foreigner ended the session")
	}
	if err := h.EndSession(h.ctxOf(bob), list[0].ID); err != nil || h.alive(bob) {
		t.Errorf("%v, alive %v", err, h.alive(bob))
	}
}

func TestTheCacheDoesNotOutliveTheSessionByMoreThanFiveSeconds(t *testing.T) {
	t.Parallel()
	h := newHouse(t, testkit.SQLite(t))
	in := h.login("ann@example.com")
	if !h.alive(in) {
		t.Fatal("not signed in")
	}
	// another process ends the session: this one's cache does not hear of it
	if err := h.db.Write.Exec("UPDATE sessions SET revoked_at = created_at").Error; err != nil {
		t.Fatal(err)
	}
	h.clock.Advance(5 * time.Second)
	if h.alive(in) {
		t.Error("alive after 5 seconds")
	}
}
