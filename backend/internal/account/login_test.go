package account_test

import (
	"errors"
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

func TestA48_OfTwentySetupsAtOnceOneSucceeds(t *testing.T) {
	t.Parallel()
	testkit.Databases(t, func(t *testing.T, d *db.DB) {
		t.Helper()
		h := newBareHouse(t, d)
		var won atomic.Int32
		var group sync.WaitGroup
		for i := range 20 {
			group.Go(func() {
				name := account.NewUser{Name: "Racer", Email: "racer" + string(rune('a'+i)) + "@example.com", Password: good}
				_, err := h.Setup(t.Context(), name, browser())
				switch {
				case err == nil:
					won.Add(1)
				case !fault.Is(err, fault.Conflict):
					t.Errorf("a loser got %v", err)
				}
			})
		}
		group.Wait()
		var users int64
		if err := d.Read.Model(&account.User{}).Count(&users).Error; err != nil {
			t.Fatal(err)
		}
		if won.Load() != 1 || users != 1 {
			t.Errorf("%d setups succeeded, %d users; want 1 and 1", won.Load(), users)
		}
	})
}

func TestA48_SetupStaysClosedWhenTheFirstAdminIsGone(t *testing.T) {
	t.Parallel()
	h := newHouse(t, testkit.SQLite(t))
	second := h.add("second@example.com", account.RoleAdmin)
	ctx := account.With(t.Context(), account.Viewer{UserID: second.ID, Role: account.RoleAdmin})
	if err := h.DeleteUser(ctx, h.admin.ID, ""); err != nil {
		t.Fatal(err)
	}
	needed, err := h.NeedsSetup(t.Context())
	if err != nil || needed {
		t.Errorf("needed = %v, %v", needed, err)
	}
	_, err = h.Setup(t.Context(), account.NewUser{Name: "Eve", Email: "eve@example.com", Password: good}, browser())
	wantKind(t, err, fault.Conflict)
}

func TestA48_AShortSecretIsRefused(t *testing.T) {
	t.Parallel()
	for _, s := range []string{"", "short", strings.Repeat("x", 31)} {
		_, err := account.New(testkit.SQLite(t), testkit.Clock(), nil, account.Options{SecretKey: []byte(s)})
		wantKind(t, err, fault.Invalid)
	}
}

func TestA21_UnknownWrongDisabledAndInvitedAnswerAlike(t *testing.T) {
	t.Parallel()
	h := newHouse(t, testkit.SQLite(t))
	off := h.add("off@example.com", account.RoleUser)
	yes := true
	if _, err := h.UpdateUser(h.asAdmin(), off.ID, account.UserPatch{Disabled: &yes}, nil); err != nil {
		t.Fatal(err)
	}
	if _, _, err := h.Invite(h.asAdmin(), "invited@example.com", account.RoleUser); err != nil {
		t.Fatal(err)
	}
	for name, try := range map[string][2]string{
		"unknown":  {"nobody@example.com", good},
		"wrong":    {"ann@example.com", better},
		"disabled": {"off@example.com", good},
		"invited":  {"invited@example.com", good},
		"empty":    {"invited@example.com", ""},
		"too long": {"ann@example.com", strings.Repeat("x", 5000)},
	} {
		_, err := h.Login(t.Context(), try[0], try[1], false, browser())
		f, ok := errors.AsType[*fault.Error](err)
		if !ok || f.Kind != fault.Unauthenticated || f.Code != "credentials_wrong" || f.Error() != "The e-mail address or the password is not right." {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestTheAddressIsTakenAsPeopleWriteIt(t *testing.T) {
	t.Parallel()
	h := newHouse(t, testkit.SQLite(t))
	for _, email := range []string{"ann@example.com", " ANN@example.COM ", "ａnn@example.com"} {
		if _, err := h.Login(t.Context(), email, good, false, browser()); err != nil {
			t.Errorf("%q: %v", email, err)
		}
	}
}

func TestA24_TenFailedTriesLockAnAccountWhereverTheyComeFrom(t *testing.T) {
	t.Parallel()
	testkit.Databases(t, func(t *testing.T, d *db.DB) {
		t.Helper()
		h := newHouse(t, d)
		for _, email := range []string{"ann@example.com", "nobody@example.com"} { // both alike (A21)
			for i := range 10 {
				cl := account.Client{IP: "198.51.100." + string(rune('0'+i))}
				_, err := h.Login(t.Context(), email, better, false, cl)
				wantKind(t, err, fault.Unauthenticated)
			}
			_, err := h.Login(t.Context(), email, good, false, account.Client{IP: "203.0.113.1"})
			wantKind(t, err, fault.RateLimited)
			if f, _ := errors.AsType[*fault.Error](err); f.RetryAfter < 29*time.Second || f.RetryAfter > 30*time.Second {
				t.Errorf("retry after %v", f.RetryAfter)
			}
		}
		h.clock.Advance(31 * time.Second)
		if _, err := h.Login(t.Context(), "ann@example.com", good, false, browser()); err != nil {
			t.Errorf("after the wait: %v", err)
		}
		if _, err := h.Login(t.Context(), "ann@example.com", good, false, browser()); err != nil {
			t.Errorf("a success did not clear the count: %v", err)
		}
	})
}

func TestA24_TenFailedTriesLockAnAddressWhateverAccountsItTries(t *testing.T) {
	t.Parallel()
	h := newHouse(t, testkit.SQLite(t))
	from := func(i int) account.Client { return account.Client{IP: "2001:db8::" + string(rune('1'+i))} } // one /64
	h.add("mallory@example.com", account.RoleUser)
	for i := range 9 {
		_, err := h.Login(t.Context(), "victim"+string(rune('a'+i))+"@example.com", better, false, from(i))
		wantKind(t, err, fault.Unauthenticated)
		if i == 5 { // a success of one's own washes nothing off
			if _, err := h.Login(t.Context(), "mallory@example.com", good, false, from(i)); err != nil {
				t.Fatal(err)
			}
		}
	}
	_, err := h.Login(t.Context(), "another@example.com", better, false, from(0))
	wantKind(t, err, fault.Unauthenticated)
	_, err = h.Login(t.Context(), "ann@example.com", good, false, from(1))
	wantKind(t, err, fault.RateLimited)
	if _, err := h.Login(t.Context(), "ann@example.com", good, false, account.Client{IP: "2001:db8:1::1"}); err != nil {
		t.Errorf("another network is locked too: %v", err)
	}
}

func TestA24_TriesAtOnceDoNotSlipPastTheLimit(t *testing.T) {
	t.Parallel()
	testkit.Databases(t, func(t *testing.T, d *db.DB) {
		t.Helper()
		h := newHouse(t, d)
		var checked atomic.Int32
		var group sync.WaitGroup
		for range 40 {
			group.Go(func() {
				_, err := h.Login(t.Context(), "ann@example.com", better, false, browser())
				if fault.Is(err, fault.Unauthenticated) {
					checked.Add(1)
				}
			})
		}
		group.Wait()
		if checked.Load() != 10 {
			t.Errorf("%d passwords were checked, want 10", checked.Load())
		}
	})
}

func newBareHouse(t *testing.T, d *db.DB) *account.Service {
	t.Helper()
	return bare(t, d)
}
