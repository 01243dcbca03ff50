package lead_test

import (
	"os"
	"testing"

	"winnow/backend/internal/fault"
	"winnow/backend/internal/lead"
	"winnow/backend/internal/platform/db"
	"winnow/backend/internal/testkit"
)

// FuzzA17_List feeds anything to search, sort and cursor: the answer is a page or a fault of the input, never one of the
// database.
func FuzzA17_List(f *testing.F) {
	for _, s := range [][3]string{
		{`ann@acme.io "x" OR 1`, "-score", ""},
		{"'; DROP TABLE leads; --", "name,-grade", "e30"},
		{"half ½ ŉ ʼ ’ \\ :* | & ! ( )", "x", "eyJsIjoiIn0"},
		{"NEAR(a b, 2) {a b}: ^c + d", "", ""},
		{"\x00\xff", "\x00", "\x00"},
		{"स्टॉक 库存 ИМЯ", "", ""},
		{"-a AND NOT b*", "", ""},
		{"a\U0001E100b \U00016EA0\U00016EA1 e\u0301\u0301 \u0301 x\u0332y \ue000z", "", ""},
	} {
		f.Add(s[0], s[1], s[2])
	}
	dbs := []*db.DB{testkit.SQLite(f)}
	if os.Getenv("WINNOW_TEST_POSTGRES_URL") != "" {
		dbs = append(dbs, testkit.Postgres(f))
	}
	for _, d := range dbs {
		putAll(f, d, []lead.Lead{{Name: "Ann O'Neil"}, {Name: "Bob"}})
	}
	f.Fuzz(func(t *testing.T, q, sort, cursor string) {
		for _, d := range dbs {
			for _, query := range []lead.Query{{Search: q}, {Sort: sort}, {Cursor: cursor}, {Search: q, Sort: sort, Cursor: cursor}} {
				if _, err := store(d).List(system(t), query); err != nil && !fault.Is(err, fault.Invalid) {
					t.Errorf("%+v on %s: %v", query, d.Dialect, err)
				}
			}
		}
	})
}
