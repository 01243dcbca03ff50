package profile_test

import (
	"context"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"winnow/backend/internal/account"
	"winnow/backend/internal/clock"
	"winnow/backend/internal/event"
	"winnow/backend/internal/fault"
	"winnow/backend/internal/platform/db"
	"winnow/backend/internal/profile"
	"winnow/backend/internal/testkit"
)

// world is a service over a database of its own.
type world struct {
	*profile.Service
	clock *clock.Virtual
	log   *event.Log
	ctx   context.Context // an admin's
	dir   string          // of seed files
}

func newWorld(t *testing.T, d *db.DB) world {
	t.Helper()
	c := testkit.Clock()
	log := event.New(d, c, nil)
	return world{profile.NewService(d, log, c), c, log, account.With(t.Context(), account.Viewer{Role: account.RoleAdmin, Kind: account.KindSession}), t.TempDir()}
}

// write puts a file of the test's folder in place; the virtual second makes its time differ.
func (w world) write(t *testing.T, kind, text string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(w.dir, profile.FileName(kind)), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func (w world) version(t *testing.T) int {
	t.Helper()
	set, err := w.Current(w.ctx)
	if err != nil {
		t.Fatal(err)
	}
	return set.Version
}

func (w world) changes(t *testing.T) []event.Event {
	t.Helper()
	all, err := w.log.Since(w.ctx, 0, 100)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func docsOf(t *testing.T, template string) map[string]string {
	t.Helper()
	docs, err := profile.TemplateFiles(template)
	if err != nil {
		t.Fatal(err)
	}
	return docs
}

func TestFirstSeedStartsFromTheTemplateWhenThereAreNoFiles(t *testing.T) {
	t.Parallel()
	testkit.Databases(t, func(t *testing.T, d *db.DB) {
		t.Helper()
		w := newWorld(t, d)
		if _, err := w.Current(w.ctx); !fault.Is(err, fault.NotFound) {
			t.Fatal(err)
		}
		set, err := w.Seed(w.ctx, profile.DefaultName, filepath.Join(w.dir, "absent"))
		if err != nil || set == nil || set.Version != 1 || set.Company.Name != "Stockline" {
			t.Fatal(set, err)
		}
		if again, err := w.Seed(w.ctx, profile.DefaultName, w.dir); again != nil || err != nil || w.version(t) != 1 {
			t.Error(again, err)
		}
		if evs := w.changes(t); len(evs) != 1 || evs[0].Type != profile.EventChanged || evs[0].SubjectID != "default" {
			t.Errorf("%+v", evs)
		}
	})
}

func TestSeedTakesOnlyFilesThatChangedSoEditsInTheAppStay(t *testing.T) {
	t.Parallel()
	testkit.Databases(t, func(t *testing.T, d *db.DB) {
		t.Helper()
		w := newWorld(t, d)
		seed := func() *profile.Set {
			t.Helper()
			set, err := w.Seed(w.ctx, profile.DefaultName, w.dir)
			if err != nil {
				t.Fatal(err)
			}
			return set
		}
		docs := docsOf(t, "retail")
		for kind, text := range docs {
			w.write(t, kind, text)
		}
		if set := seed(); set.Version != 1 || set.Company.Name != "Tillbridge" {
			t.Fatalf("%+v", set)
		}
		edited := strings.Replace(docs["company"], "Tillbridge", "Edited Ltd", 1)
		if _, err := w.Save(w.ctx, profile.DefaultName, map[string]string{"company": edited}, 1, ""); err != nil {
			t.Fatal(err)
		}
		if set := seed(); set != nil {
			t.Error("an unchanged file must not undo an edit")
		}
		w.write(t, "audience", docs["audience"]+"# note\n")
		if set := seed(); set == nil || set.Version != 3 || set.Company.Name != "Edited Ltd" {
			t.Errorf("a change of one file must leave the others' edits: %+v", set)
		}
		w.write(t, "company", strings.Replace(docs["company"], "Tillbridge", "From File Ltd", 1))
		if set := seed(); set == nil || set.Version != 4 || set.Company.Name != "From File Ltd" {
			t.Errorf("a file changed later wins: %+v", set)
		}
		kinds := w.changes(t)[3].Data["kinds"]
		if got, ok := kinds.([]any); !ok || len(got) != 1 || got[0] != "company" {
			t.Errorf("%#v", kinds)
		}
	})
}

func TestBrokenSeedChangesNothingAndNamesThePlace(t *testing.T) {
	t.Parallel()
	w := newWorld(t, testkit.SQLite(t))
	w.write(t, "company", "name: [\n")
	_, err := w.Seed(w.ctx, profile.DefaultName, w.dir)
	got := profile.FaultsOf(err)
	if !fault.Is(err, fault.Invalid) || len(got) != 3 || !strings.HasPrefix(got[0].Pos(), filepath.Join(w.dir, "company.yaml")+":1:") {
		t.Fatal(err, got)
	}
	if _, err := w.Current(w.ctx); !fault.Is(err, fault.NotFound) {
		t.Error("something was stored", err)
	}
	if len(w.changes(t)) != 0 {
		t.Error("an event without a change")
	}
}

func TestAFaultyFileStopsTheStartOnlyWithoutAProfile(t *testing.T) {
	t.Parallel()
	w := newWorld(t, testkit.SQLite(t))
	var heard []error
	report := func(_ *profile.Set, err error) { heard = append(heard, err) }
	w.write(t, "company", "name: [\n")
	if err := w.Open(w.ctx, profile.DefaultName, w.dir, report); !fault.Is(err, fault.Invalid) || len(heard) != 0 {
		t.Error(err, heard)
	}
	if err := w.Open(w.ctx, profile.DefaultName, t.TempDir(), report); err != nil || len(heard) != 1 || heard[0] != nil {
		t.Error(err, heard)
	}
	if err := w.Open(w.ctx, profile.DefaultName, w.dir, report); err != nil || len(heard) != 2 || !fault.Is(heard[1], fault.Invalid) || w.version(t) != 1 {
		t.Error(err, heard)
	}
}

func TestSaveMakesVersionsAndNothingElse(t *testing.T) {
	t.Parallel()
	testkit.Databases(t, func(t *testing.T, d *db.DB) {
		t.Helper()
		w := newWorld(t, d)
		docs := docsOf(t, "saas")
		one, err := w.Save(w.ctx, "default", docs, 0, "first")
		if err != nil || one.Version != 1 {
			t.Fatal(one, err)
		}
		if same, err := w.Save(w.ctx, "default", docs, 1, "again"); err != nil || same.Version != 1 {
			t.Error("equal documents must not make a version", same, err)
		}
		if _, err := w.Save(w.ctx, "default", map[string]string{"audience": "industries: 1\n"}, 1, ""); !fault.Is(err, fault.Invalid) || len(profile.FaultsOf(err)) != 3 {
			t.Error(err)
		}
		if _, err := w.Save(w.ctx, "default", map[string]string{"painpoints": ""}, 1, ""); !fault.Is(err, fault.Invalid) || !strings.Contains(err.Error(), `Did you mean "pain_points"?`) {
			t.Error(err)
		}
		two, err := w.Save(w.ctx, "default", map[string]string{"company": docsOf(t, "retail")["company"]}, 1, "")
		if err != nil || two.Version != 2 || two.Company.Name != "Tillbridge" || two.Audience.QualifiedFrom != one.Audience.QualifiedFrom || two.Checksum == one.Checksum {
			t.Error(two, err)
		}
		if _, err := w.Save(w.ctx, "default", docs, 1, ""); !fault.Is(err, fault.Stale) {
			t.Error(err)
		}
		three, err := w.Restore(w.ctx, "default", 1)
		if err != nil || three.Version != 3 || three.Checksum != one.Checksum {
			t.Error(three, err)
		}
		four, err := w.Apply(w.ctx, "default", "services")
		if err != nil || four.Version != 4 || four.Company.Name != "Slotwise" {
			t.Error(four, err)
		}
		list, err := w.Versions(w.ctx, "default", 0, 2)
		if err != nil || len(list) != 2 || list[0].Version != 4 || list[0].Note != "from the template services" || list[1].Note != "restored from version 1" || !list[0].CreatedAt.Equal(w.clock.Now()) {
			t.Errorf("%+v %v", list, err)
		}
		if rest, err := w.Versions(w.ctx, "default", 3, 50); err != nil || len(rest) != 2 || rest[1].Version != 1 {
			t.Errorf("%+v %v", rest, err)
		}
		if old, err := w.At(w.ctx, "default", 2); err != nil || old.Company.Name != "Tillbridge" {
			t.Error(old, err)
		}
		got, err := w.Documents(w.ctx, "default")
		if err != nil || got.Set.Version != 4 || !maps.Equal(got.YAML, docsOf(t, "services")) {
			t.Error("the texts must come back as they were written", err)
		}
		for _, err := range []error{second(w.At(w.ctx, "default", 9)), second(w.Restore(w.ctx, "default", 9)), second(w.Apply(w.ctx, "default", "x")), second(w.Get(w.ctx, "other"))} {
			if !fault.Is(err, fault.NotFound) {
				t.Error(err)
			}
		}
		if n := len(w.changes(t)); n != 4 {
			t.Errorf("%d events for 4 versions", n)
		}
	})
}

func second(_ *profile.Set, err error) error { return err }

func TestA14_OnlyAdminsAndKeysWithTheScopeMayChangeTheProfile(t *testing.T) {
	t.Parallel()
	w := newWorld(t, testkit.SQLite(t))
	if _, err := w.Seed(w.ctx, "default", w.dir); err != nil {
		t.Fatal(err)
	}
	as := func(v account.Viewer) context.Context { return account.With(t.Context(), v) }
	tests := []struct {
		name string
		ctx  context.Context
		want fault.Kind
	}{
		{"nobody", t.Context(), fault.Unauthenticated},
		{"viewer", as(account.Viewer{Role: account.RoleViewer, Kind: account.KindSession}), fault.Forbidden},
		{"user", as(account.Viewer{Role: account.RoleUser, Kind: account.KindSession}), fault.Forbidden},
		{"admin's key without the scope", as(account.Viewer{Role: account.RoleAdmin, Kind: account.KindAPIKey, Scopes: []string{"leads:write"}}), fault.Forbidden},
		{"user's key with the scope", as(account.Viewer{Role: account.RoleUser, Kind: account.KindAPIKey, Scopes: []string{"profile:write"}}), fault.Forbidden},
	}
	for _, tt := range tests {
		for what, err := range map[string]error{
			"save": second(w.Save(tt.ctx, "default", docsOf(t, "saas"), 0, "")), "restore": second(w.Restore(tt.ctx, "default", 1)), "apply": second(w.Apply(tt.ctx, "default", "saas")),
		} {
			if !fault.Is(err, tt.want) {
				t.Errorf("%s, %s: %v", tt.name, what, err)
			}
		}
	}
	if w.version(t) != 1 {
		t.Error("a refused change was stored")
	}
	key := as(account.Viewer{Role: account.RoleAdmin, Kind: account.KindAPIKey, Scopes: []string{"profile:write"}})
	if _, err := w.Apply(key, "default", "saas"); err != nil {
		t.Error(err)
	}
}

func TestWritersAtOnceNeverShareAVersion(t *testing.T) {
	t.Parallel()
	testkit.Databases(t, func(t *testing.T, d *db.DB) {
		t.Helper()
		w := newWorld(t, d)
		if _, err := w.Seed(w.ctx, "default", w.dir); err != nil {
			t.Fatal(err)
		}
		var mu sync.Mutex
		seen := map[int]bool{}
		var wg sync.WaitGroup
		for i := range 4 {
			wg.Go(func() {
				set, err := w.Save(w.ctx, "default", map[string]string{"company": "name: C" + string(rune('a'+i)) + "\ncategory: c\none_liner: o\n"}, 0, "")
				if err != nil {
					t.Error(err)
					return
				}
				mu.Lock()
				defer mu.Unlock()
				if seen[set.Version] {
					t.Error("two writers got version", set.Version)
				}
				seen[set.Version] = true
			})
		}
		wg.Wait()
		if w.version(t) != 5 {
			t.Error(w.version(t))
		}
	})
}

func TestAnotherProcessSeesAChangeWithinASecond(t *testing.T) {
	t.Parallel()
	d := testkit.SQLite(t)
	w := newWorld(t, d)
	other := profile.NewService(d, w.log, w.clock)
	if _, err := w.Seed(w.ctx, "default", w.dir); err != nil {
		t.Fatal(err)
	}
	before, err := other.Current(w.ctx)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Apply(w.ctx, "default", "saas"); err != nil {
		t.Fatal(err)
	}
	if now, err := w.Current(w.ctx); err != nil || now.Version != 2 {
		t.Error("the same process sees it at once", now, err)
	}
	if again, err := other.Current(w.ctx); err != nil || again != before {
		t.Error("answered from memory within the second", again, err)
	}
	w.clock.Advance(time.Second)
	if now, err := other.Current(w.ctx); err != nil || now.Version != 2 {
		t.Error(now, err)
	}
}

func TestWatchTakesAFileOverOnceItStandsStill(t *testing.T) {
	t.Parallel()
	w := newWorld(t, testkit.SQLite(t))
	docs := docsOf(t, "saas")
	for kind, text := range docs {
		w.write(t, kind, text)
	}
	tick := make(chan time.Time)
	type heard struct {
		set *profile.Set
		err error
	}
	reports := make(chan heard, 10)
	ctx, stop := context.WithCancel(w.ctx)
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		w.Watch(ctx, "default", w.dir, tick, func(s *profile.Set, err error) { reports <- heard{s, err} })
	}()
	ticks := func(n int) { // the n+1st is taken only when the work of the nth is done
		for range n {
			tick <- time.Time{}
		}
	}
	none := func(when string) {
		t.Helper()
		select {
		case h := <-reports:
			t.Errorf("%s: %+v", when, h)
		default:
		}
	}
	ticks(1)
	ticks(1)
	if h := <-reports; h.err != nil || h.set.Version != 1 {
		t.Fatalf("%+v", h)
	}
	ticks(3)
	none("nothing changed")
	w.write(t, "company", "name: [half written\n")
	ticks(2)
	if h := <-reports; !fault.Is(h.err, fault.Invalid) {
		t.Fatalf("%+v", h)
	}
	ticks(3)
	none("a faulty file is reported once")
	w.write(t, "company", strings.Replace(docs["company"], "Queuewell", "Q2", 1))
	ticks(2)
	if h := <-reports; h.err != nil || h.set.Version != 2 || h.set.Company.Name != "Q2" {
		t.Fatalf("%+v", h)
	}
	stop()
	<-ended
}
