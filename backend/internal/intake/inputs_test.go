package intake_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"winnow/backend/internal/intake"
	"winnow/backend/internal/lead"
	"winnow/backend/internal/platform/db"
	"winnow/backend/internal/testkit"
)

// The real inputs that broke other tools, those that a file can carry, each brought through the whole door; and where what
// people complain of most about merging, imports and size is held:
//
//	17 merging, also by API and many at once        merging.TestAMergeMovesEverythingAndItsUndoingPutsItBack, duplicate.TestOneVerdictOnAllOfAConfidence
//	18 a merge harms nothing and can be undone       merging.TestUndoingAllMergesPutsEverythingBack, merging.TestWhoGetsWhatWasChangedSince
//	19 deleted leads do not block                    TestADeletedLeadComesBack, input 14 below
//	20 no cap on rows                                TestComplaint20_NoCapOnRows
//	21 encodings                                     read.TestEncodingsAndDelimiters, inputs 1 to 3 below
//	22 counts that do not lie                        TestComplaint22_EveryRowHasOneFateAndTheCountsAreTheLeads
//	23 dates                                         normalise.TestDate, TestAmbiguousDatesAreKeptRaw, input 8 below
//	24 quick at a million                            make bench (docs/benchmarks.md)
func TestInputsThatBrokeOthersEndRight(t *testing.T) {
	t.Parallel()
	var half strings.Builder
	half.WriteString("Name,Email,Notes\n")
	for i := range 60 {
		note := "x"
		if i >= 30 {
			note = "" // a column that is empty from half-way on
		}
		fmt.Fprintf(&half, "P%d,p%d@x.example,%s\n", i, i, note)
	}
	for _, c := range []struct {
		input, file, want string // want: name|email|phone|custom note of each lead
		o                 intake.Options
		warned            string
	}{
		{input: "1 mark", file: "\ufeffemail,name\njo@x.example,Jo\n", want: "Jo|jo@x.example||"},
		{input: "1 mark and quotes", file: "\ufeff\"email\",\"name\"\n\"jo@x.example\",\"Jo\"\n", want: "Jo|jo@x.example||"},
		{input: "2 windows-1252", file: "name;email;notes\nJos\xe9;jo@x.example;10 \x96 20\n", want: "José|jo@x.example||10 – 20"},
		{input: "3 utf-16", file: utf16LE("name\temail\nJos\u00e9\tjo@x.example\n"), want: "José|jo@x.example||"},
		{input: "4 umlaut domain", file: "name,email\nJo,jo@demo-rüter.de\nJo,jo@xn--demo-rter-v9a.de\n", want: "Jo|jo@demo-rüter.de||"},
		{input: "5 emoji", file: "name,email,notes\nJo 🚀,jo@x.example,👩‍👩‍👧 hi\n", want: "Jo 🚀|jo@x.example||👩‍👩‍👧 hi"},
		{input: "6 NUL", file: "name,email,notes\nJo,jo@x.example,Ihre Verf\u00fcgbarkeit\x00\n", want: "Jo|jo@x.example||Ihre Verfügbarkeit", warned: "characters_removed"},
		{input: "7 phones", file: "name,phone\nA,(212) 555-0100\nB,+1 212 555 0101\nC,'+12125550102\nD,026185\n", o: intake.Options{DefaultRegion: "US"}, want: "A||+12125550100|/B||+12125550101|/C||+12125550102|/D|||", warned: "phone_invalid"},
		{input: "8 dates", file: "name,posted_at,content\nA,07/30/2023,t\nB,12/3/2021,u\n", want: "A|||2023-07-30/B|||2021-12-03"},
		{input: "8 no date", file: "name,posted_at,content\nA,31/02/2023,t\nB,30/07/2023,u\n", want: "A|||/B|||2023-07-30", warned: "date_invalid"},
		{input: "12 odd addresses", file: "name,email\nA,o'brien@x.example\nB,a+tag@x.example\nC,\"\"\"john doe\"\"@x.example\"\nD,x@localhost\nE,x@[1.2.3.4]\n", want: `A|o'brien@x.example||/B|a+tag@x.example||/C|"john doe"@x.example||/D|||/E|||`, warned: "email_invalid"},
		{input: "13 two addresses", file: "name,email\nJo,a@x.example;b@x.example\nJo,b@x.example\n", want: "Jo|a@x.example||"},
		{input: "15 half a column", file: half.String()},
		{input: "16 five million characters", file: "name,email,content\nA,a@x.example,\"" + strings.Repeat("> quoted ", 600_000) + "\"\nB,b@x.example,ok\n", want: "B|b@x.example||", warned: ""},
		{input: "17 placeholders", file: "name,email,company\nA,info@x.example,Acme\nB,info@x.example,Acme\nC,none@,Acme\nD,test@test.com,Acme\nE,test@test.com,Acme\n", want: "A|info@x.example||/B|info@x.example||/C|||/D|||/E|||", warned: "email_dummy"},
		{input: "18 one mailbox", file: "name,email\nJohn Doe,john.doe+crm@googlemail.com\nJohn Doe,johndoe@gmail.com\nJane,Jane@X.example\nJane,jane@x.example\n", want: "John Doe|john.doe+crm@googlemail.com||/Jane|jane@x.example||"},
	} {
		t.Run(c.input, func(t *testing.T) {
			t.Parallel()
			h := newHouse(t, testkit.SQLite(t))
			imp := h.bring(t, "x.csv", []byte(c.file), c.o)
			if imp.Done() != imp.RowsTotal {
				t.Errorf("%s", fatesOf(imp))
			}
			if c.input == "15 half a column" {
				if imp.Created != 60 || imp.RowsTotal != 60 {
					t.Errorf("%s", fatesOf(imp))
				}
				return
			}
			var got []string
			for _, l := range h.leads(t) {
				last := l.Custom.V["note"]
				if strings.HasPrefix(c.input, "8") && l.PostedAt != nil {
					last = l.PostedAt.UTC().Format(time.DateOnly)
				}
				got = append(got, strings.Join([]string{l.Name, l.Email, l.Phone, last}, "|"))
			}
			if all := strings.Join(got, "/"); all != c.want {
				t.Errorf("%q, want %q (%s, %+v)", all, c.want, fatesOf(imp), imp.Warnings.V)
			}
			if c.warned != "" && !warned(imp, c.warned) {
				t.Errorf("no word about %s: %+v", c.warned, imp.Warnings.V)
			}
		})
	}
}

func warned(imp *intake.Import, code string) bool {
	for _, w := range imp.Warnings.V {
		if w.Code == code {
			return true
		}
	}
	return false
}

func utf16LE(s string) string {
	out := []byte("\xff\xfe")
	for _, r := range s {
		out = append(out, byte(r), byte(r>>8))
	}
	return string(out)
}

// Complaint 20: 200, 2,000 and 10,000 rows are others' caps.
func TestComplaint20_NoCapOnRows(t *testing.T) {
	t.Parallel()
	h := newHouse(t, testkit.SQLite(t))
	const rows = 12_345
	if imp := h.bring(t, "people.csv", rowsCSV(rows), intake.Options{}); imp.Created != rows || imp.RowsTotal != rows || h.count(t, "leads") != rows {
		t.Errorf("%s", fatesOf(imp))
	}
}

// Complaint 22: what an import says is what the database holds, row by row.
func TestComplaint22_EveryRowHasOneFateAndTheCountsAreTheLeads(t *testing.T) {
	t.Parallel()
	testkit.Databases(t, func(t *testing.T, d *db.DB) {
		t.Helper()
		h := newHouse(t, d)
		h.bring(t, "known.csv", []byte(known), intake.Options{})
		before := h.count(t, "leads")
		imp := h.bring(t, "odd.csv", []byte(odd), intake.Options{})
		counted := map[intake.Fate]int{}
		rows, _, err := h.Rows(h.ctx, imp.ID, "", 0, 100)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range rows {
			counted[r.Fate]++
			if r.Fate == intake.Rejected && (r.Reason == "" || r.Raw == "") || r.Fate != intake.Rejected && r.LeadID == nil {
				t.Errorf("row %d: %+v", r.RowNo, r)
			}
		}
		want := map[intake.Fate]int{
			intake.Created: imp.Created, intake.Updated: imp.Updated, intake.Unchanged: imp.Unchanged, intake.Duplicate: imp.Duplicate, intake.Rejected: imp.Rejected,
		}
		for fate, n := range want {
			if counted[fate] != n {
				t.Errorf("%s: %d rows, the import says %d", fate, counted[fate], n)
			}
		}
		if len(rows) != imp.RowsTotal || imp.Done() != imp.RowsTotal || imp.RowsTotal != 6 || h.count(t, "leads") != before+int64(imp.Created) {
			t.Errorf("%d rows, %d leads more: %s", len(rows), h.count(t, "leads")-before, fatesOf(imp))
		}
	})
}

func TestUndoingPutsTheWholeTimeBack(t *testing.T) {
	t.Parallel()
	testkit.Databases(t, func(t *testing.T, d *db.DB) {
		t.Helper()
		h := newHouse(t, d)
		h.bring(t, "a.csv", []byte("Name,Email,Posted at,Content\nJo,jo@x.example,2026-01-02T03:04:05.678901Z,text\n"), intake.Options{})
		posted := func() time.Time {
			var l lead.Lead
			if err := h.db.Read.First(&l).Error; err != nil || l.PostedAt == nil {
				t.Fatal(l.PostedAt, err)
			}
			return l.PostedAt.UTC()
		}
		was := posted()
		imp := h.bring(t, "b.csv", []byte("Name,Email,Posted at,Content\nJo,jo@x.example,2026-02-03T03:04:05.5Z,text\n"), intake.Options{Known: intake.KnownOverwrite})
		if got := posted(); got.Equal(was) || was.Nanosecond() != 678901000 {
			t.Fatalf("%s, then %s", was, got)
		}
		if h.undo(t, imp.ID, false); !posted().Equal(was) {
			t.Errorf("%s came back as %s", was, posted())
		}
	})
}
