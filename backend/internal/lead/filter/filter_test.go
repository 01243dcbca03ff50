package filter_test

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"gorm.io/gorm"

	"winnow/backend/internal/compose"
	"winnow/backend/internal/fault"
	"winnow/backend/internal/intake"
	"winnow/backend/internal/lead"
	"winnow/backend/internal/lead/duplicate"
	"winnow/backend/internal/lead/filter"
	"winnow/backend/internal/platform/db"
	"winnow/backend/internal/qualify/batch"
	"winnow/backend/internal/testkit"
)

const me = "01890000-0000-7000-8000-0000000000aa"

func env() filter.Env {
	return filter.Env{Now: testkit.Clock().Now(), UserID: me, All: true, Relations: []filter.Relation{intake.Relation(), batch.Relation(), compose.Relation(), duplicate.Relation()}}
}

func TestMistakesAreNamedWithTheirPlace(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"gade = A":                        `1: there is no field “gade”. Did you mean "grade"?`,
		"grade = A and sorce = x":         `15: there is no field “sorce”. Did you mean "source"?`,
		"grade":                           "6: an operator was expected after grade: one of = != < <= > >= in empty",
		"grade has A":                     "7: “has” does not work with grade; use one of = != < <= > >= in empty",
		"grade == A":                      "8: a value was expected here; put quotes around a value with signs or spaces",
		"grade = E":                       "9: “E” is not a grade; use one of A+ A B C D.",
		"status = wn":                     `10: “wn” is not a status; use one of new qualified disqualified contacted replied won lost archived. Did you mean "won"?`,
		"grade in A":                      "10: “in” needs a list in parentheses, such as (A+,A)",
		"grade in (A B)":                  "13: a “,” or “)” was expected in the list that begins at character 10",
		"grade in ()":                     "11: a value was expected here; put quotes around a value with signs or spaces",
		"(grade = A":                      "11: the “(” at character 1 is not closed",
		"grade = A)":                      "10: there is a “)” without its “(”",
		"company = Acme Ltd":              "16: “Ltd” was not expected; join conditions with “and” or “or”, and put quotes around a value with spaces",
		`name = "open`:                    "8: the quote that begins here is never closed",
		"score > many":                    "9: “many” is not a whole number",
		"created_at > lately":             "14: “lately” is not a time; write it like -14d, today, 2026-11-25 or 2026-11-25T10:00:00Z",
		"value > 1e9":                     "9: “1e9” is not an amount; write it like 1500 or 99.90",
		"owner = bob":                     "9: “bob” is not an id; ids look like 0190b6a0-5d2c-7b7e-9d35-0c7b2a4f1e11",
		"and":                             "1: there is no field “and”.",
		"not":                             "4: the name of a field was expected here, such as grade or source",
		"custom. = 1":                     "1: a custom field needs a name of 1–100 bytes, such as custom.budget",
		"name = a\x00":                    "9: there is a control character; remove it",
		`name = "a` + "\x00" + `"`:        "10: there is a NUL character; remove it",
		"name = \xff":                     "1: it is not valid UTF-8 text",
		"password_hash = x":               "1: there is no field “password_hash”.",
		"deleted_at > -1d":                "1: there is no field “deleted_at”.",
		strings.Repeat("(", 30) + "a":     "21: more than 20 nested parentheses or nots; make it simpler",
		strings.Repeat("not ", 30):        "81: more than 20 nested parentheses or nots; make it simpler",
		strings.Repeat("score>1 or ", 70): "661: more than 60 conditions; make it simpler",
		strings.Repeat("x", 4001):         "4000: it is longer than 4000 bytes; make it shorter",
		"grade in (" + list(501) + ")":    "1011: more than 500 values; make the list shorter",
		"name ~ x":                        "6: an operator was expected after name: one of = != in contains empty",
		"tags = vip":                      "6: “=” does not work with tags; use one of has empty",
	} {
		_, err := filter.Parse(in, env())
		if !fault.Is(err, fault.Invalid) {
			t.Errorf("%q: %v", in, err)
			continue
		}
		got := fmt.Sprint(err)
		_, got, _ = strings.Cut(got, "filter: at character ")
		if got != want {
			t.Errorf("%q:\n got %s\nwant %s", in, got, want)
		}
	}
}

func list(n int) string { return strings.TrimSuffix(strings.Repeat("A,", n), ",") }

// leads are ten leads whose names say what is special about them.
func leads(t *testing.T, d *db.DB) {
	t.Helper()
	now := testkit.Clock().Now()
	if err := d.Write.Exec("INSERT INTO users (id, email, email_key, role, created_at, updated_at) VALUES (?, 'm', 'm', 'user', ?, ?)", me, now, now).Error; err != nil {
		t.Fatal(err)
	}
	owner, old, v := me, now.AddDate(0, 0, -20), int64(99_900_000)
	day := time.Date(2026, 2, 20, 23, 59, 59, 0, time.UTC)
	ls := []lead.Lead{
		{Name: "best", Grade: "A+", Score: 95, Source: "linkedin", Tags: db.NewJSON([]string{"vip", "it's"}), Status: lead.StatusQualified},
		{Name: "good", Grade: "A", Score: 80, Source: "reddit", OwnerID: &owner, ValueMicros: &v, Status: lead.StatusWon},
		{Name: "mid", Grade: "B", Score: 60, Company: `Müller "50%_off" \ Söhne`, Custom: db.NewJSON(map[string]string{"budget": "500", "my field": "x", `q"k`: "y"})},
		{Name: "low", Grade: "D", Score: 5, CreatedAt: old, PostedAt: &day, Custom: db.NewJSON(map[string]string{"budget": "-20.5"}), Status: lead.StatusDisqualified},
		{Name: "raw", Score: -1, CreatedAt: now, Email: "raw@acme.test", Custom: db.NewJSON(map[string]string{"budget": "lots"})},
	}
	for i := range ls {
		l := &ls[i]
		l.ID = fmt.Sprintf("01890000-0000-7000-8000-00000000000%d", i)
		if l.Status == "" {
			l.Status = lead.StatusNew
		}
		if l.CreatedAt.IsZero() {
			l.CreatedAt = now.Add(-time.Hour)
		}
		if l.Tags.V == nil {
			l.Tags.V = []string{}
		}
		if l.Custom.V == nil {
			l.Custom.V = map[string]string{}
		}
		l.LastActivityAt, l.UpdatedAt, l.Version = l.CreatedAt, l.CreatedAt, 1
	}
	if err := d.Write.Create(&ls).Error; err != nil {
		t.Fatal(err)
	}
}

func found(tb testing.TB, d *db.DB, text string) (string, error) {
	tb.Helper()
	f, err := filter.Parse(text, env())
	if err != nil {
		return "", err
	}
	q := d.Read.WithContext(tb.Context()).Model(&lead.Lead{})
	if w := f.Where(d.Dialect); w != nil {
		q = q.Where(w)
	}
	var names []string
	err = q.Order("id").Pluck("name", &names).Error
	return strings.Join(names, " "), err
}

func TestFiltersMeanTheSameOnBothDatabases(t *testing.T) {
	t.Parallel()
	testkit.Databases(t, func(t *testing.T, d *db.DB) {
		leads(t, d)
		for in, want := range map[string]string{
			"": "best good mid low raw", "grade in (A+,A) and source = linkedin and created_at > -14d and not (tags has nothing)": "best",
			"grade >= B": "best good mid", "grade > B": "best good", "grade < A": "mid low", "grade <= A+": "best good mid low", "grade > A+": "",
			"grade < D": "", "grade != A": "best mid low raw", "grade empty": "raw", "not grade empty": "best good mid low", "grade = a+": "best", "not (grade < B)": "best good mid raw",
			"score > 60": "best good", "score <= 60": "mid low", "score in (5, 60)": "mid low", "score empty": "raw", "not score < 80": "best good raw", "score!=95": "good mid low raw", "score = -1": "raw",
			"source in (linkedin,REDDIT)": "best good", "source contains din": "best", "source empty": "mid low raw",
			"status = won or status = new": "good mid raw", "status in (won,disqualified)": "good low", "STATUS = WON": "good",
			"tags has vip": "best", `tags has ("it's", none)`: "best", "tags empty": "good mid low raw", "tags has vi": "",
			"owner = me": "good", "owner_id = " + me: "good", "owner != me": "best mid low raw", "owner empty": "best mid low raw", "not (owner in (me))": "best mid low raw",
			"value > 99.8": "good", "value = 99.90": "good", "value <= 99.9": "good", "value < 99.9": "", "value empty": "best mid low raw", "not (value > 1)": "best mid low raw",
			"id = 01890000-0000-7000-8000-000000000001": "good", "id empty": "",
			`company contains "50%"`: "mid", `company contains "%_o"`: "mid", `company contains 'MÜLL'`: "mid", `company contains "\\ s"`: "mid", "company contains sÖhne": "mid", "company contains %": "mid", "company empty": "best good low raw",
			`company = "mÜller \"50%_off\" \\ söhne"`: "mid",
			"name = BEST": "best", "name in (Best,'low')": "best low", "name != best": "good mid low raw", "email empty": "best good mid low", "email contains @ACME": "raw",
			"created_at > -14d": "best good mid raw", "created_at < -14d": "low", "created_at = today": "best good mid raw", "created_at < today": "low", "created_at >= 2026-03-02": "best good mid raw",
			"created_at > 2026-03-02": "", "created_at <= 2026-03-02": "best good mid low raw", "created_at != 2026-03-02": "low", "created_at = now": "raw", "created_at >= 2026-03-02T09:30:00Z": "raw", "created_at >= 2026-03-02T10:30:00+01:00": "raw",
			"posted_at empty": "best good mid raw", "posted_at = 2026-02-20": "low", "posted_at < -1w": "low", "not (posted_at < -1w)": "best good mid raw", "posted_at != 2026-02-20": "best good mid raw", "posted_at > 2026-02-20": "", "posted_at > -2m and posted_at < +1y": "low", "posted_at > -2H": "",
			"import = " + me: "", "import != " + me: "best good mid low raw", "batch in (" + me + ")": "", "not batch = " + me: "best good mid low raw",
			"custom.budget = 500": "mid", "custom.budget > 100": "mid", "custom.budget < 0": "low", "custom.budget >= -20.5": "mid low", "custom.budget > k": "raw", "custom.budget contains LOT": "raw", "custom.budget empty": "best good", "custom.budget in (500,lots)": "mid raw", "custom.budget != 500": "best good low raw",
			`custom."my field" = X`: "mid", `custom."q\"k" = y`: "mid", "CUSTOM.budget = 500": "mid", `custom."x') OR 1=1 --" = 1`: "",
			"not not name = best": "best", "(name = best or name = low) and score > 10": "best", "name = best or name = low and score > 10": "best", "name contains o": "good low",
		} {
			got, err := found(t, d, in)
			if err != nil || got != want {
				t.Errorf("%s: %q, %v, want %q", in, got, err, want)
			}
		}
	})
}

func TestA17_NoTextOfAFilterBecomesSQL(t *testing.T) {
	t.Parallel()
	testkit.Databases(t, func(t *testing.T, d *db.DB) {
		leads(t, d)
		attacks := []string{
			`' OR '1'='1`, `" OR 1=1 --`, `'); DROP TABLE leads; --`, `\'; SELECT pg_sleep(9); --`, "$1", "?", "@name", ":id", "%", "_", `\`, "`", "${x}", "{{x}}", "/*", "0x41", "1;2",
			"\u02bc OR 1=1", "＇ OR 1=1", "NULL", "a\tb", "😀", strings.Repeat("'", 50),
		}
		for _, a := range attacks {
			quoted := `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(a) + `"`
			for _, text := range []string{
				a, "name = " + a, "name = " + quoted, "name contains " + quoted, "source in (" + quoted + ")", "tags has " + quoted, "custom." + quoted + " = " + quoted, "custom." + quoted + " > 5",
				quoted + " = 1", "grade = " + quoted, "created_at > " + quoted, "owner = " + quoted, "score > " + quoted, "value > " + quoted, "name " + a + " x",
			} {
				got, err := found(t, d, text)
				if err != nil && !fault.Is(err, fault.Invalid) {
					t.Errorf("%s: a fault of the database: %v", text, err)
				}
				if err == nil && got != "" && !strings.Contains(text, "contains") {
					t.Errorf("%s finds %q", text, got)
				}
			}
		}
	})
}

// statement is the SQL of a filter without its values.
func statement(d *db.DB, f filter.Filter) string {
	q := d.Read.Session(&gorm.Session{DryRun: true}).Model(&lead.Lead{})
	return q.Where(f.Where(d.Dialect)).Find(&[]lead.Lead{}).Statement.SQL.String()
}

func TestA17_StatementsDoNotDependOnValues(t *testing.T) {
	t.Parallel()
	testkit.Databases(t, func(t *testing.T, d *db.DB) {
		for _, form := range []string{"name = %s", "name contains %s", "source in (%s)", "tags has %s", `custom.%s = 1`, "custom.a = %s", "custom.a contains %s"} {
			sql := map[string]bool{}
			for _, v := range []string{`"a"`, `"'; DROP TABLE leads; --"`, `"$1 ? @x"`} {
				f, err := filter.Parse(fmt.Sprintf(form, v), env())
				if err != nil {
					t.Fatal(err)
				}
				sql[statement(d, f)] = true
			}
			if len(sql) != 1 {
				t.Errorf("%s: %v", form, sql)
			}
		}
	})
}

func FuzzA17_Filter(f *testing.F) {
	for _, s := range []string{
		"grade in (A+,A) and source = linkedin and created_at > -14d and not (tags has vip)", `custom."a b" > 5 or name contains "'"`, "((", "not", "\x00", "a = 'b", "score>=1<2", "posted_at = 9999-12-31", "value = -0.1",
	} {
		f.Add(s)
	}
	dbs := []*db.DB{testkit.SQLite(f)}
	if os.Getenv("WINNOW_TEST_POSTGRES_URL") != "" {
		dbs = append(dbs, testkit.Postgres(f))
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, d := range dbs {
			if _, err := found(t, d, s); err != nil && !fault.Is(err, fault.Invalid) {
				t.Errorf("%q on %s: %v", s, d.Dialect, err)
			}
		}
	})
}

func TestWordListsAgreeWithTheLeads(t *testing.T) {
	t.Parallel()
	var statuses []string
	for _, s := range lead.Statuses() {
		statuses = append(statuses, string(s))
	}
	if fmt.Sprint(statuses) != fmt.Sprint(filter.Statuses()) || fmt.Sprint(lead.Grades()) != fmt.Sprint(filter.Grades()) {
		t.Errorf("filter knows %v %v", filter.Statuses(), filter.Grades())
	}
}
