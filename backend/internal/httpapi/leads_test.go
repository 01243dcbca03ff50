package httpapi_test

import (
	"encoding/csv"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"winnow/backend/internal/account"
	"winnow/backend/internal/event"
	"winnow/backend/internal/httpapi"
	"winnow/backend/internal/id"
	"winnow/backend/internal/intake"
	"winnow/backend/internal/lead"
	"winnow/backend/internal/platform/db"
	"winnow/backend/internal/profile"
	"winnow/backend/internal/settings"
	"winnow/backend/internal/testkit"
)

// leadWorld is the API of leads over a real database, with two users, an administrator and a viewer.
type leadWorld struct {
	*api
	db                     *db.DB
	ann, bob, boss, onlook account.Viewer
}

func serveLeads(t *testing.T, d *db.DB) leadWorld {
	t.Helper()
	c := testkit.Clock()
	actor := func() func(string, account.Role) account.Viewer {
		return func(name string, role account.Role) account.Viewer {
			v := account.Viewer{UserID: id.New(), Role: role, Kind: account.KindSession}
			err := d.Write.Exec("INSERT INTO users (id, email, email_key, name, role, created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?)",
				v.UserID, name, name, name, string(role), c.Now(), c.Now()).Error
			if err != nil {
				t.Fatal(err)
			}
			return v
		}
	}()
	log := event.New(d, c, nil)
	p := profile.NewService(d, log, c)
	if _, err := p.Seed(t.Context(), profile.DefaultName, t.TempDir()); err != nil {
		t.Fatal(err)
	}
	in := intake.New(intake.Config{DB: d, Log: log, Clock: c, Dir: t.TempDir(), Region: "GB"})
	s := lead.NewService(lead.NewStore(d, c), log, httpapi.NewLeadRules("GB"))
	return leadWorld{
		api: serve(t, httpapi.NewLeads(s, p, in), httpapi.NewSamples(intake.Samples{Leads: s, Door: in}), httpapi.NewSettings(settings.New(d, c, log, "EUR"))), db: d,
		ann: actor("ann", account.RoleUser), bob: actor("bob", account.RoleUser), boss: actor("boss", account.RoleAdmin), onlook: actor("look", account.RoleViewer),
	}
}

func (w leadWorld) add(v account.Viewer, fields map[string]any) httpapi.LeadResponse {
	w.t.Helper()
	var l httpapi.LeadResponse
	w.as(v).do(http.MethodPost, "/leads", fields).want(http.StatusCreated).into(&l)
	return l
}

func TestLeadIsAddedChangedClaimedDeletedAndBroughtBack(t *testing.T) {
	t.Parallel()
	testkit.Databases(t, func(t *testing.T, d *db.DB) {
		w := serveLeads(t, d)
		ann := w.as(w.ann)
		l := w.add(w.ann, map[string]any{"name": "Mia Wong", "email": "Mia@Acme.example", "phone": "020 7946 0018", "custom": map[string]string{"budget": "500"}, "tags": []string{"vip"}})
		if l.Email != "mia@acme.example" || l.Phone != "+442079460018" || l.OwnerID == nil || *l.OwnerID != w.ann.UserID || l.Source != "manual" || l.Custom["budget"] != "500" || len(l.Tags) != 1 {
			t.Fatalf("%+v", l)
		}
		var twin httpapi.LeadResponse
		ann.do(http.MethodPost, "/leads", map[string]any{"name": "Mia Wong", "email": "mia@acme.example", "title": "Owner"}).want(http.StatusOK).into(&twin)
		if twin.ID != l.ID || twin.Title != "Owner" {
			t.Errorf("the same person again: %+v", twin)
		}
		path := "/leads/" + l.ID
		etag := ann.do(http.MethodGet, path, nil).want(http.StatusOK).header.Get("ETag")
		var after httpapi.LeadResponse
		ann.with("If-Match", etag).do(http.MethodPut, path, `{"status":"contacted","value_micros":2500000,"custom":{"budget":null},"linkedin_url":"linkedin.com/in/Mia-Wong/?x=1"}`).want(http.StatusOK).into(&after)
		if after.Status != "contacted" || *after.ValueMicros != 2_500_000 || len(after.Custom) != 0 || after.LinkedinURL != "https://www.linkedin.com/in/mia-wong" {
			t.Errorf("%+v", after)
		}
		if a := ann.with("If-Match", etag).do(http.MethodPut, path, `{"status":"won"}`).want(http.StatusPreconditionFailed); a.code() != "lead_stale" {
			t.Error(a.code())
		}
		if a := ann.do(http.MethodPut, path, `{"email":"x","country":"Atlantis","status":"maybe","naam":"y"}`).want(http.StatusBadRequest); len(a.fields()) == 0 {
			t.Errorf("%s", a.body)
		}
		ann.do(http.MethodPut, path, `{"value_micros":null}`).want(http.StatusOK).into(&after)
		if after.ValueMicros != nil {
			t.Error("null does not clear")
		}
		var origins httpapi.ProvenanceList
		ann.do(http.MethodGet, path+"/provenance", nil).want(http.StatusOK).into(&origins)
		var events httpapi.EventList
		ann.do(http.MethodGet, path+"/timeline", nil).want(http.StatusOK).into(&events)
		if len(origins.Items) < 5 || len(events.Items) < 3 || events.Items[len(events.Items)-1].Type != "lead.found" {
			t.Errorf("%+v\n%+v", origins, events)
		}
		ann.do(http.MethodDelete, path, nil).want(http.StatusNoContent)
		ann.do(http.MethodGet, path, nil).want(http.StatusNotFound)
		ann.do(http.MethodPost, path+"/restore", nil).want(http.StatusOK)
		free := w.add(w.boss, map[string]any{"name": "Free Lead"})
		ann.do(http.MethodPut, "/leads/"+free.ID, `{"title":"x"}`).want(http.StatusForbidden)
		ann.do(http.MethodPost, "/leads/"+free.ID+"/claim", nil).want(http.StatusOK).into(&after)
		if *after.OwnerID != w.ann.UserID {
			t.Errorf("%+v", after)
		}
		var done httpapi.LeadBulkResponse
		ann.do(http.MethodPost, "/leads/bulk", map[string]any{"filter": "owner = me", "action": "tag", "tags": []string{"mine"}}).want(http.StatusOK).into(&done)
		if done.Count != 2 {
			t.Errorf("%+v", done)
		}
		ann.do(http.MethodPost, "/leads/bulk", `{"action":"delete","ids":[]}`).want(http.StatusBadRequest)
		ann.do(http.MethodPost, "/leads/bulk", map[string]any{"ids": done.IDs, "filter": "x", "action": "delete"}).want(http.StatusBadRequest)
	})
}

func TestA14_ForeignLeadsShowNowhereAndStayAsTheyAre(t *testing.T) {
	t.Parallel()
	testkit.Databases(t, func(t *testing.T, d *db.DB) {
		w := serveLeads(t, d)
		canary := w.add(w.bob, map[string]any{"name": "Canary Bird", "company": "Canary Ltd", "custom": map[string]string{"canary": "canary"}})
		before := tableOf(t, d, "leads") + tableOf(t, d, "events")
		ann, path := w.as(w.ann), "/leads/"+canary.ID
		for _, c := range []struct{ method, path, body string }{
			{"GET", path, ""},
			{"GET", path + "/provenance", ""},
			{"GET", path + "/timeline", ""},
			{"DELETE", path, ""},
			{"PUT", path, `{"name":"x"}`},
			{"POST", path + "/claim", ""},
			{"POST", path + "/restore", ""},
		} {
			ann.do(c.method, c.path, maybe(c.body)).want(http.StatusNotFound)
		}
		for _, p := range []string{
			"/leads", "/leads?q=canary", "/leads?filter=" + url.QueryEscape(`name contains canary or not (name contains canary)`), "/leads/export?format=json", "/leads/export",
			"/leads?filter=" + url.QueryEscape("owner = "+w.bob.UserID),
		} {
			if a := ann.do(http.MethodGet, p, nil).want(http.StatusOK); strings.Contains(strings.ToLower(string(a.body)), "canary") || strings.Contains(string(a.body), `"total":1`) {
				t.Errorf("%s shows a foreign lead: %s", p, a.body)
			}
		}
		ann.do(http.MethodPost, "/leads/bulk", map[string]any{"ids": []string{canary.ID}, "action": "delete"}).want(http.StatusOK)
		look := w.as(w.onlook)
		look.do(http.MethodGet, path, nil).want(http.StatusOK)
		for _, c := range []struct{ method, path, body string }{
			{"PUT", path, `{"name":"x"}`},
			{"DELETE", path, ""},
			{"POST", path + "/claim", ""},
			{"POST", "/leads", `{"name":"x"}`},
			{"POST", "/leads/bulk", `{"action":"delete"}`},
			{"POST", "/samples", ""},
			{"DELETE", "/samples", ""},
			{"PUT", "/settings", `{"name":"x"}`},
		} {
			look.do(c.method, c.path, maybe(c.body)).want(http.StatusForbidden)
		}
		if after := tableOf(t, d, "leads") + tableOf(t, d, "events"); after != before {
			t.Errorf("the database changed:\n%s\n%s", before, after)
		}
	})
}

func maybe(body string) any {
	if body == "" {
		return nil
	}
	return body
}

func tableOf(t *testing.T, d *db.DB, name string) string {
	t.Helper()
	var rows []string
	if err := d.Read.Table(name).Order("id").Pluck("id || ' ' || "+map[string]string{"leads": "name || version", "events": "type"}[name], &rows).Error; err != nil {
		t.Fatal(err)
	}
	return strings.Join(rows, "\n")
}

func TestA15_ColumnsThatAreNotInTheContractCannotBeSet(t *testing.T) {
	t.Parallel()
	w := serveLeads(t, testkit.SQLite(t))
	l := w.add(w.ann, map[string]any{"name": "Mia"})
	for _, column := range []string{
		"id", "seq", "score", "grade", "pain_id", "pain_quote", "created_at", "updated_at", "deleted_at", "archived_at", "version", "analyzed_at",
		"last_activity_at", "company_id", "source", "role", "sent_at", "settings",
	} {
		a := w.as(w.ann).do(http.MethodPut, "/leads/"+l.ID, map[string]any{column: "x"}).want(http.StatusBadRequest)
		if a.fields()[column] != "unknown_field" {
			t.Errorf("%s: %s", column, a.body)
		}
		if column != "source" {
			w.as(w.ann).do(http.MethodPost, "/leads", map[string]any{"name": "Zoe", column: "x"}).want(http.StatusBadRequest)
		}
	}
	w.as(w.ann).do(http.MethodPut, "/leads/"+l.ID, map[string]any{"owner_id": w.bob.UserID}).want(http.StatusForbidden)
	w.as(w.ann).do(http.MethodPost, "/leads", map[string]any{"name": "Zoe", "owner_id": w.bob.UserID}).want(http.StatusBadRequest)
	var now httpapi.LeadResponse
	w.as(w.ann).do(http.MethodGet, "/leads/"+l.ID, nil).into(&now)
	if now.Version != l.Version || *now.OwnerID != w.ann.UserID {
		t.Errorf("%+v", now)
	}
}

func TestListIsPagedSearchedAndFiltered(t *testing.T) {
	t.Parallel()
	w := serveLeads(t, testkit.SQLite(t))
	for _, n := range []string{"Ann Able", "Bo Baker", "Cy Cole"} {
		w.add(w.boss, map[string]any{"name": n, "content": "We lose orders, says " + n, "source": "reddit"})
	}
	boss := w.as(w.boss)
	var page httpapi.LeadList
	boss.do(http.MethodGet, "/leads?limit=2&sort=name", nil).want(http.StatusOK).into(&page)
	if page.Total != 3 || len(page.Items) != 2 || page.NextCursor == nil || page.Items[0].Name != "Ann Able" || page.Items[0].Grade != nil || page.Items[0].Score != nil {
		t.Fatalf("%+v", page)
	}
	var rest httpapi.LeadList
	boss.do(http.MethodGet, "/leads?limit=2&sort=name&cursor="+*page.NextCursor, nil).want(http.StatusOK).into(&rest)
	if len(rest.Items) != 1 || rest.NextCursor != nil || rest.Total != 3 {
		t.Errorf("%+v", rest)
	}
	boss.do(http.MethodGet, "/leads?q=orders+cole&filter="+url.QueryEscape("source = reddit"), nil).want(http.StatusOK).into(&rest)
	if len(rest.Items) != 1 || rest.Items[0].Highlights["name"][0] != [2]int{3, 7} || rest.Items[0].Highlights["content"][0] != [2]int{8, 14} {
		t.Errorf("%+v", rest)
	}
	for _, q := range []string{"filter=gade%20=%20A", "sort=x", "cursor=x", "limit=201", "limit=0", "q=%21", "foo=1", "filter=a&filter=b"} {
		boss.do(http.MethodGet, "/leads?"+q, nil).want(http.StatusBadRequest)
	}
	if a := boss.do(http.MethodGet, "/leads?filter=gade%20=%20A", nil); !strings.Contains(string(a.body), "grade") || a.fields()["filter"] != "unknown_field" {
		t.Errorf("no hint: %s", a.body)
	}
}

func TestExportReadBackGivesTheSameLeads(t *testing.T) {
	t.Parallel()
	testkit.Databases(t, func(t *testing.T, d *db.DB) {
		w := serveLeads(t, d)
		w.add(w.boss, map[string]any{"name": "=Mia", "company": "+Acme", "phone": "+44 20 7946 0018", "content": "@home, -5 degrees\n=1+1", "tags": []string{"a", "b"}, "custom": map[string]string{"budget": "=9"}})
		for format, kind := range map[string]string{"csv": "text/csv; charset=utf-8", "json": "application/json", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"} {
			a := w.as(w.boss).do(http.MethodGet, "/leads/export?format="+format, nil).want(http.StatusOK)
			if a.header.Get("Content-Type") != kind || !strings.Contains(a.header.Get("Content-Disposition"), "leads-2026-03-02."+format) || len(a.body) == 0 {
				t.Errorf("%s: %v", format, a.header)
			}
		}
		w.as(w.boss).do(http.MethodGet, "/leads/export?format=pdf", nil).want(http.StatusBadRequest)
		file := w.as(w.boss).do(http.MethodGet, "/leads/export", nil).want(http.StatusOK).body
		lines, err := csv.NewReader(strings.NewReader(string(file))).ReadAll()
		if err != nil || len(lines) != 2 {
			t.Fatal(lines, err)
		}
		in := intake.New(intake.Config{DB: d, Log: event.New(d, testkit.Clock(), nil), Clock: testkit.Clock(), Dir: t.TempDir()})
		ctx := account.With(t.Context(), w.boss)
		if err := d.Write.Exec("DELETE FROM leads").Error; err != nil { // as if the file went to another workspace
			t.Fatal(err)
		}
		pre, err := in.Upload(ctx, "leads.csv", strings.NewReader(string(file)), intake.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := in.Start(ctx, pre.Import.ID, intake.Options{}); err != nil {
			t.Fatal(err)
		}
		if _, err := in.Run(ctx, pre.Import.ID, nil); err != nil {
			t.Fatal(err)
		}
		var page httpapi.LeadList
		w.as(w.boss).do(http.MethodGet, "/leads?sort=created_at", nil).want(http.StatusOK).into(&page)
		for _, l := range page.Items {
			if l.Name != "=Mia" || l.Company != "+Acme" || l.Phone != "+442079460018" || l.Content != "@home, -5 degrees\n=1+1" || len(l.Tags) != 2 || l.Custom["budget"] != "=9" || len(l.Custom) != 1 {
				t.Errorf("read back: %+v", l)
			}
		}
		if page.Total != 1 {
			t.Errorf("%d leads read back, want 1", page.Total)
		}
	})
}

func TestSamplesComeGoAndComeBack(t *testing.T) {
	t.Parallel()
	testkit.Databases(t, func(t *testing.T, d *db.DB) {
		w := serveLeads(t, d)
		ann := w.as(w.ann)
		count := func(method string, status, want int) {
			t.Helper()
			var n httpapi.SamplesResponse
			ann.do(method, "/samples", nil).want(status).into(&n)
			if n.Count != want {
				t.Errorf("%s counts %d, want %d", method, n.Count, want)
			}
		}
		count(http.MethodPost, http.StatusCreated, 10)
		count(http.MethodPost, http.StatusCreated, 0)
		var page httpapi.LeadList
		ann.do(http.MethodGet, "/leads?filter="+url.QueryEscape("source = sample and tags has sample"), nil).want(http.StatusOK).into(&page)
		if page.Total != 10 {
			t.Errorf("%d samples in the list", page.Total)
		}
		count(http.MethodDelete, http.StatusOK, 10)
		count(http.MethodDelete, http.StatusOK, 0)
		count(http.MethodPost, http.StatusCreated, 10)
	})
}

func TestSettingsAreReadAndChanged(t *testing.T) {
	t.Parallel()
	w := serveLeads(t, testkit.SQLite(t))
	var s httpapi.SettingsResponse
	etag := w.as(w.onlook).do(http.MethodGet, "/settings", nil).want(http.StatusOK).into(&s).header.Get("ETag")
	if s.Currency != "EUR" || s.Version != 0 {
		t.Errorf("%+v", s)
	}
	w.as(w.ann).do(http.MethodPut, "/settings", `{"name":"x"}`).want(http.StatusForbidden)
	w.as(w.boss).with("If-Match", etag).do(http.MethodPut, "/settings", `{"name":"Nord","timezone":"Asia/Kolkata"}`).want(http.StatusOK).into(&s)
	w.as(w.boss).with("If-Match", etag).do(http.MethodPut, "/settings", `{"name":"Süd"}`).want(http.StatusPreconditionFailed)
	if s.Name != "Nord" || s.Timezone != "Asia/Kolkata" || s.Version != 1 {
		t.Errorf("%+v", s)
	}
	w.as(w.boss).do(http.MethodPut, "/settings", `{"timezone":"Mars/Base"}`).want(http.StatusBadRequest)
}

func TestA18_StoredPayloadsStayText(t *testing.T) {
	t.Parallel()
	testkit.Databases(t, func(t *testing.T, d *db.DB) {
		w := serveLeads(t, d)
		payloads := []string{
			`x'); DROP TABLE leads; --`, `x" OR 1=1 --`, `$1 ? @x :y`, `a\' UNION SELECT password_hash FROM users --`, `{"$ne":null}`, `%_`, "<img src=x onerror=1>", "x'||pg_sleep(9)||'x",
		}
		for _, p := range payloads {
			l := w.add(w.ann, map[string]any{"name": p, "company": p, "title": p, "content": p, "custom": map[string]string{p: p}})
			w.as(w.ann).do(http.MethodPut, "/leads/"+l.ID, map[string]any{"tags": []string{p}}).want(http.StatusOK)
		}
		ann := w.as(w.ann)
		for _, p := range payloads {
			quoted := `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(p) + `"`
			for _, f := range []string{"tags has " + quoted, "custom." + quoted + " = " + quoted, "title = " + quoted} {
				var page httpapi.LeadList
				ann.do(http.MethodGet, "/leads?filter="+url.QueryEscape(f), nil).want(http.StatusOK).into(&page)
				if page.Total != 1 || page.Items[0].Tags[0] != p || page.Items[0].Custom[p] != p {
					t.Errorf("%s finds %d", f, page.Total)
				}
			}
			var done httpapi.LeadBulkResponse
			ann.do(http.MethodPost, "/leads/bulk", map[string]any{"filter": "tags has " + quoted, "action": "tag", "tags": []string{p + "2"}}).want(http.StatusOK).into(&done)
			if done.Count != 1 {
				t.Errorf("bulk over %s touches %d", p, done.Count)
			}
		}
		for _, format := range []string{"csv", "json", "xlsx"} {
			ann.do(http.MethodGet, "/leads/export?format="+format, nil).want(http.StatusOK)
		}
		for _, sort := range []string{"name", "-title", "company"} {
			var page httpapi.LeadList
			ann.do(http.MethodGet, "/leads?limit=3&sort="+sort, nil).want(http.StatusOK).into(&page)
			ann.do(http.MethodGet, "/leads?limit=3&sort="+sort+"&cursor="+*page.NextCursor, nil).want(http.StatusOK)
		}
	})
}
