package collect_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"winnow/backend/internal/account"
	"winnow/backend/internal/collect"
	"winnow/backend/internal/fault"
	"winnow/backend/internal/platform/db"
	"winnow/backend/internal/testkit"
)

func TestSecretsOfASourceAreSealedAndShownToNobody(t *testing.T) {
	t.Parallel()
	databases(t, func(t *testing.T, d *db.DB) {
		t.Helper()
		h := newHouse(t, d, &board{posts: 1, per: 1})
		dr := draft()
		dr.Config = json.RawMessage(`{"topic":"stock","key":"hunter2"}`)
		src := h.create(t, dr)
		var stored string
		if err := d.Read.Table("sources").Select("config").Row().Scan(&stored); err != nil || strings.Contains(stored, "hunter2") {
			t.Fatalf("stored: %s, %v", stored, err)
		}
		shown, err := h.Shown(src)
		if err != nil || strings.Contains(string(shown), "hunter2") || !strings.Contains(string(shown), collect.Masked) {
			t.Errorf("shown: %s, %v", shown, err)
		}
		dr.Config = shown // as a form sends it back
		dr.Name = "Other"
		if src, err = h.Update(h.ctx, src.ID, &src.Version, dr); err != nil {
			t.Fatal(err)
		}
		h.run(t, src.ID)
		if got := string(h.board.seen[0].Config); !strings.Contains(got, `"hunter2"`) {
			t.Errorf("the connector is given %s", got)
		}
		if _, err := h.Update(h.ctx, src.ID, new(1), dr); fault.KindOf(err) != fault.Stale {
			t.Errorf("an old version: %v", err)
		}
	})
}

func TestWhatASourceMayBe(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		edit  func(*collect.Draft)
		field string
	}{
		"no name":       {func(d *collect.Draft) { d.Name = " " }, "name"},
		"unknown kind":  {func(d *collect.Draft) { d.Kind = "other" }, ""},
		"missing":       {func(d *collect.Draft) { d.Config = json.RawMessage(`{}`) }, "config"},
		"wrong type":    {func(d *collect.Draft) { d.Config = json.RawMessage(`{"topic":7}`) }, "config.topic"},
		"not known":     {func(d *collect.Draft) { d.Config = json.RawMessage(`{"topic":"x","more":1}`) }, "config"},
		"no JSON":       {func(d *collect.Draft) { d.Config = json.RawMessage(`{`) }, "config"},
		"bad schedule":  {func(d *collect.Draft) { d.Schedule = "every day" }, "schedule"},
		"notice unread": {func(*collect.Draft) {}, "agree"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := &board{}
			if c.field == "agree" {
				b.notice = "This place forbids it. Go on?"
			}
			h := newHouse(t, testkit.SQLite(t), b)
			d := draft()
			c.edit(&d)
			_, err := h.Create(h.ctx, d)
			if fault.KindOf(err) != fault.Invalid || c.field != "" && !strings.Contains(err.Error(), c.field+":") {
				t.Errorf("%v", err)
			}
		})
	}
}

func TestANoticeIsAgreedToOnceAndHeldInEveryWayToRun(t *testing.T) {
	t.Parallel()
	h := newHouse(t, testkit.SQLite(t), &board{posts: 1, per: 1, notice: "This place forbids it. Go on?"})
	d := draft()
	d.Enabled = false
	src := h.create(t, d)
	if _, err := h.RunNow(h.ctx, src.ID); fault.KindOf(err) != fault.Invalid {
		t.Errorf("run: %v", err)
	}
	if _, err := h.Try(h.ctx, "", d); fault.KindOf(err) != fault.Invalid {
		t.Errorf("test: %v", err)
	}
	d.Agree, d.Enabled = true, true
	src, err := h.Update(h.ctx, src.ID, &src.Version, d)
	if err != nil || src.AgreedAt == nil {
		t.Fatal(err)
	}
	if r := h.run(t, src.ID); r.Created != 1 {
		t.Errorf("%+v", r)
	}
}

func TestOnlyAdministratorsSetUpSources(t *testing.T) {
	t.Parallel()
	h := newHouse(t, testkit.SQLite(t), &board{posts: 1, per: 1})
	src := h.create(t, draft())
	for _, role := range []account.Role{account.RoleUser, account.RoleViewer} {
		ctx := account.With(t.Context(), account.Viewer{Role: role, UserID: "u"})
		_, made := h.Create(ctx, draft())
		_, changed := h.Update(ctx, src.ID, nil, draft())
		_, ran := h.RunNow(ctx, src.ID)
		_, tried := h.Try(ctx, "", draft())
		_, stopped := h.Stop(ctx, "x")
		for _, err := range []error{made, changed, ran, tried, stopped, h.Delete(ctx, src.ID)} {
			if fault.KindOf(err) != fault.Forbidden {
				t.Errorf("%s: %v", role, err)
			}
		}
	}
}

func TestATestShowsFiveAndStoresNothing(t *testing.T) {
	t.Parallel()
	h := newHouse(t, testkit.SQLite(t), &board{posts: 40, per: 3})
	got, err := h.Try(h.ctx, "", draft())
	if err != nil || len(got.Finds) != 5 || got.Pages != 2 || len(h.names(t)) != 0 {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestADeletedSourceRunsNoMoreAndItsLeadsStay(t *testing.T) {
	t.Parallel()
	databases(t, func(t *testing.T, d *db.DB) {
		t.Helper()
		h := newHouse(t, d, &board{posts: 2, per: 5})
		src := h.create(t, draft())
		h.run(t, src.ID)
		if err := h.Delete(h.ctx, src.ID); err != nil {
			t.Fatal(err)
		}
		h.clock.Advance(48 * time.Hour)
		n := len(h.jobs.runs)
		if err := h.Tick(h.ctx); err != nil || len(h.jobs.runs) != n || len(h.names(t)) != 2 {
			t.Errorf("%d jobs, %d leads, %v", len(h.jobs.runs), len(h.names(t)), err)
		}
		if _, err := h.Get(h.ctx, src.ID); fault.KindOf(err) != fault.NotFound {
			t.Errorf("%v", err)
		}
	})
}
