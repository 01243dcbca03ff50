package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"mime/multipart"
	"net"
	"net/http"
	"net/http/cookiejar"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"winnow/backend/internal/app"
	"winnow/backend/internal/config"
	"winnow/backend/internal/httpapi"
	"winnow/backend/internal/testkit"
)

// eventSchemas are the schemas of api/events, by event type.
func eventSchemas(t *testing.T) map[string]*jsonschema.Schema {
	t.Helper()
	c := jsonschema.NewCompiler()
	c.DefaultDraft(jsonschema.Draft2020)
	c.AssertFormat()
	out := map[string]*jsonschema.Schema{}
	files, err := filepath.Glob(filepath.Join(repo, "api/events/*.json"))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		s, err := c.Compile(f)
		if err != nil {
			t.Fatal(err)
		}
		out[strings.TrimSuffix(filepath.Base(f), ".json")] = s
	}
	return out
}

// Each event type that the code names has a schema and a line in the list, and no schema describes what is never said.
func TestEventsHaveSchemas(t *testing.T) {
	t.Parallel()
	emitted := map[string]bool{}
	word := regexp.MustCompile(`"((?:lead|company|source|duplicate|sweep|message|batch|import|budget|profile|user|apikey|settings|view|template)\.(?:[a-z_]+ed|found|undone|signed_in|signed_out_everywhere))"`) // noun.past
	root := filepath.Join(repo, "backend/internal")
	err := filepath.WalkDir(root, func(path string, d os.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && d.Name() == "httpapi": // names operations in the same form
			return filepath.SkipDir
		case d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") || d.Name() == "permissions.go":
			return nil
		}
		for _, m := range word.FindAllStringSubmatch(string(readFile(t, path)), -1) {
			emitted[m[1]] = true
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	list := string(readFile(t, filepath.Join(repo, "api/events/README.md")))
	schemas := eventSchemas(t)
	for typ := range emitted {
		if schemas[typ] == nil || !strings.Contains(list, "["+"`"+typ+"`]("+typ+".json)") {
			t.Errorf("%s needs a schema api/events/%s.json and a line in the README there", typ, typ)
		}
	}
	for typ := range schemas {
		if !emitted[typ] {
			t.Errorf("api/events/%s.json describes an event that nothing appends", typ)
		}
	}
	if len(emitted) < 20 {
		t.Errorf("only %d types were seen: the test looks at nothing", len(emitted))
	}
}

// visitor is a browser that uses the product over HTTP.
type visitor struct {
	t      *testing.T
	base   string
	client http.Client
}

// do sends a JSON request and reads the answer into out (nil: any); it fails the test on an answer above 299.
func (v *visitor) do(method, path string, body, out any) {
	v.t.Helper()
	var b bytes.Buffer
	if body != nil {
		if err := json.NewEncoder(&b).Encode(body); err != nil {
			v.t.Fatal(err)
		}
	}
	v.send(method, path, "application/json", &b, out)
}

func (v *visitor) send(method, path, kind string, body io.Reader, out any) {
	v.t.Helper()
	req, err := http.NewRequestWithContext(v.t.Context(), method, v.base+"/api/v1"+path, body)
	if err != nil {
		v.t.Fatal(err)
	}
	req.Header.Set("Content-Type", kind)
	req.Header.Set("X-Winnow-CSRF", "1")
	res, err := v.client.Do(req)
	if err != nil {
		v.t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	raw, err := io.ReadAll(res.Body)
	if err != nil || res.StatusCode > 299 {
		v.t.Fatalf("%s %s: %d %s %v", method, path, res.StatusCode, raw, err)
	}
	if out != nil {
		if err := json.Unmarshal(raw, out); err != nil {
			v.t.Fatalf("%s %s: %s: %v", method, path, raw, err)
		}
	}
}

func (v *visitor) upload(file, options string, out any) {
	v.t.Helper()
	var b bytes.Buffer
	form := multipart.NewWriter(&b)
	part, err := form.CreateFormFile("file", filepath.Base(file))
	if err == nil {
		_, err = part.Write(readFile(v.t, file))
	}
	if err == nil {
		err = form.WriteField("options", options)
	}
	if err == nil {
		err = form.Close()
	}
	if err != nil {
		v.t.Fatal(err)
	}
	v.send(http.MethodPost, "/leads/import", form.FormDataContentType(), &b, out)
}

// A walk through the product, and every event of it follows its schema.
func TestEventsFollowTheirSchemas(t *testing.T) {
	t.Parallel()
	a, v := visit(t)
	walk(v)
	evs, err := a.Events.Since(t.Context(), 0, 1000)
	if err != nil {
		t.Fatal(err)
	}
	schemas, seen := eventSchemas(t), map[string]bool{}
	for _, e := range evs {
		raw, err := json.Marshal(e)
		if err != nil {
			t.Fatal(err)
		}
		doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(raw))
		if err != nil {
			t.Fatal(err)
		}
		if schemas[e.Type] == nil {
			t.Errorf("%s has no schema", e.Type)
			continue
		}
		if err := schemas[e.Type].Validate(doc); err != nil {
			t.Errorf("%s\n%v", raw, err)
		}
		for _, personal := range []string{"Imran", "Asha", "asha@example.com", "Al Noor", "Excel"} {
			if strings.Contains(string(raw), personal) {
				t.Errorf("%s holds %s", raw, personal)
			}
		}
		seen[e.Type] = true
	}
	for _, want := range []string{
		"user.created", "user.invited", "apikey.created", "apikey.revoked", "import.started", "import.finished", "lead.found", "lead.updated",
		"lead.deleted", "lead.restored", "batch.created", "batch.finished", "lead.qualified", "lead.disqualified", "message.drafted", "message.edited",
		"profile.changed", "settings.changed", "template.changed",
	} {
		if !seen[want] {
			t.Errorf("the walk made no %s; it made %v", want, slices.Sorted(maps.Keys(seen)))
		}
	}
}

// visit starts the product and opens it in a browser.
func visit(t *testing.T) (*app.App, *visitor) {
	t.Helper()
	ln, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	base := "http://" + ln.Addr().String()
	cfg, err := config.Load(config.Options{Dir: t.TempDir(), Environ: []string{"WINNOW_DATA_DIR=" + t.TempDir(), "WINNOW_BASE_URL=" + base}})
	if err != nil {
		t.Fatal(err)
	}
	if cfg, err = config.EnsureSecretKey(cfg); err != nil {
		t.Fatal(err)
	}
	a, err := app.New(t.Context(), cfg, app.Parts{Log: testkit.Logger(), Server: httpapi.Deps{Access: testkit.Logger()}})
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan error, 1)
	go func() { done <- a.Run(t.Context(), ln) }()
	t.Cleanup(func() { // the test's context has ended by now
		if err := <-done; err != nil {
			t.Errorf("run: %v", err)
		}
		if err := a.Close(); err != nil {
			t.Errorf("close: %v", err)
		}
	})
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	return a, &visitor{t: t, base: base, client: http.Client{Jar: jar}}
}

// walk does what people do on their first day.
func walk(v *visitor) {
	v.t.Helper()
	type m = map[string]any
	var one struct {
		ID     string `json:"id"`
		Status string `json:"status"`
		Import struct{ ID string }
	}
	var list struct {
		Items []struct{ ID, Name string }
	}
	v.do(http.MethodPost, "/setup", m{"name": "Asha", "email": "asha@example.com", "password": "correct horse battery"}, nil)
	v.do(http.MethodPost, "/users", m{"email": "ben@example.com", "role": "user"}, nil)
	v.do(http.MethodPost, "/api-keys", m{"name": "k", "scopes": []string{"leads:read"}}, &one)
	v.do(http.MethodDelete, "/api-keys/"+one.ID, nil, nil)
	v.upload(filepath.Join(examples, "leads.jsonl"), `{"mode":"run"}`, &one)
	importID := one.Import.ID
	testkit.Eventually(v.t, "the import", func() bool { v.do(http.MethodGet, "/imports/"+importID, nil, &one); return one.Status == "finished" })
	v.do(http.MethodPost, "/leads/batch-analyze", m{"filter": "status = new", "analyzer": "rules", "draft": true}, &one)
	batchID := one.ID
	testkit.Eventually(v.t, "the batch", func() bool { v.do(http.MethodGet, "/batches/"+batchID, nil, &one); return one.Status == "finished" })
	v.do(http.MethodGet, "/leads?limit=1&sort=-score", nil, &list)
	lead := "/leads/" + list.Items[0].ID
	var found struct{ Items []struct{ ID string } }
	v.do(http.MethodGet, lead+"/analyses", nil, &found)
	correction := lead + "/analyses/" + found.Items[0].ID + "/correction"
	v.do(http.MethodPut, correction, m{"off": []string{"c1"}, "note": "a joke"}, nil)
	v.do(http.MethodDelete, correction, nil, nil)
	v.do(http.MethodPost, lead+"/message", m{}, nil)
	v.do(http.MethodPut, lead+"/message", m{"subject": "Orders", "body": "Hello, shall we talk on Monday?"}, nil)
	v.do(http.MethodPost, "/templates", m{"name": "Excel", "subject": "Excel", "body": "Excel, still?"}, &one)
	v.do(http.MethodPut, "/templates/"+one.ID, m{"name": "Excel", "subject": "Excel", "body": "Still Excel?"}, nil)
	v.do(http.MethodDelete, "/templates/"+one.ID, nil, nil)
	v.do(http.MethodPut, lead, m{"status": "contacted"}, nil)
	v.do(http.MethodDelete, lead, nil, nil)
	v.do(http.MethodPost, lead+"/restore", nil, nil)
	v.do(http.MethodPost, "/profile/templates/saas/apply", nil, nil)
	v.do(http.MethodPut, "/settings", m{"name": fmt.Sprintf("Team %d", len(list.Items))}, nil)
}
