package profile_test

import (
	"path/filepath"
	"testing"

	"winnow/backend/internal/fault"
	"winnow/backend/internal/profile"
)

func TestLoadDirReadsTheLabelledSetsProfilesAsTheyAre(t *testing.T) {
	t.Parallel()
	tests := []struct {
		dir, company, competitor, phone string
		pains, weight                   int
	}{
		{"profile", "Stockline", "Vyantra ERP", "+91 00000 00001", 8, 10},
		{"profile2", "Deskmarrow", "Ticketlark", "+1 415 555 0110", 6, 10},
		{"profile3", "Chairtime", "Molarbook", "+1 415 555 0120", 6, 10},
	}
	for _, tt := range tests {
		t.Run(tt.dir, func(t *testing.T) {
			t.Parallel()
			set, err := profile.LoadDir(filepath.Join("testdata", tt.dir))
			if err != nil {
				t.Fatal(err)
			}
			if set.Name != tt.dir || set.Version != 1 || len(set.Checksum) != 64 || set.Company.Name != tt.company || set.Company.Competitors[0] != tt.competitor ||
				set.Company.Contact["phone"] != tt.phone || len(set.PainPoints.PainPoints) != tt.pains || set.PainPoints.PainPoints[0].Weight != tt.weight ||
				set.Audience.QualifiedFrom != "B" || set.Audience.CompanySize.MinEmployees == 0 || len(set.Audience.Seniority.DecisionMaker) == 0 {
				t.Errorf("%+v", set)
			}
		})
	}
}

func TestLoadDirFaults(t *testing.T) {
	t.Parallel()
	if _, err := profile.LoadDir("testdata/absent"); !fault.Is(err, fault.NotFound) {
		t.Error(err)
	}
	empty := t.TempDir()
	_, err := profile.LoadDir(empty)
	if got := profile.FaultsOf(err); !fault.Is(err, fault.Invalid) || len(got) != 3 || got[0].File != filepath.Join(empty, "company.yaml") {
		t.Error(err)
	}
}
