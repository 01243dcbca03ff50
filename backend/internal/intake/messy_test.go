package intake_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"winnow/backend/internal/intake"
	"winnow/backend/internal/lead"
	"winnow/backend/internal/testkit"
)

type expectation struct {
	Region    string           `json:"region"`
	Delimiter string           `json:"delimiter"`
	Encoding  string           `json:"encoding"`
	Header    int              `json:"header_line"`
	Stored    []map[string]any `json:"stored"`
	Warnings  int              `json:"warnings"`
	Rejected  int              `json:"rejected"`
}

func TestMessyFilesBecomeWhatTheyMean(t *testing.T) {
	t.Parallel()
	raw, err := os.ReadFile("testdata/messy/expected.json")
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]json.RawMessage{}
	if err := json.Unmarshal(raw, &all); err != nil {
		t.Fatal(err)
	}
	delete(all, "_read_me")
	files, err := os.ReadDir("testdata/messy")
	if err != nil || len(files) != len(all)+1 {
		t.Errorf("%d files for %d expectations, %v", len(files)-1, len(all), err)
	}
	for name, doc := range all {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var want expectation
			if err := json.Unmarshal(doc, &want); err != nil {
				t.Fatal(err)
			}
			h := newHouse(t, testkit.SQLite(t))
			path, o := filepath.Join("testdata/messy", name), intake.Options{DefaultRegion: want.Region}
			if want.Header > 0 {
				raw, err := os.ReadFile(path)
				if err != nil {
					t.Fatal(err)
				}
				if p := h.look(t, string(raw), o); p.Reading.HeaderRow != want.Header {
					t.Errorf("the columns are named in row %d, want %d", p.Reading.HeaderRow, want.Header)
				}
			}
			checkMessy(t, h, h.bringFile(t, path, o), want)
		})
	}
}

func checkMessy(t *testing.T, h *house, imp *intake.Import, want expectation) {
	t.Helper()
	leads := h.leads(t)
	if len(leads) != len(want.Stored) || imp.Rejected != want.Rejected {
		t.Fatalf("%d leads and %d rejected, want %d and %d (%+v)", len(leads), imp.Rejected, len(want.Stored), want.Rejected, imp)
	}
	warned := 0
	for _, w := range imp.Warnings.V {
		warned += w.Count
	}
	if warned < want.Warnings {
		t.Errorf("%d warnings, want at least %d: %+v", warned, want.Warnings, imp.Warnings.V)
	}
	if want.Delimiter != "" && imp.Delimiter != want.Delimiter {
		t.Errorf("delimiter %q, want %q", imp.Delimiter, want.Delimiter)
	}
	if want.Encoding != "" && imp.Encoding[:5] != want.Encoding[:5] {
		t.Errorf("encoding %q, want %q", imp.Encoding, want.Encoding)
	}
	for i, w := range want.Stored {
		for field, v := range w {
			if got := fieldOf(&leads[i], field); got != wanted(v) {
				t.Errorf("lead %d: %s is %q, want %q", i+1, field, got, wanted(v))
			}
		}
	}
}

func wanted(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case []any:
		return v[0].(string)
	}
	return ""
}

func fieldOf(l *lead.Lead, field string) string {
	switch field {
	case "name":
		return l.Name
	case "email":
		return l.Email
	case "phone":
		return l.Phone
	case "company":
		return l.Company
	case "company_size":
		return l.CompanySize
	case "source_ref":
		return l.SourceID
	}
	return l.Custom.V[field]
}
