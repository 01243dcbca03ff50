package intake_test

import (
	"bytes"
	"maps"
	"path/filepath"
	"testing"

	"winnow/backend/internal/intake"
	"winnow/backend/internal/lead"
	"winnow/backend/internal/testkit"
)

// What leaves as a file comes back as it was, formulas and all, in every format.
func TestA35_AnExportReadBackGivesTheSameLeads(t *testing.T) {
	t.Parallel()
	h := newHouse(t, testkit.SQLite(t))
	for _, path := range []string{
		"messy/formula_injection.csv", "messy/multiline_quotes.csv", "messy/hindi_headers.csv", "messy/arabic_headers.csv", "messy/excel_mangled.csv",
		"vcard/mixed.vcf", "crm/hubspot_contacts.csv", "crm/google_contacts.csv", "crm/zoho_leads.csv", "crm/apollo_contacts.csv", "linkedin-export/Connections.csv",
		"salesnav/phantombuster_salesnav_search_export.csv",
	} {
		h.bringFile(t, filepath.Join("testdata", path), intake.Options{DefaultRegion: "US"})
	}
	want := h.leads(t)
	for _, format := range []lead.Format{lead.CSV, lead.XLSX, lead.JSON} {
		t.Run(string(format), func(t *testing.T) {
			t.Parallel()
			e, err := lead.NewStore(h.db, h.clock).Export(h.ctx, format, lead.Query{Sort: "created_at"}, nil, lead.Choice{})
			if err != nil {
				t.Fatal(err)
			}
			var file bytes.Buffer
			if _, err := e.Write(h.ctx, &file); err != nil {
				t.Fatal(err)
			}
			back := newHouse(t, testkit.SQLite(t))
			imp := back.bring(t, "export."+string(format), file.Bytes(), intake.Options{})
			if imp.Created != len(want) || imp.Rejected != 0 || len(imp.Warnings.V) != 0 {
				t.Fatalf("%s %+v", fatesOf(imp), imp.Warnings.V)
			}
			got := map[string]map[string]string{}
			for _, l := range back.leads(t) {
				got[l.Name+l.Email+l.LinkedinURL] = facts(&l)
			}
			for _, l := range want {
				if f := facts(&l); !maps.Equal(f, got[l.Name+l.Email+l.LinkedinURL]) {
					t.Errorf("went out as %v\ncame back as %v", f, got[l.Name+l.Email+l.LinkedinURL])
				}
			}
		})
	}
}
