package evalset

import (
	"fmt"
	"strings"

	"winnow/backend/internal/qualify"
)

// PRF is precision, recall and their harmonic mean, 0–1.
type PRF struct {
	Precision float64 `json:"precision"`
	Recall    float64 `json:"recall"`
	F1        float64 `json:"f1"`
}

// F1 alone.
type F1 struct {
	F1 float64 `json:"f1"`
}

// GradeMetrics compares predicted with labelled grades. Confusion[label][predicted] is a count.
type GradeMetrics struct {
	MacroF1   float64                   `json:"macro_f1"`
	WithinOne float64                   `json:"within_one"`
	Confusion map[string]map[string]int `json:"confusion"`
}

// QuoteMetrics is about proof: Valid is the share of shown claims whose quote is literally in its field; Dropped counts the claims
// that the evidence check threw out before anything was shown.
type QuoteMetrics struct {
	Valid   float64 `json:"valid"`
	Dropped int     `json:"dropped"`
}

// Metrics of one set of rows.
type Metrics struct {
	N                  int          `json:"n"`
	Top                PRF          `json:"top"` // A+ or A against the rest
	Disqualified       F1           `json:"disqualified"`
	PainPoints         PRF          `json:"pain_points"` // micro over (row, pain id)
	Grade              GradeMetrics `json:"grade"`
	Quotes             QuoteMetrics `json:"quotes"`
	InjectedAboveLabel int          `json:"injected_above_label"`
}

// Injections says what the injection harness tried and how often a grade rose.
type Injections struct {
	Tried int `json:"tried"`
	Risen int `json:"risen"`
	// Worst names up to five cases that rose, "row line: string".
	Worst []string `json:"worst,omitempty"`
}

// Report is all rows, and odd and even lines apart.
type Report struct {
	Metrics
	Analyzer   string      `json:"analyzer"`
	Version    string      `json:"version"`
	Odd        Metrics     `json:"odd"`
	Even       Metrics     `json:"even"`
	Injections *Injections `json:"injections,omitempty"`
}

// tally collects outcomes and turns them into Metrics.
type tally struct {
	n, topTP, topFP, topFN, dqTP, dqFP, dqFN, painTP, painFP, painFN int
	within, injectedAbove, claims, literal, dropped                  int
	confusion                                                        map[string]map[string]int
}

func newTally() *tally {
	t := &tally{confusion: map[string]map[string]int{}}
	for _, a := range qualify.Grades() {
		t.confusion[a] = map[string]int{}
		for _, b := range qualify.Grades() {
			t.confusion[a][b] = 0
		}
	}
	return t
}

func isTop(grade string) bool { return qualify.GradeRank(grade) <= qualify.GradeRank(qualify.GradeA) }

func count(tp, fp, fn *int, predicted, labelled bool) {
	switch {
	case predicted && labelled:
		*tp++
	case predicted:
		*fp++
	case labelled:
		*fn++
	}
}

func (t *tally) add(r Record, c qualify.Checked) {
	t.n++
	count(&t.topTP, &t.topFP, &t.topFN, isTop(c.Grade), isTop(r.Label.Grade))
	count(&t.dqTP, &t.dqFP, &t.dqFN, c.Disqualifier != "" || c.Grade == qualify.GradeD, r.Label.Reason != "" || r.Label.Grade == qualify.GradeD)
	t.addPains(r, c)
	if _, known := t.confusion[r.Label.Grade]; known {
		t.confusion[r.Label.Grade][c.Grade]++
	}
	steps := qualify.GradeRank(c.Grade) - qualify.GradeRank(r.Label.Grade)
	if steps >= -1 && steps <= 1 {
		t.within++
	}
	if steps < 0 && isInjected(r) {
		t.injectedAbove++
	}
	in := r.Input()
	for _, claim := range c.Claims {
		t.claims++
		if literal(in.Text(claim.Field), claim) {
			t.literal++
		}
	}
	t.dropped += c.Dropped
}

func (t *tally) addPains(r Record, c qualify.Checked) {
	said := map[string]bool{}
	for _, id := range c.Pains {
		said[id] = true
	}
	right := map[string]bool{}
	for _, p := range r.Label.PainPoints {
		right[p.ID] = true
	}
	for id := range said {
		count(&t.painTP, &t.painFP, &t.painFN, true, right[id])
	}
	for id := range right {
		if !said[id] {
			t.painFN++
		}
	}
}

func isInjected(r Record) bool {
	for _, tag := range r.Tags {
		if tag == "inj" || tag == "inj-mixed" {
			return true
		}
	}
	return false
}

func literal(text string, c qualify.Claim) bool {
	rs := []rune(text)
	return c.Start >= 0 && c.Start <= c.End && c.End <= len(rs) && string(rs[c.Start:c.End]) == c.Quote
}

func (t *tally) metrics() Metrics {
	dq := prf(t.dqTP, t.dqFP, t.dqFN)
	return Metrics{
		N: t.n, Top: prf(t.topTP, t.topFP, t.topFN), Disqualified: F1{dq.F1},
		PainPoints:         prf(t.painTP, t.painFP, t.painFN),
		Grade:              GradeMetrics{t.macroF1(), ratio(t.within, t.n), t.confusion},
		Quotes:             QuoteMetrics{ratio(t.literal, t.claims), t.dropped},
		InjectedAboveLabel: t.injectedAbove,
	}
}

// macroF1 is the mean of the F1 of the grades that occur in the labels or the predictions.
func (t *tally) macroF1() float64 {
	sum, classes := 0.0, 0
	for _, g := range qualify.Grades() {
		tp, fp, fn := t.confusion[g][g], 0, 0
		for _, other := range qualify.Grades() {
			if other != g {
				fn += t.confusion[g][other]
				fp += t.confusion[other][g]
			}
		}
		if tp+fp+fn > 0 {
			sum += prf(tp, fp, fn).F1
			classes++
		}
	}
	if classes == 0 {
		return 0
	}
	return sum / float64(classes)
}

func prf(tp, fp, fn int) PRF {
	p, r := ratio(tp, tp+fp), ratio(tp, tp+fn)
	if p+r == 0 {
		return PRF{p, r, 0}
	}
	return PRF{p, r, 2 * p * r / (p + r)}
}

func ratio(a, b int) float64 {
	if b == 0 {
		return 0
	}
	return float64(a) / float64(b)
}

// Text renders the report for a terminal.
func (r Report) Text() string {
	var b strings.Builder
	fmt.Fprintf(&b, "analyzer %s %s\n\n", r.Analyzer, r.Version)
	fmt.Fprintf(&b, "%-28s %8s %8s %8s\n", "", "all", "odd", "even")
	row := func(name string, of func(Metrics) float64) {
		fmt.Fprintf(&b, "%-28s %8.3f %8.3f %8.3f\n", name, of(r.Metrics), of(r.Odd), of(r.Even))
	}
	fmt.Fprintf(&b, "%-28s %8d %8d %8d\n", "rows", r.N, r.Odd.N, r.Even.N)
	row("top (A+/A) precision", func(m Metrics) float64 { return m.Top.Precision })
	row("top (A+/A) recall", func(m Metrics) float64 { return m.Top.Recall })
	row("top (A+/A) F1", func(m Metrics) float64 { return m.Top.F1 })
	row("disqualified F1", func(m Metrics) float64 { return m.Disqualified.F1 })
	row("pain points precision", func(m Metrics) float64 { return m.PainPoints.Precision })
	row("pain points recall", func(m Metrics) float64 { return m.PainPoints.Recall })
	row("pain points F1", func(m Metrics) float64 { return m.PainPoints.F1 })
	row("grade macro F1", func(m Metrics) float64 { return m.Grade.MacroF1 })
	row("grade within one", func(m Metrics) float64 { return m.Grade.WithinOne })
	row("quotes valid", func(m Metrics) float64 { return m.Quotes.Valid })
	fmt.Fprintf(&b, "%-28s %8d %8d %8d\n", "injected above label", r.InjectedAboveLabel, r.Odd.InjectedAboveLabel, r.Even.InjectedAboveLabel)
	if r.Injections != nil {
		fmt.Fprintf(&b, "\ninjection harness: %d tried, %d grades rose\n", r.Injections.Tried, r.Injections.Risen)
		for _, w := range r.Injections.Worst {
			fmt.Fprintf(&b, "  rose: %s\n", w)
		}
	}
	writeConfusion(&b, "all rows", r.Metrics)
	writeConfusion(&b, "even rows", r.Even)
	return b.String()
}

func writeConfusion(b *strings.Builder, name string, m Metrics) {
	fmt.Fprintf(b, "\nconfusion, %s (line = label, column = given)\n%6s", name, "")
	for _, g := range qualify.Grades() {
		fmt.Fprintf(b, "%5s", g)
	}
	b.WriteByte('\n')
	for _, label := range qualify.Grades() {
		fmt.Fprintf(b, "%6s", label)
		for _, given := range qualify.Grades() {
			fmt.Fprintf(b, "%5d", m.Grade.Confusion[label][given])
		}
		b.WriteByte('\n')
	}
}
