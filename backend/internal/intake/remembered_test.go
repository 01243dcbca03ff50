package intake_test

import (
	"bytes"
	"maps"
	"strings"
	"testing"

	"winnow/backend/internal/account"
	"winnow/backend/internal/id"
	"winnow/backend/internal/intake"
	"winnow/backend/internal/platform/db"
	"winnow/backend/internal/testkit"
)

func (h *house) as(t *testing.T, name string) string {
	t.Helper()
	user, now := id.New(), h.clock.Now()
	err := h.db.Write.Exec("INSERT INTO users (id, email, email_key, name, role, created_at, updated_at) VALUES (?, ?, ?, ?, 'admin', ?, ?)", user, user, user, name, now, now).Error
	if err != nil {
		t.Fatal(err)
	}
	h.ctx = account.With(t.Context(), account.Viewer{UserID: user, Role: account.RoleAdmin, Kind: account.KindSession})
	return user
}

func (h *house) look(t *testing.T, file string, o intake.Options) *intake.Preview {
	t.Helper()
	p, err := h.Upload(h.ctx, "x.csv", strings.NewReader(file), o)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestTheNextFileWithTheSameColumnsStartsFromTheMappingOfLastTime(t *testing.T) {
	t.Parallel()
	testkit.Databases(t, func(t *testing.T, d *db.DB) {
		t.Helper()
		h := newHouse(t, d)
		asha := h.as(t, "Asha")
		company, remark := "company", "custom.remark"
		first := "Name,Betrieb X,Email,Hm,Foo Bar\nJo,Acme,jo@x.example,hello,1\n"
		h.bring(t, "a.csv", []byte(first), intake.Options{Mapping: map[string]*string{"Betrieb X": &company, "Hm": &remark, "Email": nil}})
		chosen := h.clock.Now()
		h.clock.Advance(48 * 3600e9)
		h.as(t, "Bo")

		// Another order and another spelling of the same columns, other rows.
		p := h.look(t, "hm,FOO BAR,email,Name,betrieb x\nbye,2,al@x.example,Al,Bolt\n", intake.Options{})
		got := map[string]string{}
		for _, c := range p.Columns {
			got[c.Header] = string(c.Field)
			if c.Header == "betrieb x" && c.Reason != "as last time" {
				t.Errorf("its reason is %q", c.Reason)
			}
		}
		want := map[string]string{"hm": "custom.remark", "FOO BAR": "custom.foo_bar", "email": "", "Name": "name", "betrieb x": "company"}
		if !maps.Equal(got, want) || p.As == nil || p.As.Name != "Asha" || *p.As.By != asha || !p.As.At.Equal(chosen) {
			t.Fatalf("%v %+v", got, p.As)
		}
		// It comes in as it was shown; what is said now overrules what was said then; whoever chose stays named.
		if _, err := h.Start(h.ctx, p.Import.ID, intake.Options{Mapping: map[string]*string{}}); err != nil {
			t.Fatal(err)
		}
		if _, err := h.Run(h.ctx, p.Import.ID, nil); err != nil {
			t.Fatal(err)
		}
		if l := h.leads(t)[1]; l.Company != "Bolt" || l.Email != "" || l.Custom.V["remark"] != "bye" {
			t.Errorf("%+v", l)
		}
		note := "note"
		p = h.look(t, first, intake.Options{Mapping: map[string]*string{"Hm": &note}})
		if p.Import.Mapping.V["Hm"] != "note" || p.Import.Mapping.V["Betrieb X"] != "company" || p.As.Name != "Asha" {
			t.Errorf("%v %+v", p.Import.Mapping.V, p.As)
		}
		// From scratch it is the guesses, and once such an import begins the mapping is forgotten.
		p = h.look(t, first, intake.Options{Fresh: true})
		if p.As != nil || p.Import.Mapping.V["Email"] != "email" {
			t.Errorf("%v %+v", p.Import.Mapping.V, p.As)
		}
		if p = h.look(t, first, intake.Options{}); p.As == nil {
			t.Error("a mere look forgot the mapping")
		}
		h.bring(t, "b.csv", []byte(first), intake.Options{Fresh: true})
		if p = h.look(t, first, intake.Options{}); p.As != nil || h.count(t, "import_mappings") != 0 {
			t.Errorf("still remembered: %+v", p.As)
		}
	})
}

func TestAMappingIsRememberedForTheSameColumnsOnlyAndHoldsNoTextOfTheFile(t *testing.T) {
	t.Parallel()
	h := newHouse(t, testkit.SQLite(t))
	company := "company"
	none := 0
	h.bring(t, "plain.csv", []byte("Jo,Acme Canary,jo@x.example\n"), intake.Options{HeaderRow: &none, Mapping: map[string]*string{"Column 2": &company}})
	if h.count(t, "import_mappings") != 0 {
		t.Error("remembered for a file that does not name its columns")
	}
	h.bring(t, "guessed.csv", []byte("Name,Email\nJo,jo@x.example\n"), intake.Options{})
	if h.count(t, "import_mappings") != 0 {
		t.Error("remembered although nobody changed anything")
	}
	h.bring(t, "a.csv", []byte("Name,Canary Header,Email\nJo,Canary Value,jo@x.example\n"), intake.Options{Mapping: map[string]*string{"Canary Header": &company}})
	var kept []map[string]any
	if err := h.db.Read.Table("import_mappings").Find(&kept).Error; err != nil || len(kept) != 1 {
		t.Fatal(kept, err)
	}
	for k, v := range kept[0] {
		if s, ok := v.(string); ok && bytes.Contains(bytes.ToLower([]byte(s)), []byte("canary")) {
			t.Errorf("%s holds text of the file: %s", k, s)
		}
	}
	for _, other := range []string{"Name,Canary Header\nJo,x\n", "Name,Canary Header,Email,More\nJo,x,jo@x.example,y\n", "Name,Canary Headers,Email\nJo,x,jo@x.example\n"} {
		if p := h.look(t, other, intake.Options{}); p.As != nil {
			t.Errorf("%q starts from the mapping of other columns", other)
		}
	}
	// Names that fold to the same are told apart whatever their order.
	phone := "company_phone"
	h.bring(t, "c.csv", []byte("Name,Tel.,Tel\nJo,+15125550100,+15125550101\n"), intake.Options{Mapping: map[string]*string{"Tel.": &phone, "Tel": nil}})
	m := h.look(t, "Tel,Name,Tel.\n+15125550102,Al,+15125550103\n", intake.Options{}).Import.Mapping.V
	if m["Tel."] != "company_phone" || m["Tel"] != "" {
		t.Errorf("%v", m)
	}
}
