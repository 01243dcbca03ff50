package httpapi_test

import (
	"net/http"
	"testing"

	"winnow/backend/internal/httpapi"
	"winnow/backend/internal/platform/db"
	"winnow/backend/internal/testkit"
)

func TestRelatedLeadsAreThoseOfTheSameCompanyThatOneMaySee(t *testing.T) {
	t.Parallel()
	testkit.Databases(t, func(t *testing.T, d *db.DB) {
		w := serveLeads(t, d)
		one := w.add(w.ann, map[string]any{"name": "Mia Wong", "company": "Acme Ltd", "email": "mia@acme.example"})
		two := w.add(w.ann, map[string]any{"name": "Leo Park", "company": "Acme Ltd", "email": "leo@acme.example"})
		w.add(w.bob, map[string]any{"name": "Bob's", "company": "Acme Ltd", "email": "zoe@acme.example"})
		w.add(w.ann, map[string]any{"name": "Other", "company": "Acme Limited Traders", "email": "o@other.example"})
		alone := w.add(w.ann, map[string]any{"name": "No Company", "email": "n@none.example"})
		w.add(w.ann, map[string]any{"name": "None Either", "email": "m@none.example"})

		related := func(id string) []httpapi.LeadResponse {
			var list httpapi.RelatedLeads
			w.as(w.ann).do(http.MethodGet, "/leads/"+id+"/related?limit=8", nil).want(http.StatusOK).into(&list)
			return list.Items
		}
		if got := related(one.ID); len(got) != 1 || got[0].ID != two.ID {
			t.Errorf("got %d leads, want Leo alone: %+v", len(got), got)
		}
		if got := related(alone.ID); len(got) != 0 {
			t.Errorf("a lead without a company has %d related ones", len(got))
		}
		w.as(w.ann).do(http.MethodGet, "/leads/"+one.ID+"/related?limit=0x", nil).want(http.StatusBadRequest)
	})
}
