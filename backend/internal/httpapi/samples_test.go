package httpapi_test

import (
	"bytes"
	"mime/multipart"
	"strings"

	"winnow/backend/internal/account"
	"winnow/backend/internal/httpapi"
)

// sample is a request that is right in every way, for who may send it.
type sample struct {
	path   string            // under the API prefix; ids filled in
	body   any               // JSON; nil for none
	file   string            // a file's content: the request is multipart
	header map[string]string // further ones
	status int               // of success; 0 = any below 300
	extra  []string          // model columns that this body may rightly hold (A15)
	rows   bool              // who sees the lead is decided per row: foreign ones are refused or left out
}

// samples has a request for every operation, around a fresh tree x that the caller may use. Add a line for each new
// operation.
func samples() map[string]func(f *fixture, c *caller, x tree) sample {
	get := func(path string) func(*fixture, *caller, tree) sample {
		return func(*fixture, *caller, tree) sample { return sample{path: path} }
	}
	lead := func(tail string, body any, extra ...string) func(*fixture, *caller, tree) sample {
		return func(_ *fixture, _ *caller, x tree) sample {
			return sample{path: "/leads/" + x.lead + tail, body: body, rows: true, extra: extra}
		}
	}
	batch := func(tail string) func(*fixture, *caller, tree) sample {
		return func(_ *fixture, _ *caller, x tree) sample { return sample{path: "/batches/" + x.batch + tail} }
	}
	imports := func(tail string) func(*fixture, *caller, tree) sample {
		return func(_ *fixture, _ *caller, x tree) sample { return sample{path: "/imports/" + x.importID + tail} }
	}
	leadFields := []string{"name", "title", "company", "email", "phone", "url", "source", "source_id", "content", "industry", "location", "country", "timezone", "company_size", "language", "status", "owner_id", "tags", "custom", "value_micros", "posted_at", "linkedin_url"}
	return map[string]func(*fixture, *caller, tree) sample{
		"setup.get": get("/setup"),
		"setup.create": func(*fixture, *caller, tree) sample {
			return sample{path: "/setup", body: map[string]any{"name": "Eve", "email": "eve@example.com", "password": goodPassword}, status: 409, extra: []string{"name", "email", "password"}}
		},
		"auth.login": func(*fixture, *caller, tree) sample {
			return sample{path: "/auth/login", body: map[string]any{"email": "spare@example.com", "password": goodPassword}, extra: []string{"email", "password"}}
		},
		"auth.refresh": func(*fixture, *caller, tree) sample { return sample{path: "/auth/refresh", status: 401} },
		"auth.logout":  func(*fixture, *caller, tree) sample { return sample{path: "/auth/logout"} },
		"auth.reset": func(*fixture, *caller, tree) sample {
			return sample{path: "/auth/reset", body: map[string]any{"email": "spare@example.com"}, extra: []string{"email"}}
		},
		"auth.reset_confirm": func(*fixture, *caller, tree) sample {
			return sample{path: "/auth/reset/confirm", body: map[string]any{"token": "no", "password": "nine slow barges pass by"}, status: 400, extra: []string{"password"}}
		},
		"auth.accept": func(*fixture, *caller, tree) sample {
			return sample{path: "/auth/accept", body: map[string]any{"token": "no", "name": "Eve", "password": goodPassword}, status: 400, extra: []string{"name", "password"}}
		},
		"auth.logout_all": func(*fixture, *caller, tree) sample { return sample{path: "/auth/logout-all"} },
		"auth.password": func(*fixture, *caller, tree) sample {
			return sample{path: "/auth/password", body: map[string]any{"current": "wrong", "new": goodPassword}, status: 400}
		},
		"me.get": get("/me"),
		"me.preferences": func(*fixture, *caller, tree) sample {
			return sample{path: "/me/preferences", body: map[string]any{"theme": "dark"}, extra: []string{"timezone"}}
		},
		"permissions.list": get("/permissions"),
		"system.get":       get("/system"),
		"sessions.list":    get("/sessions"),
		"sessions.revoke": func(f *fixture, c *caller, _ tree) sample {
			return sample{path: "/sessions/" + f.newSession(c)}
		},
		"api_keys.list": get("/api-keys"),
		"api_keys.create": func(*fixture, *caller, tree) sample {
			return sample{path: "/api-keys", body: map[string]any{"name": "k", "scopes": []string{"leads:read"}}, extra: []string{"name", "scopes", "expires_at"}}
		},
		"api_keys.revoke": func(f *fixture, c *caller, _ tree) sample {
			return sample{path: "/api-keys/" + f.newKey(c)}
		},
		"users.list": get("/users"),
		"users.invite": func(_ *fixture, _ *caller, x tree) sample {
			return sample{path: "/users", body: map[string]any{"email": "new-" + x.mark + "@example.com", "role": "user"}, extra: []string{"email", "role"}}
		},
		"users.update": func(f *fixture, _ *caller, x tree) sample {
			return sample{path: "/users/" + f.newUser(x), body: map[string]any{"role": "viewer"}, extra: []string{"role"}}
		},
		"users.delete": func(f *fixture, _ *caller, x tree) sample { return sample{path: "/users/" + f.newUser(x)} },
		"users.reset_link": func(f *fixture, _ *caller, x tree) sample {
			return sample{path: "/users/" + f.newUser(x) + "/reset-link"}
		},

		"leads.list":          get("/leads?q=canary&sort=-created_at"),
		"leads.get":           lead("", nil),
		"leads.provenance":    lead("/provenance", nil),
		"leads.timeline":      lead("/timeline", nil),
		"leads.related":       lead("/related", nil),
		"leads.filter_fields": get("/leads/filter-fields"),
		"leads.export":        get("/leads/export?format=csv"),
		"leads.export_chosen": func(_ *fixture, _ *caller, x tree) sample {
			return sample{path: "/leads/export", body: map[string]any{"ids": []string{x.lead}, "columns": []string{"name", "grade"}}, extra: []string{"format", "filter", "q", "sort"}}
		},
		"leads.create": func(f *fixture, _ *caller, _ tree) sample {
			return sample{path: "/leads", body: map[string]any{"name": "New " + str(f.serial), "company": "Acme"}, extra: leadFields}
		},
		"leads.update": lead("", map[string]any{"title": "Changed"}, leadFields...),
		"leads.delete": lead("", nil),
		"leads.claim": func(_ *fixture, _ *caller, x tree) sample {
			return sample{path: "/leads/" + x.lead + "/claim", rows: true}
		},
		"leads.restore": func(f *fixture, _ *caller, x tree) sample {
			f.exec("UPDATE leads SET deleted_at = created_at WHERE id = ?", x.lead)
			return sample{path: "/leads/" + x.lead + "/restore", rows: true}
		},
		"leads.bulk": func(_ *fixture, _ *caller, x tree) sample {
			return sample{path: "/leads/bulk", body: map[string]any{"ids": []string{x.lead}, "action": "tag", "tags": []string{"seen"}}, rows: true, extra: []string{"owner_id", "status", "tags"}}
		},
		"leads.bulk_undo": func(f *fixture, c *caller, x tree) sample {
			return sample{path: "/leads/bulk/" + f.newChange(c, x) + "/undo", rows: true}
		},
		"leads.merge": func(f *fixture, c *caller, x tree) sample {
			y := f.newTree(f.treeOwner(x))
			return sample{path: "/leads/merge", body: map[string]any{"survivor_id": x.lead, "merged_ids": []string{y.lead}}, rows: true}
		},
		"duplicates.list": get("/duplicates?min_score=0.5"),
		"duplicates.get": func(f *fixture, _ *caller, x tree) sample {
			return sample{path: "/duplicates/" + f.newPair(x), rows: true}
		},
		"duplicates.judge": func(f *fixture, _ *caller, x tree) sample {
			return sample{path: "/duplicates/" + f.newPair(x), body: map[string]any{"verdict": "different"}, rows: true}
		},
		"duplicates.bulk": func(f *fixture, _ *caller, x tree) sample {
			f.newPair(x)
			return sample{path: "/duplicates/bulk", body: map[string]any{"min_score": 0.9, "verdict": "skip"}, rows: true}
		},
		"leads.merges":    lead("/merges", nil),
		"merges.list":     get("/merges?state=done"),
		"companies.pairs": get("/companies/duplicates?min_score=0.5"),
		"companies.judge": func(f *fixture, _ *caller, x tree) sample {
			return sample{path: "/companies/duplicates/" + f.newCompanyPair(x), body: map[string]any{"verdict": "different"}, extra: []string{"survivor_id"}}
		},
		"companies.merges": get("/companies/merges"),
		"companies.undo": func(f *fixture, _ *caller, x tree) sample {
			p := f.newCompanyPair(x)
			f.prepare("POST", "/companies/duplicates/"+p, map[string]any{"verdict": "merge"}, nil)
			var made []string
			if err := f.product.DB.Read.Table("company_merges").Where("pair_id = ?", p).Pluck("id", &made).Error; err != nil || len(made) != 1 {
				f.t.Fatal(made, err)
			}
			return sample{path: "/companies/merges/" + made[0] + "/undo"}
		},
		"merges.get": func(f *fixture, c *caller, x tree) sample {
			return sample{path: "/merges/" + f.newMerge(x), rows: true}
		},
		"merges.undo": func(f *fixture, c *caller, x tree) sample {
			return sample{path: "/merges/" + f.newMerge(x) + "/undo", body: map[string]any{}, rows: true}
		},
		"merges.bulk_undo": func(f *fixture, c *caller, x tree) sample {
			return sample{path: "/merges/undo", body: map[string]any{"ids": []string{f.newMerge(x)}}, rows: true}
		},
		"merges.redo": func(f *fixture, c *caller, x tree) sample {
			m := f.newMerge(x)
			f.prepare("POST", "/merges/"+m+"/undo", map[string]any{}, nil)
			return sample{path: "/merges/" + m + "/redo", body: map[string]any{}, rows: true}
		},
		"views.list": get("/views"),
		"views.create": func(f *fixture, _ *caller, _ tree) sample {
			f.serial++
			return sample{path: "/views", body: viewBody("V " + str(f.serial)), extra: []string{"id", "name", "sort", "position"}}
		},
		"views.update": func(f *fixture, c *caller, _ tree) sample {
			return sample{path: "/views/" + f.newView(c), body: viewBody("W " + str(f.serial)), extra: []string{"name", "sort", "position"}}
		},
		"views.delete": func(f *fixture, c *caller, _ tree) sample { return sample{path: "/views/" + f.newView(c)} },
		"leads.estimate": func(_ *fixture, _ *caller, x tree) sample {
			return sample{path: "/leads/estimate", body: map[string]any{"ids": []string{x.lead}, "analyzer": "rules"}, extra: []string{"name", "draft", "budget_micros", "analyzer"}}
		},
		"leads.batch_analyze": func(_ *fixture, _ *caller, x tree) sample {
			return sample{path: "/leads/batch-analyze", body: map[string]any{"ids": []string{x.lead}, "analyzer": "rules"}, rows: true, extra: []string{"name", "draft", "budget_micros", "analyzer"}}
		},
		"leads.analyze": func(_ *fixture, _ *caller, x tree) sample {
			return sample{path: "/leads/analyze", body: map[string]any{"lead_id": x.lead, "analyzer": "rules"}, rows: true, extra: []string{"lead_id", "analyzer"}}
		},
		"leads.import": func(f *fixture, _ *caller, _ tree) sample {
			return sample{path: "/leads/import", file: "Name,Email\nIda,ida" + str(f.serial) + "@example.com\n"}
		},
		"corrections.export": get("/corrections?format=jsonl"),
		"analyses.list":      lead("/analyses", nil),
		"analyses.what_if": func(_ *fixture, _ *caller, x tree) sample {
			return sample{path: "/leads/" + x.lead + "/analyses/" + x.analysis + "/what-if", body: map[string]any{"off": []string{"c1"}}, rows: true}
		},
		"analyses.correct": func(_ *fixture, _ *caller, x tree) sample {
			return sample{path: "/leads/" + x.lead + "/analyses/" + x.analysis + "/correction", body: map[string]any{"off": []string{"c1"}, "note": "a joke"}, rows: true}
		},
		"analyses.uncorrect": func(f *fixture, _ *caller, x tree) sample {
			path := "/leads/" + x.lead + "/analyses/" + x.analysis + "/correction"
			f.prepare("PUT", path, map[string]any{"off": []string{"c1"}}, nil)
			return sample{path: path, rows: true}
		},
		"messages.get":      lead("/message", nil),
		"messages.versions": lead("/message/versions", nil),
		"messages.draft":    lead("/message", map[string]any{"writer": "template"}, "template_id", "writer"),
		"messages.update":   lead("/message", map[string]any{"subject": "Hello", "body": "A body"}, "subject", "body"),

		"templates.list": get("/templates"),
		"templates.create": func(_ *fixture, _ *caller, x tree) sample {
			return sample{path: "/templates", body: map[string]any{"name": "T " + x.mark, "subject": "Hi", "body": "Hello {{company|there}}"}, extra: []string{"name", "subject", "body"}}
		},
		"templates.update": func(f *fixture, c *caller, x tree) sample {
			return sample{path: "/templates/" + f.newTemplate(c, x), body: map[string]any{"name": "U " + x.mark, "subject": "Hi", "body": "Hello {{company|there}}"}, extra: []string{"name", "subject", "body"}}
		},
		"templates.delete": func(f *fixture, c *caller, x tree) sample { return sample{path: "/templates/" + f.newTemplate(c, x)} },
		"templates.preview": func(_ *fixture, _ *caller, x tree) sample {
			return sample{path: "/templates/preview", body: map[string]any{"lead_id": x.lead, "subject": "Hi", "body": "Hello {{company|there}}"}, rows: true, extra: []string{"subject", "body"}}
		},

		"batches.list":     get("/batches"),
		"batches.get":      batch(""),
		"batches.failures": batch("/failures"),
		"batches.results":  batch("/results"),
		"batches.log":      batch("/log"),
		"batches.pause": func(f *fixture, _ *caller, x tree) sample {
			f.exec("UPDATE batches SET status = 'running', finished_at = NULL WHERE id = ?", x.batch)
			return sample{path: "/batches/" + x.batch + "/pause"}
		},
		"batches.resume": func(f *fixture, _ *caller, x tree) sample {
			f.exec("UPDATE batches SET status = 'paused', finished_at = NULL WHERE id = ?", x.batch)
			return sample{path: "/batches/" + x.batch + "/resume"}
		},
		"batches.cancel": func(f *fixture, _ *caller, x tree) sample {
			f.exec("UPDATE batches SET status = 'running', finished_at = NULL WHERE id = ?", x.batch)
			return sample{path: "/batches/" + x.batch + "/cancel"}
		},
		"batches.retry": batch("/retry"),
		"batches.retry_failure": func(_ *fixture, _ *caller, x tree) sample {
			return sample{path: "/batches/" + x.batch + "/failures/" + x.lead + "/retry", rows: true}
		},

		"imports.list":    get("/imports"),
		"imports.get":     imports(""),
		"imports.rejects": imports("/rejects"),
		"imports.rows":    imports("/rows"),
		"imports.run": func(f *fixture, c *caller, x tree) sample {
			return sample{path: "/imports/" + f.newPreview(c, x) + "/run", body: map[string]any{}, extra: []string{"owner_id", "tags", "source", "mapping", "encoding"}}
		},
		"imports.dry_run": func(f *fixture, c *caller, x tree) sample {
			return sample{path: "/imports/" + f.newPreview(c, x) + "/dry-run", body: map[string]any{}, extra: []string{"owner_id", "tags", "source", "mapping", "encoding"}}
		},
		"duplicates.sweep":  func(*fixture, *caller, tree) sample { return sample{path: "/duplicates/sweep"} },
		"duplicates.swept":  get("/duplicates/sweep"),
		"duplicates.policy": get("/duplicates/policy"),
		"duplicates.decide": func(*fixture, *caller, tree) sample {
			return sample{path: "/duplicates/policy", body: map[string]any{"rule": "longest"}, extra: []string{"rule", "rules"}}
		},
		"imports.pause": func(f *fixture, c *caller, x tree) sample {
			imp := f.newPreview(c, x)
			f.exec("UPDATE imports SET status = 'running' WHERE id = ?", imp)
			return sample{path: "/imports/" + imp + "/pause"}
		},
		"imports.resume": func(f *fixture, c *caller, x tree) sample {
			imp := f.newPreview(c, x)
			f.exec("UPDATE imports SET status = 'paused' WHERE id = ?", imp)
			return sample{path: "/imports/" + imp + "/resume"}
		},
		"imports.file": func(f *fixture, c *caller, x tree) sample {
			return sample{path: "/imports/" + f.newPreview(c, x) + "/file"}
		},
		"imports.undo_plan": func(f *fixture, c *caller, x tree) sample {
			imp := f.newPreview(c, x)
			f.exec("UPDATE imports SET status = 'finished', created = 1 WHERE id = ?", imp)
			return sample{path: "/imports/" + imp + "/undo"}
		},
		"imports.undo": func(f *fixture, c *caller, x tree) sample {
			imp := f.newPreview(c, x)
			f.exec("UPDATE imports SET status = 'finished', created = 1 WHERE id = ?", imp)
			return sample{path: "/imports/" + imp + "/undo", body: map[string]any{"all": false}}
		},
		"samples.load":   func(*fixture, *caller, tree) sample { return sample{path: "/samples"} },
		"samples.delete": func(*fixture, *caller, tree) sample { return sample{path: "/samples"} },

		"sources.kinds": get("/sources/kinds"),
		"sources.list":  get("/sources"),
		"sources.create": func(*fixture, *caller, tree) sample {
			return sample{path: "/sources", body: sourceBody(), extra: sourceFields()}
		},
		"sources.try": func(*fixture, *caller, tree) sample {
			return sample{path: "/sources/try", body: sourceBody(), status: anyStatus, extra: append(sourceFields(), "id")}
		},
		"sources.get":  func(f *fixture, _ *caller, _ tree) sample { return sample{path: "/sources/" + f.newSource()} },
		"sources.runs": func(f *fixture, _ *caller, _ tree) sample { return sample{path: "/sources/" + f.newSource() + "/runs"} },
		"sources.update": func(f *fixture, _ *caller, _ tree) sample {
			return sample{path: "/sources/" + f.newSource(), body: sourceBody(), extra: sourceFields()}
		},
		"sources.delete": func(f *fixture, _ *caller, _ tree) sample { return sample{path: "/sources/" + f.newSource()} },
		"sources.run":    func(f *fixture, _ *caller, _ tree) sample { return sample{path: "/sources/" + f.newSource() + "/run"} },
		"sources.stop": func(f *fixture, _ *caller, _ tree) sample {
			run, err := f.product.Sources.RunNow(account.With(f.t.Context(), account.System()), f.newSource())
			if err != nil {
				f.t.Fatal(err)
			}
			return sample{path: "/sources/runs/" + run.ID + "/stop"}
		},

		"profile.get":      get("/profile"),
		"profile.versions": get("/profile/versions"),
		"profile.version":  get("/profile/versions/1"),
		"profile.schema":   get("/profile/schema"),
		"profile.preview": func(_ *fixture, _ *caller, x tree) sample {
			return sample{path: "/profile/preview", body: map[string]any{"lead_ids": []string{x.lead}}}
		},
		"profile.templates": get("/profile/templates"),
		"profile.validate": func(*fixture, *caller, tree) sample {
			return sample{path: "/profile/validate", body: map[string]any{"kind": "company", "yaml": "name: Acme"}, extra: []string{"kind"}}
		},
		"profile.update": func(f *fixture, _ *caller, _ tree) sample {
			return sample{path: "/profile", body: f.profileBody(), extra: []string{"note"}}
		},
		"profile.restore": func(*fixture, *caller, tree) sample { return sample{path: "/profile/versions/1/restore"} },
		"profile.apply":   func(*fixture, *caller, tree) sample { return sample{path: "/profile/templates/saas/apply"} },

		"settings.get": get("/settings"),
		"settings.update": func(*fixture, *caller, tree) sample {
			return sample{path: "/settings", body: map[string]any{"name": "Acme"}, extra: []string{"name", "currency", "timezone", "analyzer", "draft"}}
		},
		"settings.ai_get": get("/settings/ai"),
		"settings.ai_update": func(*fixture, *caller, tree) sample {
			return sample{path: "/settings/ai", body: map[string]any{"rpm": 10}, extra: []string{"model"}}
		},
		"settings.ai_test":   func(*fixture, *caller, tree) sample { return sample{path: "/settings/ai/test", status: anyStatus} },
		"settings.ai_models": func(*fixture, *caller, tree) sample { return sample{path: "/settings/ai/models", status: anyStatus} },
		"budgets.list":       get("/budgets"),
		"budgets.update": func(*fixture, *caller, tree) sample {
			return sample{path: "/budgets/day", body: map[string]any{"limit_micros": 5_000_000}, extra: []string{"limit_micros"}}
		},

		"analytics.overview": get("/analytics/overview"),
		"analytics.quality":  get("/analytics/quality"),
		"ws.connect": func(*fixture, *caller, tree) sample {
			return sample{path: "/ws", status: anyStatus, header: map[string]string{"Origin": "http://localhost:8080"}}
		},
	}
}

// anyStatus is for what needs more than a request to succeed; it must only not be refused.
const anyStatus = -1

// play makes the request of a sample.
func (a *api) play(route httpapi.Route, s sample) answer {
	a.t.Helper()
	b := a
	for k, v := range s.header {
		b = b.with(k, v)
	}
	if s.file == "" {
		return b.do(route.Method, s.path, s.body)
	}
	var buf bytes.Buffer
	w := multipart.NewWriter(&buf)
	part, err := w.CreateFormFile("file", "leads.csv")
	if err != nil {
		a.t.Fatal(err)
	}
	if _, err := part.Write([]byte(s.file)); err != nil {
		a.t.Fatal(err)
	}
	if err := w.WriteField("options", `{"mode":"run"}`); err != nil {
		a.t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		a.t.Fatal(err)
	}
	return b.with("Content-Type", w.FormDataContentType()).do(route.Method, s.path, strings.NewReader(buf.String()))
}

func (f *fixture) newSession(c *caller) string {
	f.t.Helper()
	name := c.name
	if c.id == "" || c.key() || c.dead {
		name = "spare"
	}
	if _, err := f.product.Quick.Login(f.t.Context(), name+"@example.com", goodPassword, false, account.Client{IP: "127.0.0.1"}); err != nil {
		f.t.Fatal(err)
	}
	var sid string
	if err := f.product.DB.Read.Table("sessions").Where("user_id = ?", f.callers[name].id).Order("created_at DESC, id DESC").Limit(1).Pluck("id", &sid).Error; err != nil {
		f.t.Fatal(err)
	}
	return sid
}

func (f *fixture) newKey(c *caller) string {
	f.t.Helper()
	owner := c.id
	if owner == "" {
		owner = f.callers["spare"].id
	}
	ctx := account.With(f.t.Context(), account.Viewer{UserID: owner, Role: account.RoleAdmin, Kind: account.KindSession})
	_, row, err := f.product.Quick.CreateKey(ctx, account.NewKey{Name: "k", Scopes: []string{"leads:read"}})
	if err != nil {
		f.t.Fatal(err)
	}
	return row.ID
}

func (f *fixture) newUser(x tree) string {
	f.t.Helper()
	u, err := f.product.Quick.AddUser(account.With(f.t.Context(), account.System()), account.NewUser{Name: "Temp", Email: "temp-" + x.mark + "@example.com", Password: goodPassword}, account.RoleUser)
	if err != nil {
		f.t.Fatal(err)
	}
	return u.ID
}

// admin is an API call by the admin, to prepare something.
func (f *fixture) prepare(method, path string, body, into any) {
	f.t.Helper()
	a := f.by(f.callers["spare"]).do(method, path, body)
	if a.status >= 300 {
		f.t.Fatalf("prepare %s %s: %d %s", method, path, a.status, a.body)
	}
	if into != nil {
		a.into(into)
	}
}

func viewBody(name string) map[string]any {
	return map[string]any{"name": name, "filter": "grade = A", "sort": "-score", "columns": []map[string]any{{"id": "name", "width": 200}}}
}

// made is what a caller makes by the API; the spare admin, where the caller may not.
func (f *fixture) made(c *caller, op, path string, body map[string]any, into any) {
	f.t.Helper()
	if c.permitted(op) != 0 {
		c = f.callers["spare"]
	}
	a := f.by(c).do("POST", path, body)
	if a.status >= 300 {
		f.t.Fatalf("prepare POST %s: %d %s", path, a.status, a.body)
	}
	a.into(into)
}

func (f *fixture) newView(c *caller) string {
	f.t.Helper()
	var made struct {
		ID string `json:"id"`
	}
	f.serial++
	f.made(c, "views.create", "/views", viewBody("P "+str(f.serial)), &made)
	return made.ID
}

func (f *fixture) newChange(c *caller, x tree) string {
	f.t.Helper()
	var made struct {
		ID string `json:"change_id"`
	}
	f.serial++
	f.made(c, "leads.bulk", "/leads/bulk", map[string]any{"ids": []string{x.lead}, "action": "tag", "tags": []string{"t" + str(f.serial)}}, &made)
	return made.ID
}

func (f *fixture) newTemplate(_ *caller, x tree) string {
	f.t.Helper()
	var made struct {
		ID string `json:"id"`
	}
	f.prepare("POST", "/templates", map[string]any{"name": "P " + x.mark, "subject": "Hi", "body": "Hello {{company|there}}"}, &made)
	return made.ID
}

func (f *fixture) newPreview(c *caller, x tree) string {
	f.t.Helper()
	who := c
	if c.permitted("leads.import") != 0 {
		who = f.callers["spare"]
	}
	var made struct {
		Import struct {
			ID string `json:"id"`
		} `json:"import"`
	}
	var buf bytes.Buffer
	w := multipart.NewWriter(&buf)
	part, err := w.CreateFormFile("file", "leads.csv")
	if err != nil {
		f.t.Fatal(err)
	}
	_, _ = part.Write([]byte("Name,Email\nPia " + x.mark + ",pia-" + x.mark + "@example.com\n"))
	_ = w.WriteField("options", `{"mode":"preview"}`)
	_ = w.Close()
	a := f.by(who).with("Content-Type", w.FormDataContentType()).do("POST", "/leads/import", &buf)
	if a.status >= 300 {
		f.t.Fatalf("prepare a preview: %d %s", a.status, a.body)
	}
	a.into(&made)
	return made.Import.ID
}

func (f *fixture) profileBody() map[string]any {
	f.t.Helper()
	var got struct {
		Documents map[string]struct {
			YAML string `json:"yaml"`
		} `json:"documents"`
	}
	f.prepare("GET", "/profile", nil, &got)
	docs := map[string]any{}
	for kind, d := range got.Documents {
		docs[kind] = d.YAML
	}
	return map[string]any{"documents": docs}
}
