package httpapi_test

import (
	"net/http"
	"sort"
	"strings"
	"testing"

	"winnow/backend/internal/account"
	"winnow/backend/internal/httpapi"
)

// TestEveryRouteHasASample keeps the generated tests whole.
func TestEveryRouteHasASample(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	have := samples()
	for _, r := range f.product.Server.Routes() {
		if have[r.Op] == nil {
			t.Errorf("%s %s: samples_test.go has no request for %s", r.Method, r.Path, r.Op)
		}
	}
	for op := range have {
		if _, ok := account.Permissions()[op]; !ok {
			t.Errorf("samples_test.go has a request for %s, which is not in account.Permissions", op)
		}
	}
}

func (f *fixture) names() []string {
	var names []string
	for n := range f.callers {
		names = append(names, n)
	}
	sort.Strings(names)
	return names
}

// TestA14_WhoMayNotIsRefusedAndNothingChanges calls each route as everybody whom the permission table does not let:
// nobody, the disabled, each role, and a key of each scope (A28).
func TestA14_WhoMayNotIsRefusedAndNothingChanges(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	tried := 0
	for _, r := range f.product.Server.Routes() {
		if samples()[r.Op] == nil {
			continue // reported elsewhere
		}
		x := f.newTree(f.callers["other"].id)
		s := samples()[r.Op](f, f.callers["spare"], x)
		before := f.state()
		for _, name := range f.names() {
			c := f.callers[name]
			want := c.permitted(r.Op)
			if want == 0 {
				continue
			}
			tried++
			a := f.by(c).play(r, s)
			if a.status != want {
				t.Errorf("%s as %s: %d, want %d: %.200s", r.Op, name, a.status, want, a.body)
			}
			if strings.Contains(string(a.body), x.mark) {
				t.Errorf("%s as %s: the refusal tells: %.300s", r.Op, name, a.body)
			}
		}
		if d := diff(before, f.state()); d != "" {
			t.Errorf("%s: a refused request changed %s", r.Op, d)
		}
	}
	t.Logf("%d refusals", tried)
}

// TestA14_WhoMayIsServed shows that the requests of the tests beside are right, so that their refusals mean something.
func TestA14_WhoMayIsServed(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	served := 0
	for _, r := range f.product.Server.Routes() {
		if samples()[r.Op] == nil || r.Op == "auth.logout" || r.Op == "auth.logout_all" {
			continue // they would end the callers
		}
		for _, name := range f.names() {
			c := f.callers[name]
			if c.permitted(r.Op) != 0 || c.dead {
				continue
			}
			x := f.newTree(f.ownerFor(c, r))
			f.exec("DELETE FROM login_attempts") // all callers have one address
			s := samples()[r.Op](f, c, x)
			a := f.by(c).play(r, s)
			served++
			good := a.status == s.status || s.status == 0 && a.status < 300
			if s.status == anyStatus {
				good = a.status != 401 && a.status != 403 && a.status != 404 && a.status != 500
			}
			if !good {
				t.Errorf("%s as %s: %d: %.300s", r.Op, name, a.status, a.body)
			}
		}
	}
	t.Logf("%d served", served)
}

// ownerFor is who owns the lead that c works on: c where c is a user; nobody where it is to be claimed.
func (f *fixture) ownerFor(c *caller, r httpapi.Route) string {
	switch {
	case r.Op == "leads.claim":
		return ""
	case c.role == account.RoleUser:
		return c.id
	}
	return f.callers["other"].id
}

// TestA14_ForeignRowsAreAsIfTheyWereNot calls each route as a user for what another user owns.
func TestA14_ForeignRowsAreAsIfTheyWereNot(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	me, other := f.callers["user"], f.callers["other"]
	mine := f.newTree(me.id)
	for _, r := range f.product.Server.Routes() {
		if samples()[r.Op] == nil || me.permitted(r.Op) != 0 || !account.Permissions()[r.Op].Owned || r.Op == "ws.connect" {
			continue
		}
		x := f.newTree(other.id)
		s := samples()[r.Op](f, other, x)
		own := strings.Contains(s.path, "/imports/") && !strings.Contains(s.path, x.importID) // a preview of other's
		before, state := f.treeState(x), f.state()
		a := f.by(me).play(r, s)
		if strings.Contains(string(a.body), x.mark) {
			t.Errorf("%s shows what is foreign: %.300s", r.Op, a.body)
		}
		for _, id := range []string{x.lead, x.analysis, x.message} {
			if a.status < 400 && strings.Contains(string(a.body), id) {
				t.Errorf("%s names what is foreign: %.300s", r.Op, a.body)
			}
		}
		if after := f.treeState(x); after != before {
			t.Errorf("%s changed a foreign lead (answer %d)", r.Op, a.status)
		}
		inPath := strings.Contains(s.path, x.lead) || strings.Contains(s.path, x.batch) || strings.Contains(s.path, x.importID) || own
		if inPath && a.status != 404 {
			t.Errorf("%s for a foreign thing: %d, want 404: %.200s", r.Op, a.status, a.body)
		}
		if d := diff(state, f.state()); d != "" && a.status >= 400 {
			t.Errorf("%s: refused with %d, but changed %s", r.Op, a.status, d)
		}
	}
	if a := f.by(me).do("GET", "/leads?q="+mine.mark, nil); a.status == 200 && !strings.Contains(string(a.body), mine.lead) {
		t.Errorf("one's own lead is not found: %.300s", a.body)
	}
}

// treeState is a digest of a lead and of what hangs on it.
func (f *fixture) treeState(x tree) string {
	f.t.Helper()
	var out []string
	for table, key := range map[string]string{"leads": "id", "analyses": "lead_id", "messages": "lead_id", "field_provenance": "lead_id", "batch_items": "lead_id", "lead_identities": "lead_id"} {
		var rows []map[string]any
		if err := f.product.DB.Read.Table(table).Where(map[string]any{key: x.lead}).Find(&rows).Error; err != nil {
			f.t.Fatal(err)
		}
		for _, row := range rows {
			var cells []string
			for k, v := range row {
				cells = append(cells, k+"="+str(v))
			}
			sort.Strings(cells)
			out = append(out, table+": "+strings.Join(cells, "|"))
		}
	}
	sort.Strings(out)
	return strings.Join(out, "\n")
}

// TestA14_UnassignedLeadsAreReadAndClaimedNotChanged: whoever wants to change one must claim it first.
func TestA14_UnassignedLeadsAreReadAndClaimedNotChanged(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	me := f.callers["user"]
	for _, r := range f.product.Server.Routes() {
		if samples()[r.Op] == nil || me.permitted(r.Op) != 0 || !account.Permissions()[r.Op].Owned {
			continue
		}
		x := f.newTree("")
		s := samples()[r.Op](f, me, x)
		if !strings.HasPrefix(s.path, "/leads/"+x.lead) {
			continue
		}
		before := f.treeState(x)
		a := f.by(me).play(r, s)
		switch {
		case r.Method == http.MethodGet || r.Op == "leads.claim" || r.Op == "analyses.what_if":
			if a.status >= 300 {
				t.Errorf("%s: %d %.200s", r.Op, a.status, a.body)
			}
		case (r.Op == "leads.update" || r.Op == "leads.delete" || r.Op == "leads.restore") && (a.status != 403 || f.treeState(x) != before):
			t.Errorf("%s of an unassigned lead: %d %.200s", r.Op, a.status, a.body)
		}
	}
}
