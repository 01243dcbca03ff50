package corrections

import (
	"encoding/json"
	"strings"
	"testing"

	"winnow/backend/internal/lead"
	"winnow/backend/internal/platform/db"
	"winnow/backend/internal/qualify"
	"winnow/backend/internal/qualify/evalset"
	"winnow/backend/internal/qualify/judge"
)

// A correction written as a labelled lead is read by winnow eval qualify as it was meant.
func TestACorrectionReadsBackAsALabelledLead(t *testing.T) {
	t.Parallel()
	l := &lead.Lead{ID: "l1", Name: "Mia Wong", Title: "Owner", Company: "Acme", Content: "We lose orders 😬"}
	a := judge.Labelled{Note: "a joke", Analysis: judge.Analysis{
		LeadID: "l1", ProfileName: "default", Grade: "C", Evidence: "explicit", Urgency: "none", Authority: "decision_maker", Specificity: 2, Fit: "unclear",
		Claims: db.NewJSON([]qualify.Claim{
			{Part: qualify.PartPain, ID: "order-chaos", Field: "content", Quote: "We lose orders"},
			{Part: qualify.PartAuthority, Value: "decision_maker", Field: "title", Quote: "Owner"},
		}),
	}}
	line, err := json.Marshal(recordOf(l, a))
	if err != nil {
		t.Fatal(err)
	}
	got, err := evalset.Load(strings.NewReader(string(line) + "\n"))
	if err != nil || len(got) != 1 {
		t.Fatalf("%v: %s", err, line)
	}
	r := got[0]
	if r.Lead.Content != l.Content || r.Profile != "default" || r.Label.Grade != "C" || r.Label.Authority != "decision_maker" || r.Label.Specificity != 2 {
		t.Errorf("%+v", r)
	}
	if len(r.Label.PainPoints) != 1 || r.Label.PainPoints[0] != (evalset.PainLabel{ID: "order-chaos", Quote: "We lose orders"}) {
		t.Errorf("pains %+v", r.Label.PainPoints)
	}
}
