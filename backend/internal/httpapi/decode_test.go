package httpapi

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/labstack/echo/v4"

	"winnow/backend/internal/fault"
)

type inner struct {
	Street string `json:"street"`
	Number int    `json:"number"`
}

type dto struct {
	Name    string            `json:"name"`
	Count   *int              `json:"count"`
	At      *time.Time        `json:"at"`
	Tags    []string          `json:"tags"`
	Custom  map[string]string `json:"custom"`
	Home    *inner            `json:"home"`
	Places  []inner           `json:"places"`
	Hidden  string            `json:"-"`
	Unnamed string
	inner
}

func (d dto) Validate() []fault.Field {
	if d.Name == "" {
		return []fault.Field{{Name: "name", Code: "required", Message: "x"}}
	}
	return nil
}

func decoded(t *testing.T, contentType, body string) (dto, error) {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/?name=query", strings.NewReader(body))
	r.Header.Set("Content-Type", contentType)
	var d dto
	err := decode(echo.New().NewContext(r, httptest.NewRecorder()), &d)
	return d, err
}

func TestDecodeTakesWhatFits(t *testing.T) {
	t.Parallel()
	d, err := decoded(t, "application/json; charset=utf-8", ` {"name":"n","count":3,"at":"2026-11-25T09:00:00Z","tags":["a"],"custom":{"k":"v"},
"home":{"street":"s","number":1},"places":[{"street":"p"},{"number":2}],"number":7} `)
	if err != nil {
		t.Fatal(err)
	}
	if d.Name != "n" || *d.Count != 3 || d.At.Hour() != 9 || d.Tags[0] != "a" || d.Custom["k"] != "v" || d.Home.Street != "s" || d.Places[1].Number != 2 || d.Number != 7 {
		t.Errorf("%+v", d)
	}
	d, err = decoded(t, "application/json", `{"name":"n","count":null,"home":null,"tags":null,"places":null}`)
	if err != nil || d.Count != nil || d.Home != nil || d.Tags != nil {
		t.Errorf("%+v %v", d, err)
	}
}

func TestA15_DecodeReportsEveryFieldThatIsNotOfTheForm(t *testing.T) {
	t.Parallel()
	_, err := decoded(t, "application/json", `{"id":"1","Name":"x","Hidden":"x","Unnamed":"x","count":"3","at":"yesterday","tags":{},"custom":[1],
"home":{"street":1,"zip":"x"},"places":[{"number":"2"},5],"owner_id":"me","street":"a","street":"b"}`)
	f, ok := errors.AsType[*fault.Error](err)
	if !ok {
		t.Fatal(err)
	}
	got := map[string]string{}
	for _, fld := range f.Fields {
		got[fld.Name] = fld.Code
		if fld.Message == "" {
			t.Errorf("%s has no message", fld.Name)
		}
	}
	want := map[string]string{
		"id": "unknown_field", "Name": "unknown_field", "Hidden": "unknown_field", "Unnamed": "unknown_field", "owner_id": "unknown_field",
		"count": "wrong_type", "at": "wrong_type", "tags": "wrong_type", "custom": "wrong_type", "home.street": "wrong_type", "home.zip": "unknown_field",
		"places.0.number": "wrong_type", "places.1": "wrong_type", "street": "duplicate_field", "name": "required",
	}
	for name, code := range want {
		if got[name] != code {
			t.Errorf("%s: %q, want %q", name, got[name], code)
		}
	}
	if len(got) != len(want) {
		t.Errorf("got %v", got)
	}
}

func TestA31_DecodeTakesOneJSONObjectOnly(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ kind, body, code string }{
		"no body":       {"application/json", "", "body_missing"},
		"half":          {"application/json", `{"name":"n"`, "json_invalid"},
		"two":           {"application/json", `{"name":"n"}{"name":"m"}`, "json_invalid"},
		"a list":        {"application/json", `[]`, "json_invalid"},
		"null":          {"application/json", `null`, "json_invalid"},
		"text":          {"application/json", `name=n`, "json_invalid"},
		"NUL":           {"application/json", "{\"name\":\"\x00\"}", "json_invalid"},
		"very deep":     {"application/json", `{"name":` + strings.Repeat("[", 100000) + strings.Repeat("]", 100000) + `}`, ""},
		"deep":          {"application/json", `{"name":` + strings.Repeat("[", 40) + strings.Repeat("]", 40) + `}`, "json_too_deep"},
		"bracket text":  {"application/json", `{"name":"` + strings.Repeat("[{", 400) + `\"["}`, "ok"},
		"text/plain":    {"text/plain", `{"name":"n"}`, "415"},
		"form":          {"application/x-www-form-urlencoded", `name=n`, "415"},
		"multipart":     {"multipart/form-data; boundary=x", `{"name":"n"}`, "415"},
		"no type":       {"", `{"name":"n"}`, "415"},
		"type mimicry":  {"text/plain; application/json", `{"name":"n"}`, "415"},
		"json subtypes": {"application/json-patch+json", `{"name":"n"}`, "415"},
	} {
		_, err := decoded(t, c.kind, c.body)
		var status *statusError
		switch {
		case c.code == "ok":
			if err != nil {
				t.Errorf("%s: %v", name, err)
			}
		case c.code == "415":
			if !errors.As(err, &status) || status.status != 415 {
				t.Errorf("%s: %v", name, err)
			}
		case !fault.Is(err, fault.Invalid) || c.code != "" && fault.CodeOf(err) != c.code:
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestManyUnknownFieldsAreAnsweredShortly(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	b.WriteString(`{"name":"n"`)
	for i := range 20000 {
		b.WriteString(`,"` + strings.Repeat("x", 200) + itoa(i) + `":1`)
	}
	b.WriteString("}")
	_, err := decoded(t, "application/json", b.String())
	f, _ := errors.AsType[*fault.Error](err)
	if f == nil || len(f.Fields) > maxFields || len(f.Fields[0].Name) > 120 {
		t.Errorf("%.300v", err)
	}
}

func FuzzDecode(f *testing.F) {
	f.Add(`{"name":"n","home":{"street":"s"},"places":[{"number":1}]}`)
	f.Add(`{"custom":{"a":"b"},"at":"2026-11-25T09:00:00Z"}`)
	f.Fuzz(func(t *testing.T, body string) {
		if _, err := decoded(t, "application/json", body); err != nil && !fault.Is(err, fault.Invalid) {
			t.Errorf("%q: %v", body, err)
		}
	})
}

func TestQueriesTakeKnownParametersOnce(t *testing.T) {
	t.Parallel()
	list := func(raw string) (ListQuery, error) {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/?"+raw, nil)
		return listQuery(echo.New().NewContext(r, httptest.NewRecorder()), "fate")
	}
	q, err := list("limit=200&cursor=c&filter=f%3D1&q=x&sort=-score&fate=rejected")
	if err != nil || q.Limit != 200 || q.Cursor != "c" || q.Filter != "f=1" || q.Q != "x" || q.Sort != "-score" || q.Own.Get("fate") != "rejected" {
		t.Errorf("%+v %v", q, err)
	}
	if q, err := list(""); err != nil || q.Limit != 50 {
		t.Errorf("%+v %v", q, err)
	}
	for _, bad := range []string{"limit=0", "limit=201", "limit=x", "limit=-1", "limit=1e2", "limit=1&limit=2", "offset=1", "q=%zz", "q=a;sort=b", "owner_id=x"} {
		if _, err := list(bad); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: %v", bad, err)
		}
	}
}

func TestIfMatchIsAVersionOrNothing(t *testing.T) {
	t.Parallel()
	for header, want := range map[string]int{"": -1, "*": -1, `"3"`: 3, "3": 3, `W/"12"`: 12, `"x"`: -2, `"-1"`: -2, `"1", "2"`: -2} {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodPut, "/", nil)
		r.Header.Set("If-Match", header)
		v, err := ifMatch(echo.New().NewContext(r, httptest.NewRecorder()))
		got := -1
		if err != nil {
			got = -2
		} else if v != nil {
			got = *v
		}
		if got != want {
			t.Errorf("%q: %d, want %d", header, got, want)
		}
	}
}
