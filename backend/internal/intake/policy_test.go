package intake_test

import (
	"bytes"
	"fmt"
	"testing"
	"time"

	"winnow/backend/internal/intake"
	"winnow/backend/internal/lead"
	"winnow/backend/internal/platform/db"
	"winnow/backend/internal/testkit"
)

const stock = "Name,Email,Phone,Company,Title,Industry,Shoe Size\n" +
	"Jo Doe,jo@acme.example,+1 512 555 0100,Acme Inc,Owner,Steel,42\n" +
	"Al Roe,al@acme.example,+1 512 555 0101,Acme Inc,CTO,,41\n"

// Each choice about rows and known leads does what it says, and the dry run says the same before.
func TestWhatAnImportMayDo(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		file  string
		o     intake.Options
		fates string
		leads []string // name title industry phone shoe size
		codes map[int]string
	}{
		"fill": {
			"Name,Email,Title,Industry\nJo Doe,jo@acme.example,Boss,Iron\nAl Roe,al@acme.example,Boss,Iron\n",
			intake.Options{},
			"created 0 updated 1 unchanged 1 duplicate 0 rejected 0 of 2",
			[]string{"Jo Doe Owner Steel +15125550100 42", "Al Roe CTO Iron +15125550101 41"},
			nil,
		},
		"overwrite keeps what the row does not say": {
			"Name,Email,Title,Industry,Shoe Size\nJo Doe,jo@acme.example,Boss,,43\nAl Roe,al@acme.example,CTO,,41\n",
			intake.Options{Known: intake.KnownOverwrite},
			"created 0 updated 1 unchanged 1 duplicate 0 rejected 0 of 2",
			[]string{"Jo Doe Boss Steel +15125550100 43", "Al Roe CTO  +15125550101 41"},
			nil,
		},
		"clear empties what the row leaves empty, but not what a lead is known by": {
			"Name,Email,Phone,Title,Industry,Shoe Size\nJo Doe,jo@acme.example,,Boss,,\n",
			intake.Options{Known: intake.KnownOverwrite, ClearEmpty: true},
			"created 0 updated 1 unchanged 0 duplicate 0 rejected 0 of 1",
			[]string{"Jo Doe Boss  +15125550100 ", "Al Roe CTO  +15125550101 41"},
			nil,
		},
		"overwrite never takes another lead's number": {
			"Name,Email,Phone\nJo Doe,jo@acme.example,+1 512 555 0101\n",
			intake.Options{Known: intake.KnownOverwrite},
			"created 0 updated 0 unchanged 1 duplicate 0 rejected 0 of 1",
			[]string{"Jo Doe Owner Steel +15125550100 42", "Al Roe CTO  +15125550101 41"},
			nil,
		},
		"create only": {
			"Name,Email,Title\nJo Doe,jo@acme.example,Boss\nNew One,new@one.example,CEO\nNew One,new@one.example,\n",
			intake.Options{Rows: intake.RowsCreate},
			"created 1 updated 0 unchanged 1 duplicate 1 rejected 0 of 3",
			[]string{"Jo Doe Owner Steel +15125550100 42", "Al Roe CTO  +15125550101 41", "New One CEO   "},
			map[int]string{2: "lead_known"},
		},
		"update only": {
			"Name,Email,Industry\nAl Roe,al@acme.example,Iron\nNew One,new@one.example,Toys\n",
			intake.Options{Rows: intake.RowsUpdate},
			"created 0 updated 1 unchanged 0 duplicate 0 rejected 1 of 2",
			[]string{"Jo Doe Owner Steel +15125550100 42", "Al Roe CTO Iron +15125550101 41"},
			map[int]string{3: "lead_unknown"},
		},
		"match by e-mail alone": {
			"Name,Email,Phone,Industry\nJo Doe,jo@other.example,+1 512 555 0100,Iron\nAl Roe,al@acme.example,,Iron\n",
			intake.Options{Match: []string{"email"}},
			"created 1 updated 1 unchanged 0 duplicate 0 rejected 0 of 2",
			[]string{"Jo Doe Owner Steel +15125550100 42", "Al Roe CTO Iron +15125550101 41", "Jo Doe  Iron +15125550100 "},
			nil,
		},
		"defaults": {
			"Name,Email,Industry\nNew One,new@one.example,Toys\nNew Two,new@two.example,\n,,\n",
			intake.Options{Defaults: map[string]string{"industry": "Trade", "title": "Buyer"}},
			"created 2 updated 0 unchanged 0 duplicate 0 rejected 0 of 2",
			[]string{"Jo Doe Owner Steel +15125550100 42", "Al Roe CTO  +15125550101 41", "New One Buyer Toys  ", "New Two Buyer Trade  "},
			nil,
		},
	}
	testkit.Databases(t, func(t *testing.T, d *db.DB) {
		t.Helper()
		for name, tc := range cases {
			h := newHouse(t, d)
			h.bring(t, "stock.csv", []byte(stock), intake.Options{})
			h.clock.Advance(time.Hour)
			p, err := h.Upload(h.ctx, "x.csv", bytes.NewReader([]byte(tc.file)), tc.o)
			if err != nil {
				t.Fatal(err)
			}
			said, _, err := h.Rehearse(h.ctx, p.Import.ID, tc.o)
			if err != nil {
				t.Fatal(err)
			}
			imp := h.bring(t, "x.csv", []byte(tc.file), tc.o)
			if got := fatesOf(imp); got != tc.fates || fatesOf(said) != got {
				t.Errorf("%s: %s, want %s, said %s", name, got, tc.fates, fatesOf(said))
			}
			leads := h.leads(t)
			if len(leads) != len(tc.leads) {
				t.Fatalf("%s: %d leads", name, len(leads))
			}
			for i, l := range leads {
				if got := fmt.Sprintf("%s %s %s %s %s", l.Name, l.Title, l.Industry, l.Phone, l.Custom.V["shoe_size"]); got != tc.leads[i] {
					t.Errorf("%s: %q, want %q", name, got, tc.leads[i])
				}
			}
			oneOriginEach(t, h, leads)
			rows, _, err := h.Rows(h.ctx, imp.ID, "", 0, 0)
			if err != nil {
				t.Fatal(err)
			}
			for _, r := range rows {
				if want := tc.codes[r.RowNo]; want != "" && r.Code != want {
					t.Errorf("%s: row %d says %q, want %q", name, r.RowNo, r.Code, want)
				}
			}
			wipe(t, d)
		}
	})
}

// oneOriginEach holds that each value that stands has one current origin, which says this value.
func oneOriginEach(t *testing.T, h *house, leads []lead.Lead) {
	t.Helper()
	for _, l := range leads {
		for field, v := range map[string]string{"title": l.Title, "industry": l.Industry, "custom.shoe_size": l.Custom.V["shoe_size"]} {
			var from []lead.Provenance
			if err := h.db.Read.Where("lead_id = ? AND field = ? AND current", l.ID, field).Find(&from).Error; err != nil {
				t.Fatal(err)
			}
			if v == "" && len(from) == 0 || len(from) == 1 && from[0].Value == v {
				continue
			}
			t.Errorf("%s of %s is %q and comes from %+v", field, l.Name, v, from)
		}
	}
}
