package intake_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"winnow/backend/internal/intake"
	"winnow/backend/internal/lead"
	"winnow/backend/internal/testkit"
)

// outline is what a golden file keeps of an import: the mapping and the leads.
type outline struct {
	Tool     string
	Error    string
	Rejected int
	Mapping  map[string]string
	Leads    []map[string]string
}

// TestExportsOfADozenToolsMapWithoutHelp compares with testdata/golden; WINNOW_GOLDEN=write writes it anew.
func TestExportsOfADozenToolsMapWithoutHelp(t *testing.T) {
	t.Parallel()
	var files []string
	for _, dir := range []string{"crm", "linkedin-export", "salesnav", "vcard", "."} {
		found, err := filepath.Glob(filepath.Join("testdata", dir, "*.*"))
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, found...)
	}
	for _, path := range files {
		if strings.HasSuffix(path, ".md") {
			continue
		}
		t.Run(filepath.Base(path), func(t *testing.T) {
			t.Parallel()
			h := newHouse(t, testkit.SQLite(t))
			imp := h.bringFile(t, path, intake.Options{DefaultRegion: "US"})
			got := outline{Tool: imp.Options.V.Tool, Error: imp.Error, Rejected: imp.Rejected, Mapping: imp.Mapping.V}
			for _, l := range h.leads(t) {
				got.Leads = append(got.Leads, facts(&l))
			}
			golden(t, filepath.Join("testdata/golden", filepath.Base(path)+".json"), got)
		})
	}
}

func facts(l *lead.Lead) map[string]string {
	f := map[string]string{}
	put := func(k, v string) {
		if v != "" {
			f[k] = v
		}
	}
	for k, v := range map[string]string{
		"name": l.Name, "title": l.Title, "company": l.Company, "email": l.Email, "phone": l.Phone, "linkedin_url": l.LinkedinURL, "url": l.URL,
		"source": l.Source, "source_id": l.SourceID, "content": l.Content, "industry": l.Industry, "location": l.Location, "country": l.Country,
		"company_size": l.CompanySize, "language": l.Language, "tags": strings.Join(l.Tags.V, ", "),
	} {
		put(k, v)
	}
	for k, v := range l.Custom.V {
		put("custom."+k, v)
	}
	return f
}

func golden(t *testing.T, path string, got any) {
	t.Helper()
	text, err := json.MarshalIndent(got, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	if os.Getenv("WINNOW_GOLDEN") == "write" {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, append(text, '\n'), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if strings.TrimSpace(string(want)) != string(text) {
		t.Errorf("differs from %s:\n%s", path, text)
	}
}

func TestFilesWithoutLeadsAreNamedAndImportNothing(t *testing.T) {
	t.Parallel()
	for path, holds := range map[string]string{
		"linkedin-export/messages.csv":          "holds messages",
		"linkedin-export/messages_old_8col.csv": "holds messages",
		"linkedin-export/Invitations.csv":       "holds invitations",
		"linkedin-export/Shares.csv":            "holds your own posts",
		"linkedin-export/headers.json":          "holds only the names of columns",
		"crm/hubspot_companies.csv":             "holds companies",
		"gosom_results_header.csv":              "holds no rows",
	} {
		h := newHouse(t, testkit.SQLite(t))
		imp := h.bringFile(t, filepath.Join("testdata", path), intake.Options{})
		if !strings.Contains(imp.Error, holds) || imp.Status != intake.Finished || len(h.leads(t)) != 0 {
			t.Errorf("%s: %q, %d leads", path, imp.Error, len(h.leads(t)))
		}
	}
}
