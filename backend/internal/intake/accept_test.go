package intake_test

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"winnow/backend/internal/account"
	"winnow/backend/internal/fault"
	"winnow/backend/internal/id"
	"winnow/backend/internal/intake"
	"winnow/backend/internal/lead"
	"winnow/backend/internal/platform/db"
	"winnow/backend/internal/testkit"
)

const people = "Name,Email,Phone,Company,LinkedIn URL,Title\n" +
	"Jo Doe,jo@acme.example,+1 512 555 0100,Acme Inc,https://uk.linkedin.com/in/Jo-Doe/?trk=x,\n" +
	"Al Roe,al@acme.example,,Acme,,CTO\n" +
	"jo doe,JO@acme.example,,,,Owner\n" +
	"Al Roe,al@acme.example,,Acme,,CTO\n" +
	",,,,,nothing but a title\n"

func fatesOf(i *intake.Import) string {
	return fmt.Sprintf("created %d updated %d unchanged %d duplicate %d rejected %d of %d", i.Created, i.Updated, i.Unchanged, i.Duplicate, i.Rejected, i.RowsTotal)
}

func TestTheSameFileTwiceChangesNothing(t *testing.T) {
	t.Parallel()
	testkit.Databases(t, func(t *testing.T, d *db.DB) {
		t.Helper()
		h := newHouse(t, d)
		first := h.bring(t, "people.csv", []byte(people), intake.Options{})
		if got := fatesOf(first); got != "created 2 updated 1 unchanged 0 duplicate 1 rejected 1 of 5" {
			t.Fatal(got)
		}
		before := h.leads(t)
		sightings, provenance := h.count(t, "lead_sightings"), h.count(t, "field_provenance")
		h.clock.Advance(time.Hour)
		second := h.bring(t, "people.csv", []byte(people), intake.Options{})
		if got := fatesOf(second); got != "created 0 updated 0 unchanged 4 duplicate 0 rejected 1 of 5" {
			t.Error(got)
		}
		after := h.leads(t)
		for i := range before {
			if before[i].Version != after[i].Version || !before[i].UpdatedAt.Equal(after[i].UpdatedAt) {
				t.Errorf("%s changed", after[i].Name)
			}
		}
		if h.count(t, "lead_sightings") != sightings || h.count(t, "field_provenance") != provenance || len(after) != 2 {
			t.Error("something was added")
		}
	})
}

func TestMergeFillsAndNeverOverwrites(t *testing.T) {
	t.Parallel()
	testkit.Databases(t, func(t *testing.T, d *db.DB) {
		t.Helper()
		h := newHouse(t, d)
		h.bring(t, "people.csv", []byte(people), intake.Options{})
		imp := h.bring(t, "more.csv", []byte("Email,Title,Company,Phone,Industry\njo@acme.example,Boss,Other Ltd,,Steel\nal@acme.example,,,+1 512 555 0111,\n"), intake.Options{})
		if imp.Updated != 2 {
			t.Error(fatesOf(imp))
		}
		jo, al := h.leads(t)[0], h.leads(t)[1]
		if jo.Title != "Owner" || jo.Company != "Acme Inc" || jo.Industry != "Steel" || jo.Phone != "+15125550100" || jo.LinkedinURL != "https://www.linkedin.com/in/jo-doe" {
			t.Errorf("%+v", jo)
		}
		if al.Phone != "+15125550111" || al.CompanyID == nil || *al.CompanyID != *jo.CompanyID {
			t.Errorf("%+v; companies should be one", al)
		}
		var rows []lead.Provenance
		if err := d.Read.Where("lead_id = ? AND field = 'title'", jo.ID).Order("at, id").Find(&rows).Error; err != nil {
			t.Fatal(err)
		}
		if len(rows) != 2 || rows[0].Value != "Owner" || !rows[0].Current || rows[1].Value != "Boss" || rows[1].Current {
			t.Errorf("provenance of the title: %+v", rows)
		}
	})
}

// Inputs 13, 17 and 18 of the list of real inputs that broke other tools.
func TestWhoIsWho(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		csv  string
		want int
	}{
		"gmail dots and tags":               {"Name,Email\nJohn Doe,john.doe+crm@googlemail.com\nJohn Doe,johndoe@gmail.com\n", 1},
		"case":                              {"Name,Email\nJane,Jane@Acme.example\nJane,jane@acme.example\n", 1},
		"dots elsewhere count":              {"Name,Email\nJ,j.doe@acme.example\nJ,jdoe@acme.example\n", 2},
		"second address in one cell":        {"Name,Email\nA,a@acme.example;b@acme.example\nA,b@acme.example\n", 1},
		"a desk is no person":               {"Name,Email\nJo Doe,info@acme.example\nAl Roe,info@acme.example\n", 2},
		"nor is a placeholder":              {"Name,Email\nJo Doe,test@test.com\nAl Roe,test@test.com\nX Y,n/a\n", 3},
		"one line, two people":              {"Name,Phone\nRaj Patel,+1 512 555 0100\nAmit Patel,+1 512 555 0100\n", 2},
		"one line, one person":              {"Name,Phone\nRaj Patel,+1 512 555 0100\nR. Patel,(512) 555-0100\n", 1},
		"profile in two spellings":          {"Name,LinkedIn\nA,https://de.linkedin.com/in/Ada-X/?x=1\nAda,linkedin.com/in/ada-x\n", 1},
		"same name is no identity":          {"Name,Company\nJo Doe,Acme\nJo Doe,Bolt\n", 2},
		"the same row is":                   {"Name,Company\nJo Doe,Acme\nJo Doe,Acme\n", 1},
		"switchboard":                       {"Name,Corporate Phone\nJo Doe,+1 512 555 0100\nJo Roe,+1 512 555 0100\n", 2},
		"umlaut domain in two forms":        {"Name,Email\nA,jo@müller.de\nA,jo@xn--mller-kva.de\n", 1},
		"ids of a tool, other people":       {"Record ID,Lifecycle Stage,First Name,Email\n1,Lead,Jo,jo@a.example\n1,Lead,Al,al@b.example\n", 2},
		"ids of a tool, address changed":    {"Record ID,Lifecycle Stage,First Name,Email\n1,Lead,Jo,jo@a.example\n1,Lead,Jo,jo@b.example\n", 1},
		"small ids of no tool are no proof": {"ID,Name,Email\n1,Jo,jo@a.example\n1,Jo,jo@b.example\n", 2},
		"one post, its author":              {"Name,URL,Content\nu/a,https://r.example/1?utm_source=x,Help with stock\nu/a,https://r.example/1,Help with stock\n", 1},
		"one post, two commenters":          {"Name,URL,Content\nu/a,https://r.example/1,Help\nu/b,https://r.example/1,Me too\n", 2},
	} {
		h := newHouse(t, testkit.SQLite(t))
		if h.bring(t, "x.csv", []byte(c.csv), intake.Options{DefaultRegion: "US"}); len(h.leads(t)) != c.want {
			t.Errorf("%s: %d leads, want %d", name, len(h.leads(t)), c.want)
		}
	}
}

// Input 14: a lead that was deleted and comes again is brought back, not made twice.
func TestADeletedLeadComesBack(t *testing.T) {
	t.Parallel()
	testkit.Databases(t, func(t *testing.T, d *db.DB) {
		t.Helper()
		h := newHouse(t, d)
		h.bring(t, "people.csv", []byte(people), intake.Options{})
		jo := h.leads(t)[0]
		if _, err := lead.NewService(lead.NewStore(d, h.clock), h.events, nil).Apply(h.ctx, lead.Bulk{IDs: []string{jo.ID}, Action: lead.ActionDelete}); err != nil {
			t.Fatal(err)
		}
		if len(h.leads(t)) != 1 {
			t.Fatal("not deleted")
		}
		imp := h.bring(t, "again.csv", []byte("Name,Email,Industry\nJo Doe,jo@acme.example,Steel\n"), intake.Options{})
		all := h.leads(t)
		if len(all) != 2 || all[0].ID != jo.ID || all[0].Industry != "Steel" || imp.Updated != 1 || imp.Warnings.V[0].Code != "lead_restored" {
			t.Errorf("%d leads, %s, %+v", len(all), fatesOf(imp), imp.Warnings.V)
		}
		imp = h.bring(t, "again.csv", []byte("Name,LinkedIn\nJo Doe,https://www.linkedin.com/in/jo-doe\n"), intake.Options{})
		if len(h.leads(t)) != 2 || imp.Created != 0 {
			t.Errorf("its other identities did not come back: %s", fatesOf(imp))
		}
	})
}

func TestTwoImportsAtOnceMakeNoTwin(t *testing.T) {
	t.Parallel()
	testkit.Databases(t, func(t *testing.T, d *db.DB) {
		t.Helper()
		h := newHouse(t, d)
		var b bytes.Buffer
		b.WriteString("Name,Email,Phone,Company\n")
		for i := range 1200 {
			fmt.Fprintf(&b, "Person %d,p%d@acme.example,+1 512 555 %04d,Firm %d\n", i, i, i, i%40)
		}
		var wg sync.WaitGroup
		imports := make([]*intake.Import, 4)
		errs := make([]error, 4)
		for n := range imports {
			p, err := h.Upload(h.ctx, "x.csv", bytes.NewReader(b.Bytes()), intake.Options{})
			if err == nil {
				_, err = h.Start(h.ctx, p.Import.ID, intake.Options{})
			}
			if err != nil {
				t.Fatal(err)
			}
			wg.Go(func() { imports[n], errs[n] = h.Run(h.ctx, p.Import.ID, nil) })
		}
		wg.Wait()
		created := 0
		for n, imp := range imports {
			if errs[n] != nil {
				t.Fatal(errs[n])
			}
			created += imp.Created
			if imp.Done() != 1200 || imp.Rejected != 0 {
				t.Errorf("import %d: %s", n, fatesOf(imp))
			}
		}
		if created != 1200 || len(h.leads(t)) != 1200 || h.count(t, "companies") != 40 {
			t.Errorf("%d created, %d leads, %d companies", created, len(h.leads(t)), h.count(t, "companies"))
		}
	})
}

func TestUsersTouchNoLeadOfAColleague(t *testing.T) {
	t.Parallel()
	testkit.Databases(t, func(t *testing.T, d *db.DB) {
		t.Helper()
		h := newHouse(t, d)
		ann, bob := id.New(), id.New()
		for n, u := range []string{ann, bob} {
			err := d.Tx(h.ctx, func(tx *gormDB) error {
				return tx.Exec("INSERT INTO users (id, email, email_key, name, role, password_hash, created_at, updated_at) VALUES (?, ?, ?, ?, 'user', '', ?, ?)",
					u, fmt.Sprintf("u%d@winnow.example", n), fmt.Sprintf("u%d@winnow.example", n), "U", h.clock.Now(), h.clock.Now()).Error
			})
			if err != nil {
				t.Fatal(err)
			}
		}
		as := func(user string) *house {
			c := *h
			c.ctx = account.With(t.Context(), account.Viewer{UserID: user, Role: account.RoleUser, Kind: account.KindSession})
			return &c
		}
		as(ann).bring(t, "x.csv", []byte("Name,Email\nJo,jo@acme.example\n"), intake.Options{})
		if l := h.leads(t)[0]; l.OwnerID == nil || *l.OwnerID != ann {
			t.Fatalf("a user's import is not theirs: %+v", l)
		}
		imp := as(bob).bring(t, "y.csv", []byte("Name,Email,Title\nJo,jo@acme.example,CEO\nAl,al@acme.example,CTO\n"), intake.Options{})
		if got := fatesOf(imp); got != "created 1 updated 0 unchanged 0 duplicate 0 rejected 1 of 2" {
			t.Error(got)
		}
		if l := h.leads(t)[0]; l.Title != "" || l.Version != 1 {
			t.Errorf("a colleague's lead was changed: %+v", l)
		}
		rows, _, err := h.Rows(h.ctx, imp.ID, intake.Rejected, 0, 10)
		if err != nil || len(rows) != 1 || rows[0].Code != "lead_not_yours" || rows[0].LeadID != nil {
			t.Errorf("%+v %v", rows, err)
		}
		if _, err := as(ann).Get(as(ann).ctx, imp.ID); !fault.Is(err, fault.NotFound) {
			t.Errorf("a colleague's import can be seen: %v", err)
		}
		h.bring(t, "z.csv", []byte("Name,Email\nEve,eve@acme.example\n"), intake.Options{}) // nobody's
		imp = as(bob).bring(t, "z.csv", []byte("Name,Email,Title\nEve,eve@acme.example,\nEve,eve@acme.example,CFO\n"), intake.Options{})
		if got := fatesOf(imp); got != "created 0 updated 0 unchanged 1 duplicate 0 rejected 1 of 2" {
			t.Error(got)
		}
		if l := h.leads(t)[2]; l.Title != "" || l.Version != 1 {
			t.Errorf("an unclaimed lead was changed: %+v", l)
		}
		viewer := account.With(t.Context(), account.Viewer{UserID: ann, Role: account.RoleViewer, Kind: account.KindSession})
		if _, err := h.Upload(viewer, "x.csv", strings.NewReader("Name\nX\n"), intake.Options{}); !fault.Is(err, fault.Forbidden) {
			t.Errorf("a viewer may import: %v", err)
		}
		if _, err := h.Upload(as(bob).ctx, "x.csv", strings.NewReader("Name\nX\n"), intake.Options{OwnerID: &ann}); !fault.Is(err, fault.Invalid) {
			t.Errorf("a user may give leads away: %v", err)
		}
	})
}

func TestADryRunSaysWhatTheRunThenDoes(t *testing.T) {
	t.Parallel()
	testkit.Databases(t, func(t *testing.T, d *db.DB) {
		t.Helper()
		h := newHouse(t, d)
		h.bring(t, "people.csv", []byte(people), intake.Options{})
		var b strings.Builder
		b.WriteString("Name,Email,Title,Company,Notes\n")
		for i := range 1300 {
			fmt.Fprintf(&b, "P%d,p%d@acme.example,,Acme,\n", i%700, i%700)
			if i%5 == 0 {
				fmt.Fprintf(&b, "P%d,p%d@acme.example,Owner,,note %d\n,,,,\n,,,,only a note\n", i%700, i%700, i)
			}
		}
		b.WriteString("Jo,jo@acme.example,,,new\n")
		p, err := h.Upload(h.ctx, "x.csv", strings.NewReader(b.String()), intake.Options{})
		if err != nil {
			t.Fatal(err)
		}
		before := h.count(t, "leads")
		dry, err := h.DryRun(h.ctx, p.Import.ID, intake.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if h.count(t, "leads") != before || h.count(t, "import_rows") != 5 {
			t.Error("a dry run wrote something")
		}
		if _, err := h.Start(h.ctx, p.Import.ID, intake.Options{}); err != nil {
			t.Fatal(err)
		}
		run, err := h.Run(h.ctx, p.Import.ID, nil)
		if err != nil {
			t.Fatal(err)
		}
		if fatesOf(dry) != fatesOf(run) || run.Done() != run.RowsTotal || run.Updated == 0 || run.Duplicate == 0 {
			t.Errorf("said %s, did %s", fatesOf(dry), fatesOf(run))
		}
	})
}

func TestOneLeadByHand(t *testing.T) {
	t.Parallel()
	testkit.Databases(t, func(t *testing.T, d *db.DB) {
		t.Helper()
		h := newHouseWith(t, d, intake.Config{Region: "US"})
		first, created, err := h.AcceptOne(h.ctx, map[string]string{"name": "Jo Doe", "email": "Jo@Acme.example", "phone": "512 555 0100", "tags": "vip,new", "custom.budget": "500"}, "manual")
		if err != nil || !created {
			t.Fatal(created, err)
		}
		again, created, err := h.AcceptOne(h.ctx, map[string]string{"email": "jo@acme.example", "title": "CEO"}, "manual")
		if err != nil || created || again != first {
			t.Errorf("%s %v %v", again, created, err)
		}
		l := h.leads(t)[0]
		if l.Title != "CEO" || l.Phone != "+15125550100" || l.Custom.V["budget"] != "500" || len(l.Tags.V) != 2 || l.Source != "manual" {
			t.Errorf("%+v", l)
		}
		_, _, err = h.AcceptOne(context.WithoutCancel(h.ctx), map[string]string{"name": "X", "email": "nonsense", "phone": "9.1E+11"}, "manual")
		if f := fieldsOf(err); len(f) != 2 || f["email"] != "email_invalid" || f["phone"] != "phone_scientific" {
			t.Errorf("%v", err)
		}
	})
}
