package evalset

import (
	"fmt"
	"strings"

	"winnow/backend/internal/intake/linkage"
)

// Score is how well pairs were found.
type Score struct {
	Precision float64 `json:"precision"`
	Recall    float64 `json:"recall"`
	F1        float64 `json:"f1"`
}

// Report is one measurement.
type Report struct {
	Records    int   `json:"records"`
	Pairs      int   `json:"pairs"` // that are one entity in truth
	Auto       Score `json:"auto"`
	WithReview Score `json:"with_review"`

	Compared string          `json:"-"`
	Result   *linkage.Result `json:"-"`
	Fields   []linkage.Field `json:"-"`
}

// Run finds the twins in one file, or links two.
func Run(files ...*File) *Report {
	sources := layout(files)
	fields := make([]linkage.Field, len(sources))
	names := make([]string, len(sources))
	for i, s := range sources {
		fields[i] = s.field
		names[i] = s.field.Name + " (" + s.field.Kind.String() + ")"
	}
	var second []linkage.Record
	if len(files) > 1 {
		second = records(sources, files, 1)
	}
	res := linkage.Run(fields, records(sources, files, 0), second)
	truth, file := []string{}, []int{}
	for n, f := range files {
		truth = append(truth, f.truth...)
		for range f.truth {
			file = append(file, n)
		}
	}
	j := judge{truth: truth, file: file, two: len(files) > 1}
	r := &Report{Records: len(truth), Pairs: j.pairs(), Compared: strings.Join(names, ", "), Result: &res, Fields: fields}
	r.Auto, r.WithReview = j.score(res.Auto), j.score(res.Review)
	return r
}

// judge knows the right answers.
type judge struct {
	truth []string
	file  []int
	two   bool
}

// pairs counts the pairs of one entity; across the files where there are two.
func (j judge) pairs() (n int) {
	count := map[string][2]int{}
	for i, t := range j.truth {
		if t != "" {
			c := count[t]
			c[j.file[i]]++
			count[t] = c
		}
	}
	for _, c := range count {
		if j.two {
			n += c[0] * c[1]
		} else {
			n += c[0] * (c[0] - 1) / 2
		}
	}
	return n
}

func (j judge) score(groups [][]int) (s Score) {
	found, right := 0, 0
	for _, g := range groups {
		for x, a := range g {
			for _, b := range g[x+1:] {
				if j.two && j.file[a] == j.file[b] {
					continue
				}
				found++
				if j.truth[a] != "" && j.truth[a] == j.truth[b] {
					right++
				}
			}
		}
	}
	if found > 0 {
		s.Precision = float64(right) / float64(found)
	}
	if all := j.pairs(); all > 0 {
		s.Recall = float64(right) / float64(all)
	}
	if s.Precision+s.Recall > 0 {
		s.F1 = 2 * s.Precision * s.Recall / (s.Precision + s.Recall)
	}
	return s
}

// Text is the report for people.
func (r *Report) Text() string {
	var b strings.Builder
	_, _ = fmt.Fprintf(&b, "%d records, %d pairs that are one in truth\nCompared: %s\n\n%-22s %10s %10s %10s\n", r.Records, r.Pairs, r.Compared, "", "precision", "recall", "F1")
	for _, l := range []struct {
		name string
		s    Score
	}{{"merged automatically", r.Auto}, {"with those to review", r.WithReview}} {
		_, _ = fmt.Fprintf(&b, "%-22s %10.4f %10.4f %10.4f\n", l.name, l.s.Precision, l.s.Recall, l.s.F1)
	}
	return b.String()
}
