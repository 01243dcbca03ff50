package evalset

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"winnow/backend/internal/fault"
	"winnow/backend/internal/intake/linkage"
)

func load(tb testing.TB, truth Truth, paths ...string) []*File {
	tb.Helper()
	files := make([]*File, len(paths))
	for i, p := range paths {
		f, err := Load(p, truth)
		if err != nil {
			tb.Fatal(err)
		}
		files[i] = f
	}
	return files
}

var (
	byRecID  = Truth{"rec_id", `^rec-(\d+)-`} //nolint:gochecknoglobals // tables
	byEntity = Truth{Column: "entity"}
)

// TestSetsWithKnownAnswers holds what one set of defaults reaches on every set. The published figures are in
// docs/benchmarks.md.
func TestSetsWithKnownAnswers(t *testing.T) {
	t.Parallel()
	febrl := func(n string) string { return filepath.Join("testdata", "febrl", "dataset"+n+".csv") }
	for _, c := range []struct {
		name  string
		truth Truth
		files []string
		f1    float64
	}{
		{"febrl1", byRecID, []string{febrl("1")}, .998},
		{"febrl2", byRecID, []string{febrl("2")}, .998},
		{"febrl3", byRecID, []string{febrl("3")}, .998},
		{"febrl4", byRecID, []string{febrl("4a"), febrl("4b")}, .998},
		{"fake_1000", Truth{Column: "cluster"}, []string{filepath.Join("testdata", "splink", "fake_1000.csv")}, .96},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			hold(t, Run(load(t, c.truth, c.files...)...), c.f1)
		})
	}
}

// hold asserts F1 with review, and that merging without asking is right at least 99 times of 100.
func hold(t *testing.T, r *Report, f1 float64) {
	t.Helper()
	t.Logf("%d records, %d pairs: auto %.4f %.4f %.4f, with review %.4f %.4f %.4f (%s)", r.Records, r.Pairs, r.Auto.Precision, r.Auto.Recall, r.Auto.F1,
		r.WithReview.Precision, r.WithReview.Recall, r.WithReview.F1, r.Compared)
	if r.WithReview.F1 < f1 {
		t.Errorf("F1 with review %.4f, want at least %.4f", r.WithReview.F1, f1)
	}
	if r.Auto.Precision < .99 {
		t.Errorf("precision of what is merged without asking is %.4f", r.Auto.Precision)
	}
}

// TestInventedOrganisations: branches of chains, neighbours, owners of two firms and likely names stand beside every
// set's twins, under the headers and with the columns that files really have.
func TestInventedOrganisations(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name    string
		headers string
		columns []int
		rows    int
		dirty   float64
		f1      float64
	}{
		{"all columns", "entity,name,address,city,state,zip,phone", []int{0, 1, 2, 3, 4, 5, 6}, 1000, 1, .98},
		{"clean", "entity,Company,Street,City,Postcode,Telephone", []int{0, 1, 2, 3, 5, 6}, 800, .5, .99},
		{"dirty", "entity,company,street,city,postcode,telephone", []int{0, 1, 2, 3, 5, 6}, 600, 1.6, .96},
		{"as a registry has them", "entity,Site name,Address,Zip,Phone", []int{0, 1, 2, 5, 6}, 1000, 1, .98},
		{"as a guide has them", "entity,name,addr,city,phone", []int{0, 1, 2, 3, 6}, 850, .7, .985},
		{"no phone", "entity,name,address,city", []int{0, 1, 2, 3}, 800, 1, .93},
		{"no address", "entity,name,city,phone", []int{0, 1, 3, 6}, 800, 1, .84},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			rows := organisations(uint64(len(c.name)), c.rows, c.dirty)
			hold(t, Run(load(t, byEntity, writeCSV(t, rows, c.headers, c.columns...))...), c.f1)
		})
	}
}

func TestInventedPeople(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name    string
		headers string
		columns []int
		f1      float64
	}{
		{"contacts", "entity,First Name,Last Name,Title,Company,Email,Phone,City,LinkedIn", []int{0, 1, 2, 3, 4, 5, 6, 7, 8}, .97},
		{"names, companies and addresses", "entity,First Name,Last Name,Company,Email", []int{0, 1, 2, 4, 5}, .92},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			hold(t, Run(load(t, byEntity, writeCSV(t, people(1, 1500, 1), c.headers, c.columns...))...), c.f1)
		})
	}
}

// TestTwoFilesOfOrganisations links two files whose rows are numbered alike: the numbers must not join them.
func TestTwoFilesOfOrganisations(t *testing.T) {
	t.Parallel()
	seen := map[string]int{}
	var files [2][][]string
	for _, r := range organisations(5, 1000, 1) {
		if n := seen[r[0]]; n < 2 {
			files[n] = append(files[n], append(r, fmt.Sprintf("%04d", len(files[n]))))
		}
		seen[r[0]]++
	}
	a := writeCSV(t, files[0], "id,entity,name,address,city,phone", 8, 0, 1, 2, 3, 6)
	b := writeCSV(t, files[1], "id,entity,name,addr,city,phone", 8, 0, 1, 2, 3, 6)
	r := Run(load(t, byEntity, a, b)...)
	if strings.Contains(r.Compared, "id (") {
		t.Errorf("the numbers of rows are compared: %s", r.Compared)
	}
	hold(t, r, .975)
}

// TestNoTwins: where nobody is there twice, nobody is merged.
func TestNoTwins(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	var rows [][]string
	for _, r := range organisations(6, 1500, 1) {
		if !seen[r[0]] {
			rows = append(rows, r)
		}
		seen[r[0]] = true
	}
	r := Run(load(t, byEntity, writeCSV(t, rows, "entity,name,address,city,state,zip,phone", 0, 1, 2, 3, 4, 5, 6))...)
	if len(r.Result.Auto) > 0 || len(r.Result.Review) > 3 {
		t.Errorf("%d records, none of them twice: %d merged, %d to review", len(rows), len(r.Result.Auto), len(r.Result.Review))
	}
}

// TestTheOrderOfRowsDoesNotMatter: neighbouring rows are not more likely to be one, and no draw differs.
func TestTheOrderOfRowsDoesNotMatter(t *testing.T) {
	t.Parallel()
	straight := load(t, Truth{Column: "cluster"}, filepath.Join("testdata", "splink", "fake_1000.csv"))
	mixed := load(t, Truth{Column: "cluster"}, filepath.Join("testdata", "splink", "fake_1000.csv"))
	rng := rand.New(rand.NewPCG(1, 2))
	rng.Shuffle(len(mixed[0].rows), func(i, j int) {
		f := mixed[0]
		f.rows[i], f.rows[j] = f.rows[j], f.rows[i]
		f.truth[i], f.truth[j] = f.truth[j], f.truth[i]
	})
	if a, b := Run(straight...), Run(mixed...); a.Auto != b.Auto || a.WithReview != b.WithReview {
		t.Errorf("%+v, shuffled %+v", a, b)
	}
}

// TestTheTruthIsNotLookedAt: other answers change the score, not what is found.
func TestTheTruthIsNotLookedAt(t *testing.T) {
	t.Parallel()
	path := filepath.Join("testdata", "splink", "fake_1000.csv")
	honest, swapped := load(t, Truth{Column: "cluster"}, path), load(t, Truth{Column: "cluster"}, path)
	slices.Reverse(swapped[0].truth)
	a, b := Run(honest...), Run(swapped...)
	if !slices.EqualFunc(a.Result.Review, b.Result.Review, slices.Equal[[]int]) {
		t.Error("what is found depends on the answers")
	}
	if b.WithReview.F1 > .5 {
		t.Errorf("with wrong answers the score is %.3f", b.WithReview.F1)
	}
}

func TestFaultsOfFiles(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "x.csv")
	if err := os.WriteFile(path, []byte("name,who\nJo Vega,a-1\nJo Vega,b\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for code, truth := range map[string]Truth{
		"column_unknown":   {Column: "nobody"},
		"pattern_invalid":  {Column: "who", Pattern: "a-"},
		"pattern_no_match": {Column: "who", Pattern: `^a-(\d)`},
	} {
		if _, err := Load(path, truth); fault.CodeOf(err) != code {
			t.Errorf("%+v: %v, want %s", truth, err, code)
		}
	}
}

// TestLookupsFindTwins: of two records that are one, nearly all share a key under which a database finds them, and the
// keys are narrow.
func TestLookupsFindTwins(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name    string
		rows    [][]string
		headers string
		columns []int
		least   float64
	}{
		{"people", people(3, 1500, 1), "entity,First Name,Last Name,Company,Email,Phone,City,LinkedIn", []int{0, 1, 2, 4, 5, 6, 7, 8}, .97},
		{"organisations", organisations(3, 1500, 1), "entity,name,address,city,state,zip,phone", []int{0, 1, 2, 3, 4, 5, 6}, .98},
	} {
		files := load(t, byEntity, writeCSV(t, c.rows, c.headers, c.columns...))
		r := Run(files...)
		m := linkage.NewMatcher(r.Result.Model)
		byKey := map[linkage.Lookup][]int{}
		keys := 0
		for i, rec := range records(layout(files), files, 0) {
			for _, k := range m.Lookups(m.Prepare(rec)) {
				byKey[k] = append(byKey[k], i)
				keys++
			}
		}
		found, widest := map[[2]int]bool{}, 0
		truth := files[0].truth
		for _, g := range byKey {
			widest = max(widest, len(g))
			for x, a := range g {
				for _, b := range g[x+1:] {
					if truth[a] == truth[b] {
						found[[2]int{a, b}] = true
					}
				}
			}
		}
		recall := float64(len(found)) / float64(r.Pairs)
		t.Logf("%s: %.4f of %d pairs share a key; %.1f keys a record, the widest %d", c.name, recall, r.Pairs, float64(keys)/float64(len(truth)), widest)
		if recall < c.least {
			t.Errorf("%s: only %.4f of the pairs share a key", c.name, recall)
		}
	}
}
