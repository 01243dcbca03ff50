package httpapi_test

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"winnow/backend/internal/account"
	"winnow/backend/internal/app"
	"winnow/backend/internal/config"
	"winnow/backend/internal/id"
	"winnow/backend/internal/platform/db"
	"winnow/backend/internal/testkit/whole"
)

// The tests in all_*_test.go run over every route of the whole product, as the binary serves it. A new route is
// covered by itself once samples_test.go has a request for it, and fails until then.

// fixture is the whole product with people and keys of every kind.
type fixture struct {
	*api
	product *whole.Product
	callers map[string]*caller
	serial  int
}

// caller is somebody who calls.
type caller struct {
	name   string
	role   account.Role
	scopes []account.Scope // keys only
	id     string          // user id
	header [2]string       // how they show who they are
	dead   bool            // disabled: nobody any more
}

func (c *caller) key() bool { return c.scopes != nil }

// permitted is what the table says of the caller: the status that stands in their way, 0 if none does.
func (c *caller) permitted(op string) int {
	p := account.Permissions()[op]
	switch {
	case p.Public:
		return 0
	case c.header[1] == "" || c.dead:
		return 401
	}
	v := account.Viewer{UserID: c.id, Role: c.role, Kind: account.KindSession}
	if c.key() {
		v.Kind, v.Scopes = account.KindAPIKey, []string{string(c.scopes[0])}
	}
	if account.Permit(v, true, op) != nil {
		return 403
	}
	return 0
}

func newFixture(t *testing.T, change ...func(*config.Config, *app.Parts)) *fixture {
	t.Helper()
	p := whole.Start(t, change...)
	f := &fixture{api: &api{t: t, server: p.Server, headers: map[string]string{}}, product: p, callers: map[string]*caller{}}
	f.callers["anon"] = &caller{name: "anon"}
	if p.DB.Dialect == db.SQLite {
		f.exec("PRAGMA synchronous = OFF") // nobody pulls the plug on a test
	}
	for name, role := range map[string]account.Role{
		"admin": account.RoleAdmin, "viewer": account.RoleViewer, "user": account.RoleUser, "other": account.RoleUser, "disabled": account.RoleAdmin, "spare": account.RoleAdmin,
	} {
		f.join(name, role)
	}
	yes := true
	if _, err := p.Quick.UpdateUser(account.With(t.Context(), account.System()), f.callers["disabled"].id, account.UserPatch{Disabled: &yes}, nil); err != nil {
		t.Fatal(err)
	}
	f.callers["disabled"].dead = true
	for _, s := range account.Scopes() {
		f.addKey(s)
	}
	return f
}

func (f *fixture) join(name string, role account.Role) {
	f.t.Helper()
	ctx := account.With(f.t.Context(), account.System())
	u, err := f.product.Quick.AddUser(ctx, account.NewUser{Name: name, Email: name + "@example.com", Password: goodPassword}, role)
	if err != nil {
		f.t.Fatal(err)
	}
	in, err := f.product.Quick.Login(f.t.Context(), u.Email, goodPassword, false, account.Client{IP: "127.0.0.1", UserAgent: "test"})
	if err != nil {
		f.t.Fatal(err)
	}
	f.callers[name] = &caller{name: name, role: role, id: u.ID, header: [2]string{"Cookie", "winnow_access=" + in.Access}}
}

func (f *fixture) addKey(s account.Scope) {
	f.t.Helper()
	owner := f.callers["admin"]
	ctx := account.With(f.t.Context(), account.Viewer{UserID: owner.id, Role: owner.role, Kind: account.KindSession})
	secret, _, err := f.product.Quick.CreateKey(ctx, account.NewKey{Name: string(s), Scopes: []string{string(s)}})
	if err != nil {
		f.t.Fatal(err)
	}
	name := "key " + string(s)
	f.callers[name] = &caller{name: name, role: owner.role, id: owner.id, scopes: []account.Scope{s}, header: [2]string{"Authorization", "Bearer " + secret}}
}

// by is the API called by somebody.
func (f *fixture) by(c *caller) *api {
	if c.header[1] == "" {
		return f.api
	}
	return f.with(c.header[0], c.header[1])
}

func (f *fixture) exec(sql string, args ...any) {
	f.t.Helper()
	if err := f.product.DB.Write.Exec(sql, args...).Error; err != nil {
		f.t.Fatalf("%v in %s", err, sql)
	}
}

// tree is a lead with everything that hangs on it. Each text of it holds the mark.
type tree struct {
	mark                                     string
	lead, analysis, message, batch, importID string
}

// newTree makes a lead that owner owns ("" nobody), with an analysis, a message, a batch and an import around it.
func (f *fixture) newTree(owner string) tree {
	f.t.Helper()
	f.serial++
	mark := fmt.Sprintf("canary%dz", f.serial)
	var own any
	if owner != "" {
		own = owner
	}
	now := f.product.Clock.Now().Add(-time.Hour)
	x := tree{mark: mark, lead: id.New(), analysis: id.New(), message: id.New(), batch: id.New(), importID: id.New()}
	text := func(what string) string { return what + " " + mark }
	f.exec(`INSERT INTO leads (id, name, title, company, email, phone, linkedin_url, url, source, source_id, content, industry, location, country, company_size, language, status, grade, score,
 pain_id, pain_quote, owner_id, tags, custom, analyzed_at, last_activity_at, created_at, updated_at)
VALUES (?, ?, ?, ?, ?, '', '', ?, ?, ?, ?, ?, ?, 'DE', '', 'en', 'qualified', 'A', 80, 'p1', ?, ?, ?, ?, ?, ?, ?, ?)`,
		x.lead, text("name"), text("title"), text("company"), mark+"@example.com", "https://example.com/"+mark, "src"+mark, mark, text("We lose orders in spreadsheets every week."), text("industry"), text("location"),
		text("quote"), own, `["`+mark+`"]`, `{"k":"`+mark+`"}`, now, now, now, now)
	f.exec(`INSERT INTO lead_identities (id, lead_id, kind, value, created_at) VALUES (?, ?, 'email', ?, ?)`, id.New(), x.lead, mark+"@example.com", now)
	f.exec(`INSERT INTO imports (id, filename, format, status, mapping, options, warnings, rows_total, rejected, created_by, created_at) VALUES (?, ?, 'csv', 'finished', '{}', '{}', '[]', 2, 1, ?, ?)`,
		x.importID, text("file")+".csv", own, now)
	f.exec(`INSERT INTO import_rows (import_id, row_no, fate, lead_id) VALUES (?, 1, 'created', ?)`, x.importID, x.lead)
	f.exec(`INSERT INTO import_rows (import_id, row_no, fate, code, reason, raw) VALUES (?, 2, 'rejected', 'row_empty', ?, ?)`, x.importID, text("reason"), text("raw"))
	sighting := id.New()
	f.exec(`INSERT INTO lead_sightings (id, lead_id, source, import_id, row_no, raw, at) VALUES (?, ?, ?, ?, 1, ?, ?)`, sighting, x.lead, "src"+mark, x.importID, `{"x":"`+mark+`"}`, now)
	f.exec(`INSERT INTO field_provenance (id, lead_id, field, value, source, sighting_id, at) VALUES (?, ?, 'name', ?, ?, ?, ?)`, id.New(), x.lead, text("name"), "src"+mark, sighting, now)
	f.exec(`INSERT INTO batches (id, name, analyzer, status, profile_name, profile_version, total, done, qualified, grades, options, created_by, created_at, started_at, finished_at)
VALUES (?, ?, 'rules', 'finished', 'default', 1, 1, 1, 1, '{"A":1}', '{}', ?, ?, ?, ?)`, x.batch, text("batch"), own, now, now, now)
	f.exec(`INSERT INTO batch_items (batch_id, lead_id, pos, state, attempts, analysis_id, code, reason, finished_at) VALUES (?, ?, 1, 'failed', 3, ?, 'ai_down', ?, ?)`, x.batch, x.lead, x.analysis, text("reason"), now)
	f.exec(`INSERT INTO analyses (id, lead_id, batch_id, analyzer, analyzer_version, profile_name, profile_version, input_hash, evidence, urgency, authority, specificity, fit, reasoning, claims, breakdown, score, grade, score_version, analyzed_at)
VALUES (?, ?, ?, 'rules', '1', 'default', 1, ?, 'explicit', 'none', 'unknown', 3, 'in', ?, ?, '{"score":80,"grade":"A","parts":[]}', 80, 'A', '1', ?)`,
		x.analysis, x.lead, x.batch, id.New(), text("reasoning"), `[{"key":"c1","part":"evidence","id":"p1","field":"content","quote":"`+mark+`","start":0,"end":3}]`, now)
	f.exec(`INSERT INTO messages (id, lead_id, writer, subject, body, variables, created_at, updated_at) VALUES (?, ?, 'template', ?, ?, '[]', ?, ?)`, x.message, x.lead, text("subject"), text("body"), now, now)
	f.exec(`INSERT INTO message_versions (message_id, version, subject, body, writer, at) VALUES (?, 1, ?, ?, 'template', ?)`, x.message, text("subject"), text("body"), now)
	f.exec(`INSERT INTO events (id, type, at, subject_kind, subject_id, owner_id, data) VALUES (?, 'lead.found', ?, 'lead', ?, ?, '{}')`, id.New(), now, x.lead, own)
	return x
}

// tables are those whose rows a refused request must leave alone. Left out are the counters of tries.
var tables = sync.OnceValue(func() []string { //nolint:gochecknoglobals // a memo
	return []string{
		"users", "singletons", "sessions", "user_tokens", "api_keys", "settings", "events", "profiles", "companies", "leads", "merges", "merge_items", "merge_survivors", "duplicate_pairs", "company_pairs", "company_merges", "company_merge_leads", "lead_changes", "lead_change_items", "saved_views", "lead_identities", "imports", "import_rows", "lead_sightings",
		"field_provenance", "batches", "batch_items", "analyses", "analysis_corrections", "budgets", "budget_limits", "ledger_entries", "ai_calls", "templates", "messages", "message_versions", "idempotency_keys", "river_job", "sources", "source_runs", "source_raws",
	}
})

// state is a digest of every table; what changed between two is in diff.
func (f *fixture) state() map[string]string {
	f.t.Helper()
	out := map[string]string{}
	for _, table := range tables() {
		var rows []map[string]any
		if err := f.product.DB.Read.Table(table).Find(&rows).Error; err != nil {
			f.t.Fatal(err)
		}
		for _, r := range rows {
			delete(r, "last_used_at") // a key's use is noted also when it is refused what it asks
		}
		sum := sha256.Sum256(fmt.Append(nil, rows))
		out[table] = hex.EncodeToString(sum[:8])
	}
	return out
}

func diff(before, after map[string]string) string {
	var changed []string
	for _, table := range tables() {
		if before[table] != after[table] {
			changed = append(changed, table)
		}
	}
	return strings.Join(changed, ", ")
}
