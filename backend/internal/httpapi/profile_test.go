package httpapi_test

import (
	"net/http"
	"strings"
	"testing"

	"winnow/backend/internal/account"
	"winnow/backend/internal/event"
	"winnow/backend/internal/httpapi"
	"winnow/backend/internal/id"
	"winnow/backend/internal/profile"
	"winnow/backend/internal/testkit"
)

// serveProfile starts the profile's routes over a database whose profile is the first template.
func serveProfile(t *testing.T) *api {
	t.Helper()
	d, c := testkit.SQLite(t), testkit.Clock()
	s := profile.NewService(d, event.New(d, c, nil), c)
	if _, err := s.Seed(t.Context(), profile.DefaultName, t.TempDir()); err != nil {
		t.Fatal(err)
	}
	return serve(t, httpapi.NewProfile(s, nil))
}

func TestProfileIsReadChangedAndRestored(t *testing.T) {
	t.Parallel()
	boss := serveProfile(t).as(admin(id.New()))
	var one, two, three httpapi.ProfileResponse
	first := boss.do(http.MethodGet, "/profile", nil).want(http.StatusOK).into(&one)
	if one.Version != 1 || first.header.Get("ETag") != `"1"` || one.Set.Company.Name != "Stockline" || !strings.Contains(one.Documents.PainPoints.YAML, "order-chaos") {
		t.Fatalf("%s", first.body)
	}
	change := map[string]any{"documents": map[string]string{"company": "name: Nord\ncategory: c\none_liner: o\n"}, "note": "ours"}
	boss.with("If-Match", `"1"`).do(http.MethodPut, "/profile", change).want(http.StatusOK).into(&two)
	if two.Version != 2 || two.Set.Company.Name != "Nord" || two.Documents.Audience.YAML != one.Documents.Audience.YAML {
		t.Errorf("%+v", two)
	}
	if a := boss.with("If-Match", `"1"`).do(http.MethodPut, "/profile", change).want(http.StatusPreconditionFailed); a.code() != "profile_stale" {
		t.Error(a.code())
	}
	boss.do(http.MethodPost, "/profile/versions/1/restore", nil).want(http.StatusOK).into(&three)
	if three.Version != 3 || three.Checksum != one.Checksum {
		t.Errorf("%+v", three)
	}
	boss.do(http.MethodPost, "/profile/templates/saas/apply", nil).want(http.StatusOK).into(&three)
	if three.Version != 4 || three.Set.Company.Name != "Queuewell" {
		t.Errorf("%+v", three.Set)
	}
	var offered httpapi.ProfileTemplateList
	boss.do(http.MethodGet, "/profile/templates", nil).want(http.StatusOK).into(&offered)
	if len(offered.Items) != 4 || offered.Items[1].Name != "saas" || offered.Items[1].Documents != three.Documents {
		t.Errorf("a template must show what applying it stores: %+v", offered)
	}
	var page, rest httpapi.ProfileVersionList
	boss.do(http.MethodGet, "/profile/versions?limit=3", nil).want(http.StatusOK).into(&page)
	boss.do(http.MethodGet, "/profile/versions?cursor="+*page.NextCursor, nil).want(http.StatusOK).into(&rest)
	if len(page.Items) != 3 || page.Total != 4 || page.Items[2].Note != "ours" || page.Items[0].CreatedBy == nil || len(rest.Items) != 1 || rest.NextCursor != nil || rest.Items[0].CreatedBy != nil {
		t.Errorf("%+v\n%+v", page, rest)
	}
}

func TestProfileMistakesComeWithTheirPlaces(t *testing.T) {
	t.Parallel()
	boss := serveProfile(t).as(admin(id.New()))
	bad := "name: Nord\ncatgory: c\none_liner: o\n"
	a := boss.do(http.MethodPut, "/profile", map[string]any{"documents": map[string]string{"company": bad, "audience": "a: [\n"}}).want(http.StatusBadRequest)
	if got := a.fields(); a.code() != "profile_invalid" || got["company.yaml:2:1"] == "" || got["company.yaml:1:1"] == "" || len(got) != 3 {
		t.Errorf("%s", a.body)
	}
	var out httpapi.ProfileCheckResponse
	boss.do(http.MethodPost, "/profile/validate", map[string]string{"kind": "company", "yaml": bad}).want(http.StatusOK).into(&out)
	if len(out.Errors) != 2 || out.Errors[1].Line != 2 || out.Errors[1].Column != 1 || out.Errors[1].Hint != `Did you mean "category"?` {
		t.Errorf("%+v", out)
	}
	good := boss.do(http.MethodPost, "/profile/validate", map[string]string{"kind": "company", "yaml": strings.Replace(bad, "catgory", "category", 1)}).want(http.StatusOK)
	if strings.TrimSpace(string(good.body)) != `{"errors":[]}` {
		t.Errorf("%s", good.body)
	}
	for path, body := range map[string]any{
		"PUT /profile":                         map[string]any{"documents": map[string]string{}},
		"PUT /profile ":                        map[string]any{"documents": map[string]string{"pains": "x"}},
		"POST /profile/validate":               map[string]string{"kind": "pains", "yaml": "x"},
		"GET /profile/versions?cursor=x":       nil,
		"GET /profile/versions?filter=a":       nil,
		"GET /profile/versions?limit=0":        nil,
		"POST /profile/versions/9/restore":     http.StatusNotFound,
		"POST /profile/versions/x/restore":     http.StatusNotFound,
		"POST /profile/templates/nope/apply":   http.StatusNotFound,
		"POST /profile/templates/..%2Fx/apply": http.StatusNotFound,
	} {
		method, url, _ := strings.Cut(strings.TrimSpace(path), " ")
		want := http.StatusBadRequest
		if status, ok := body.(int); ok {
			want, body = status, nil
		}
		boss.do(method, url, body).want(want)
	}
	var now httpapi.ProfileResponse
	if boss.do(http.MethodGet, "/profile", nil).into(&now); now.Version != 1 {
		t.Error("a refused request changed the profile")
	}
}

func TestA14_ProfileRoutesByRole(t *testing.T) {
	t.Parallel()
	a := serveProfile(t)
	who := id.New()
	reads := []string{"GET /profile", "GET /profile/versions", "GET /profile/templates"}
	writes := []string{"PUT /profile", "POST /profile/versions/1/restore", "POST /profile/templates/saas/apply"}
	tests := []struct {
		name        string
		api         *api
		read, write int
	}{
		{"nobody", a, http.StatusUnauthorized, http.StatusUnauthorized},
		{"viewer", a.as(viewer(who)), http.StatusOK, http.StatusForbidden},
		{"user", a.as(user(who)), http.StatusOK, http.StatusForbidden},
		{"key to read", a.as(key(who, account.ScopeLeadsRead)), http.StatusOK, http.StatusForbidden},
		{"key to write the profile", a.as(key(who, account.ScopeProfileWrite)), http.StatusForbidden, http.StatusOK},
		{"admin", a.as(admin(who)), http.StatusOK, http.StatusOK},
	}
	body := map[string]any{"documents": map[string]string{"company": "name: N\ncategory: c\none_liner: o\n"}}
	for _, tt := range tests {
		for _, route := range reads {
			method, url, _ := strings.Cut(route, " ")
			if got := tt.api.do(method, url, nil); got.status != tt.read {
				t.Errorf("%s, %s: %d", tt.name, route, got.status)
			}
		}
		for _, route := range writes {
			method, url, _ := strings.Cut(route, " ")
			if got := tt.api.do(method, url, body); got.status != tt.write {
				t.Errorf("%s, %s: %d", tt.name, route, got.status)
			}
		}
	}
}
