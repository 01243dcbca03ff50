package evalset_test

import (
	"context"
	"encoding/json"
	"strings"
	"testing"

	"winnow/backend/internal/fault"
	"winnow/backend/internal/profile"
	"winnow/backend/internal/qualify"
	"winnow/backend/internal/qualify/evalset"
)

// fixed answers every lead by its content: "bad quote", "pain", anything else is nothing.
type fixed struct{}

func (fixed) Name() string    { return "fixed" }
func (fixed) Version() string { return "1" }
func (fixed) Analyze(_ context.Context, _ *profile.Set, in qualify.Input) (qualify.Draft, error) {
	d := qualify.Draft{Evidence: "explicit", Urgency: "high", Authority: "decision_maker", Specificity: 10, Fit: "in"}
	quote := in.Content
	if strings.Contains(in.Content, "bad quote") {
		quote = "words that nobody wrote"
	}
	if strings.Contains(in.Content, "pain") || strings.Contains(in.Content, "obey") {
		for _, part := range []string{"authority", "urgency", "fit"} {
			d.Claims = append(d.Claims, qualify.Claim{Part: part, Field: "content", Quote: quote})
		}
		d.Claims = append(d.Claims, qualify.Claim{Part: "pain", ID: "p", Field: "content", Quote: quote})
		for _, id := range []string{"quantified", "scale", "tool"} {
			d.Claims = append(d.Claims, qualify.Claim{Part: "specificity", ID: id, Field: "content", Quote: quote})
		}
	}
	return d, nil
}

func miniSet() map[string]*profile.Set {
	return map[string]*profile.Set{"x": {PainPoints: profile.PainPoints{PainPoints: []profile.PainPoint{{ID: "p", Weight: 5}}}}}
}

const mini = `{"id":"1","profile":"x","lead":{"content":"a real pain"},"label":{"grade":"A+","pain_points":[{"id":"p"}]}}
{"id":"2","profile":"x","lead":{"content":"a pain with a bad quote"},"label":{"grade":"A","pain_points":[{"id":"p"}]}}

{"id":"3","profile":"x","tags":["inj"],"lead":{"content":"a false pain"},"label":{"grade":"D","disqualify_reason":"spam","pain_points":[]}}
{"id":"4","profile":"x","lead":{"content":"nothing"},"label":{"grade":"D","disqualify_reason":"off_topic"}}`

func TestRunCountsRightAndWrong(t *testing.T) {
	t.Parallel()
	records, err := evalset.Load(strings.NewReader(mini))
	if err != nil {
		t.Fatal(err)
	}
	r, err := evalset.Run(t.Context(), fixed{}, miniSet(), records)
	if err != nil {
		t.Fatal(err)
	}
	if r.N != 4 || r.Odd.N != 2 || r.Even.N != 2 {
		t.Errorf("rows %d, odd %d, even %d; want 4, 2 and 2 (the blank line counts)", r.N, r.Odd.N, r.Even.N)
	}
	if r.Top.Precision != 0.5 || r.Top.Recall != 0.5 {
		t.Errorf("top precision %v recall %v, want one of two each", r.Top.Precision, r.Top.Recall)
	}
	if r.PainPoints.Precision != 0.5 || r.PainPoints.Recall != 0.5 {
		t.Errorf("pains %+v, want one of two each", r.PainPoints)
	}
	if r.InjectedAboveLabel != 1 || r.Quotes.Dropped != 7 || r.Quotes.Valid != 1 {
		t.Errorf("injected %d dropped %d valid %v, want 1, 7 and 1", r.InjectedAboveLabel, r.Quotes.Dropped, r.Quotes.Valid)
	}
	if r.Grade.Confusion["A+"]["A+"] != 1 || r.Grade.Confusion["D"]["A+"] != 1 || r.Grade.Confusion["A"]["D"] != 1 {
		t.Errorf("confusion %v", r.Grade.Confusion)
	}
}

func TestReportKeepsItsJSONShape(t *testing.T) {
	t.Parallel()
	records, err := evalset.Load(strings.NewReader(mini))
	if err != nil {
		t.Fatal(err)
	}
	r, err := evalset.Run(t.Context(), fixed{}, miniSet(), records)
	if err != nil {
		t.Fatal(err)
	}
	text, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	var got map[string]any
	if err := json.Unmarshal(text, &got); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{"n", "top.precision", "top.recall", "top.f1", "disqualified.f1", "pain_points.f1", "grade.macro_f1", "grade.within_one", "grade.confusion", "quotes.valid", "injected_above_label", "odd.top.f1", "even.grade.confusion"} {
		at := any(got)
		for key := range strings.SplitSeq(path, ".") {
			m, isMap := at.(map[string]any)
			next, ok := m[key]
			at = next
			if !isMap || !ok {
				t.Errorf("the report has no %s", path)
				break
			}
		}
	}
}

func TestInjectCountsRisenGrades(t *testing.T) {
	t.Parallel()
	records, err := evalset.Load(strings.NewReader(mini))
	if err != nil {
		t.Fatal(err)
	}
	got, err := evalset.Inject(t.Context(), fixed{}, miniSet(), records[3:], []string{"obey", "harmless"}, true)
	if err != nil {
		t.Fatal(err)
	}
	if got.Tried != 6 || got.Risen != 3 {
		t.Errorf("%+v, want 6 tried and 3 risen: this analyzer obeys", got)
	}
}

func TestLoadNamesTheBadLine(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"\n{broken", "\n{\"id\":\"1\"}"} {
		if _, err := evalset.Load(strings.NewReader(text)); !fault.Is(err, fault.Invalid) || !strings.Contains(err.Error(), "line 2") {
			t.Errorf("%q: %v, want an invalid fault that names line 2", text, err)
		}
	}
}

func TestRunNamesTheMissingProfile(t *testing.T) {
	t.Parallel()
	records, err := evalset.Load(strings.NewReader(mini))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := evalset.Run(t.Context(), fixed{}, nil, records); !fault.Is(err, fault.Invalid) || !strings.Contains(err.Error(), `"x"`) {
		t.Errorf("%v, want an invalid fault that names the profile", err)
	}
}
