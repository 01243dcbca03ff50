package httpapi_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/riverqueue/river"
	"gorm.io/gorm"

	"winnow/backend/internal/account"
	"winnow/backend/internal/app"
	"winnow/backend/internal/compose"
	"winnow/backend/internal/config"
	"winnow/backend/internal/httpapi"
	"winnow/backend/internal/lead"
	"winnow/backend/internal/qualify/judge"
	"winnow/backend/internal/testkit"
)

// onBoth runs f over the whole product on each database.
func onBoth(t *testing.T, f func(t *testing.T, f *fixture)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { t.Parallel(); f(t, newFixture(t)) })
	t.Run("postgres", func(t *testing.T) {
		t.Parallel()
		url := testkit.PostgresURL(t)
		f(t, newFixture(t, func(c *config.Config, _ *app.Parts) { c.Data.DatabaseURL = config.Secret(url) }))
	})
}

// everything is all rows of leads and of what hangs on them, save what only says that something was touched.
func (f *fixture) everything(leads ...string) map[string]string {
	f.t.Helper()
	out := map[string]string{}
	for table, key := range map[string]string{
		"leads": "id", "analyses": "lead_id", "messages": "lead_id", "field_provenance": "lead_id", "batch_items": "lead_id", "lead_identities": "lead_id", "lead_sightings": "lead_id", "lead_change_items": "lead_id",
	} {
		var rows []map[string]any
		if err := f.product.DB.Read.Table(table).Where(map[string]any{key: leads}).Find(&rows).Error; err != nil {
			f.t.Fatal(err)
		}
		for _, row := range rows {
			name := fmt.Sprint(table, row["id"], row["batch_id"], row["change_id"], row["lead_id"])
			for column, v := range row {
				if column != "version" && column != "updated_at" {
					out[name+"."+column] = str(v)
				}
			}
		}
	}
	return out
}

func (f *fixture) mustBe(want, got map[string]string) {
	f.t.Helper()
	for k, v := range want {
		if got[k] != v {
			f.t.Errorf("%s was %s, is %s", k, v, got[k])
		}
	}
	if len(want) != len(got) {
		f.t.Errorf("%d values before, %d after", len(want), len(got))
	}
}

// TestMergeAndUndoOverHTTP walks the whole way: two leads with messages, analyses and places in batches become one, links
// to the other say where it went, and undoing puts every byte back.
func TestMergeAndUndoOverHTTP(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, f *fixture) {
		me := f.callers["user"]
		x, y := f.newTree(me.id), f.newTree(me.id)
		f.newChange(me, y)
		before := f.everything(x.lead, y.lead)
		a := f.by(me)
		var dry, out httpapi.LeadMergeResponse
		body := map[string]any{"survivor_id": x.lead, "merged_ids": []string{y.lead}, "fields": map[string]any{"title": map[string]any{"lead_id": y.lead}}, "dry_run": true}
		a.do("POST", "/leads/merge", body).want(http.StatusOK).into(&dry)
		f.mustBe(before, f.everything(x.lead, y.lead))
		body["dry_run"] = false
		a.do("POST", "/leads/merge", body).want(http.StatusOK).into(&out)
		if dry.MergeID != nil || out.MergeID == nil || out.Survivor.Title != "title "+y.mark || out.Survivor.Name != "name "+x.mark || dry.Survivor.Title != out.Survivor.Title {
			t.Fatalf("%+v", out)
		}
		for _, table := range []string{"messages", "analyses", "batch_items", "lead_change_items", "field_provenance", "lead_identities", "lead_sightings"} {
			if out.Moved[table] != 1 && table != "field_provenance" || dry.Moved[table] != out.Moved[table] {
				t.Errorf("of %s %d rows moved", table, out.Moved[table])
			}
		}
		for method, path := range map[string]string{"GET": "", "PUT": "", "DELETE": ""} {
			var p httpapi.Problem
			var change any
			if method == "PUT" {
				change = map[string]any{"title": "x"}
			}
			a.do(method, "/leads/"+y.lead+path, change).want(http.StatusNotFound).into(&p)
			if p.Code != "lead_merged" || p.MergedInto != x.lead {
				t.Errorf("%s: %+v", method, p)
			}
		}
		var p httpapi.Problem
		f.by(f.callers["other"]).do("GET", "/leads/"+y.lead, nil).want(http.StatusNotFound).into(&p)
		if p.Code != "lead_not_found" || p.MergedInto != "" {
			t.Errorf("a colleague learns %+v", p)
		}
		if got := string(a.do("GET", "/leads/"+x.lead+"/message", nil).want(http.StatusOK).body); !strings.Contains(got, "subject "+x.mark) {
			t.Errorf("the survivor's message stands: %s", got)
		}
		if got := string(a.do("GET", "/leads/"+x.lead+"/analyses", nil).want(http.StatusOK).body); !strings.Contains(got, x.analysis) || !strings.Contains(got, y.analysis) {
			t.Errorf("analyses: %.300s", got)
		}
		if got := a.do("GET", "/leads?q="+y.mark, nil).want(http.StatusOK); strings.Contains(string(got.body), y.lead) {
			t.Errorf("the merged lead is listed: %.300s", got.body)
		}
		var merges httpapi.MergeList
		a.do("GET", "/leads/"+x.lead+"/merges", nil).want(http.StatusOK).into(&merges)
		if len(merges.Items) != 1 || merges.Items[0].State != "done" || merges.Items[0].Leads[1].Values["name"] != "name "+y.mark || merges.Items[0].Into != x.lead {
			t.Errorf("%+v", merges)
		}
		var undone httpapi.MergeUndoResponse
		a.do("POST", "/merges/"+*out.MergeID+"/undo", map[string]any{}).want(http.StatusOK).into(&undone)
		if len(undone.Leads) != 1 || undone.Leads[0].ID != y.lead || undone.Questions != 0 {
			t.Errorf("%+v", undone)
		}
		f.mustBe(before, f.everything(x.lead, y.lead))
		a.do("GET", "/leads/"+y.lead, nil).want(http.StatusOK)
	})
}

// What was under way for a merged lead follows it: a batch that was judging it, and a job that is to draft its message.
func TestWorkUnderWayFollowsAMergedLead(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, f *fixture) {
		admin := f.callers["admin"]
		x, y := f.newTree(""), f.newTree("")
		f.exec("DELETE FROM messages")
		f.exec("UPDATE batch_items SET state = 'leased', lease_by = 'w' WHERE lead_id = ?", y.lead)
		f.exec("DELETE FROM analyses WHERE lead_id = ?", y.lead)
		ctx := account.With(t.Context(), account.System())
		l, err := f.product.Leads.Get(ctx, y.lead)
		if err != nil {
			t.Fatal(err)
		}
		an, err := f.product.Judge.Analyzer("rules")
		if err != nil {
			t.Fatal(err)
		}
		set, err := f.product.Judge.Profile(ctx)
		if err != nil {
			t.Fatal(err)
		}
		verdict, err := judge.Judge(ctx, an, set, l)
		if err != nil {
			t.Fatal(err)
		}
		var out httpapi.LeadMergeResponse
		f.by(admin).do("POST", "/leads/merge", map[string]any{"survivor_id": x.lead, "merged_ids": []string{y.lead}}).want(http.StatusOK).into(&out)
		var saved []judge.Analysis
		err = f.product.DB.Tx(ctx, func(tx *gorm.DB) error {
			saved, err = f.product.Judge.Save(tx, an, set, &y.batch, true, verdict)
			return err
		})
		if err != nil || saved[0].LeadID != x.lead || saved[0].First() != y.lead {
			t.Fatalf("the result is of %s, first %s, %v", saved[0].LeadID, saved[0].First(), err)
		}
		got, err := f.product.Leads.Get(ctx, x.lead)
		if err != nil || got.Grade != saved[0].Grade || got.AnalyzedAt == nil || got.Score != saved[0].Score {
			t.Errorf("the survivor is graded %s, the result says %s, %v", got.Grade, saved[0].Grade, err)
		}
		w := compose.Worker{Service: f.product.Compose, Actors: f.product.Accounts, Log: testkit.Logger()}
		if err := w.Work(ctx, &river.Job[compose.DraftArgs]{Args: compose.DraftArgs{LeadID: y.lead}}); err != nil {
			t.Fatal(err)
		}
		if m, err := f.product.Compose.Get(ctx, x.lead); err != nil || m.LeadID != x.lead {
			t.Errorf("the draft is for %s, %v", m.LeadID, err)
		}
		f.by(admin).do("POST", "/merges/"+*out.MergeID+"/undo", map[string]any{}).want(http.StatusOK)
		back, err := f.product.Leads.Get(ctx, y.lead)
		if err != nil || back.Grade != saved[0].Grade || back.Score != saved[0].Score {
			t.Errorf("the lead that came back is graded %q %d, %v", back.Grade, back.Score, err)
		}
		if got, err = f.product.Leads.Get(ctx, x.lead); err != nil || got.Grade != "A" || got.Score != 80 {
			t.Errorf("the survivor is graded %s %d again, %v", got.Grade, got.Score, err)
		}
		if as, err := f.product.Judge.ForLead(ctx, y.lead); err != nil || len(as) != 1 || as[0].ID != saved[0].ID {
			t.Errorf("analyses of the lead that came back: %d, %v", len(as), err)
		}
	})
}

// Two leads of one batch, and two with a message each: what a lead can have once stays with each, and comes back.
func TestWhatALeadHasOnceIsNotLost(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, f *fixture) {
		admin := f.callers["admin"]
		x, y, z := f.newTree(""), f.newTree(""), f.newTree("")
		for _, l := range []tree{y, z} {
			f.exec("UPDATE batch_items SET batch_id = ?, pos = 2 WHERE lead_id = ?", x.batch, l.lead)
			f.exec("UPDATE analyses SET batch_id = ? WHERE lead_id = ?", x.batch, l.lead)
		}
		f.exec("DELETE FROM messages WHERE lead_id = ?", x.lead)
		before := f.everything(x.lead, y.lead, z.lead)
		var ids []string
		for _, l := range []tree{y, z} {
			var out httpapi.LeadMergeResponse
			f.by(admin).do("POST", "/leads/merge", map[string]any{"survivor_id": x.lead, "merged_ids": []string{l.lead}}).want(http.StatusOK).into(&out)
			ids = append(ids, *out.MergeID)
		}
		subject := func() string {
			var m httpapi.MessageResponse
			f.by(admin).do("GET", "/leads/"+x.lead+"/message", nil).want(http.StatusOK).into(&m)
			return m.Subject
		}
		if got := subject(); got != "subject "+y.mark {
			t.Errorf("the first message stands: %q", got)
		}
		f.by(admin).do("POST", "/merges/"+ids[0]+"/undo", map[string]any{}).want(http.StatusOK)
		if got := subject(); got != "subject "+z.mark {
			t.Errorf("the one set aside stands when the first has gone home: %q", got)
		}
		f.by(admin).do("POST", "/merges/"+ids[1]+"/undo", map[string]any{}).want(http.StatusOK)
		f.by(admin).do("GET", "/leads/"+x.lead+"/message", nil).want(http.StatusNoContent)
		f.mustBe(before, f.everything(x.lead, y.lead, z.lead))
		if _, err := f.product.Leads.Get(account.With(t.Context(), account.System()), y.lead); lead.MergedInto(err) != "" || err != nil {
			t.Error(err)
		}
	})
}
