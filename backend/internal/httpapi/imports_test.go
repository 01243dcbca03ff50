package httpapi_test

import (
	"bytes"
	"encoding/csv"
	"mime/multipart"
	"strings"
	"testing"

	"winnow/backend/internal/account"
	"winnow/backend/internal/clock"
	"winnow/backend/internal/event"
	"winnow/backend/internal/httpapi"
	"winnow/backend/internal/id"
	"winnow/backend/internal/intake"
	"winnow/backend/internal/testkit"
)

func importsOver(t *testing.T) (*api, *intake.Service) {
	t.Helper()
	d, c := testkit.SQLite(t), clock.System{}
	s := intake.New(intake.Config{DB: d, Clock: c, Log: event.New(d, c, nil), Dir: t.TempDir(), MaxBytes: 1 << 20})
	return serve(t, httpapi.NewImports(s, 1<<20)).as(admin("")), s
}

func uploadForm(t *testing.T, name, content, options string) (body *bytes.Buffer, contentType string) {
	t.Helper()
	body = &bytes.Buffer{}
	w := multipart.NewWriter(body)
	f, err := w.CreateFormFile("file", name)
	if err == nil {
		_, err = f.Write([]byte(content))
	}
	if err == nil && options != "" {
		err = w.WriteField("options", options)
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return body, w.FormDataContentType()
}

func (a *api) uploadFile(name, content, options string) answer {
	a.t.Helper()
	body, ct := uploadForm(a.t, name, content, options)
	return a.with("Content-Type", ct).do("POST", "/leads/import", body)
}

func TestAFileIsLookedAtRehearsedAndRun(t *testing.T) {
	t.Parallel()
	a, s := importsOver(t)
	var got httpapi.ImportAnswer
	a.uploadFile("leads.csv", "Name,Email,Shoe size\nJo,jo@acme.example,42\n,,43\n", `{"mode":"preview","default_region":"US"}`).want(200).into(&got)
	if got.Import.Status != "previewed" || got.Import.RowsTotal != 2 || len(got.Rows) != 2 || *got.Columns[1].Field != "email" || got.Columns[1].Confidence != 1 || *got.Columns[2].Field != "custom.shoe_size" {
		t.Fatalf("%+v", got)
	}
	if last := got.Fields[len(got.Fields)-1]; last.Name != "custom.shoe_size" {
		t.Errorf("a field in use is not offered: %+v", last)
	}
	if r := got.Reading; r == nil || r.Encoding != "utf-8" || r.Delimiter != "," || r.HeaderRow != 1 || r.HeaderSure < 0.9 || r.DelimiterSure < 0.5 {
		t.Errorf("reading %+v", got.Reading)
	}
	path := "/imports/" + got.Import.ID
	a.do("POST", path+"/dry-run", `{"mode":"preview","delimiter":";","header_row":0}`).want(200).into(&got)
	if len(got.Columns) != 1 || got.Rows[0][0] != "Name,Email,Shoe size" || got.Reading.HeaderRow != 0 || got.Import.RowsTotal != 3 {
		t.Errorf("read again: %+v", got)
	}
	a.do("POST", path+"/dry-run", `{"mode":"run"}`).want(400)
	a.do("POST", path+"/dry-run", `{"date_order":"ymd","header_row":99}`).want(400)
	a.do("POST", path+"/dry-run", `{"mapping":{"Shoe size":null}}`).want(200).into(&got)
	if got.Import.Created != 1 || got.Import.Rejected != 1 || got.Import.Mapping["Shoe size"] != "" {
		t.Errorf("%+v", got.Import)
	}
	if len(got.Samples) != 2 || got.Samples[0].Name != "Jo" || got.Samples[0].Fate != "created" || got.Samples[1].Fate != "rejected" || got.Samples[1].Name != "43" {
		t.Errorf("%+v", got.Samples)
	}
	a.do("POST", path+"/dry-run", `{"mapping":{"Shoes":null}}`).want(400)
	a.do("POST", path+"/run", `{"mapping":{"Shoe size":null}}`).want(202).into(&got)
	if got.Import.Status != "queued" {
		t.Errorf("%+v", got.Import)
	}
	if a.do("POST", path+"/run", `{}`).want(409).code() != "import_started" {
		t.Error("started twice")
	}
	if _, err := s.Run(account.With(t.Context(), account.System()), got.Import.ID, nil); err != nil {
		t.Fatal(err)
	}
	var one httpapi.ImportResponse
	a.do("GET", path, nil).want(200).into(&one)
	if one.Status != "finished" || one.Created != 1 || one.Rejected != 1 {
		t.Errorf("%+v", one)
	}
	var rows httpapi.ImportRowList
	a.do("GET", path+"/rows?fate=rejected", nil).want(200).into(&rows)
	if len(rows.Items) != 1 || rows.Items[0].Row != 3 || rows.Items[0].Code != "lead_empty" {
		t.Errorf("%+v", rows)
	}
	a.do("GET", path+"/rows?limit=1", nil).want(200).into(&rows)
	if rows.NextCursor == nil || *rows.NextCursor != "2" {
		t.Errorf("%+v", rows)
	}
	report := a.do("GET", path+"/rejects", nil).want(200)
	lines, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(string(report.body), "\ufeff"))).ReadAll()
	if err != nil || len(lines) != 2 || lines[1][6] != "43" || !strings.Contains(report.header.Get("Content-Disposition"), "attachment") {
		t.Errorf("%v %q", err, lines)
	}
	var list httpapi.ImportList
	a.do("GET", "/imports", nil).want(200).into(&list)
	if len(list.Items) != 1 || list.Total != 1 {
		t.Errorf("%+v", list)
	}
	a.do("GET", "/imports?q=EADS.", nil).want(200).into(&list)
	if len(list.Items) != 1 || list.Total != 1 {
		t.Errorf("%+v", list)
	}
	a.do("GET", "/imports?q=%25", nil).want(200).into(&list)
	if len(list.Items) != 0 || list.Total != 0 {
		t.Errorf("a wildcard is text: %+v", list)
	}
}

func TestUploadsThatAreWrong(t *testing.T) {
	t.Parallel()
	a, _ := importsOver(t)
	for name, c := range map[string]struct {
		file, content, options, code string
		status                       int
	}{
		"empty":          {"x.csv", "", "", "file_empty", 400},
		"picture":        {"x.csv", "\x89PNG\r\n\x1a\n", "", "file_unsupported", 400},
		"too large":      {"x.csv", strings.Repeat("x", 3<<20), "", "", 413},
		"a little over":  {"x.csv", strings.Repeat("name\n", 220_000), "", "", 413},
		"options":        {"x.csv", "Name\nX\n", `{"mode":"maybe","colour":1}`, "input_invalid", 400},
		"options broken": {"x.csv", "Name\nX\n", `{"mode"`, "json_invalid", 400},
		"mapping":        {"x.csv", "Name\nX\n", `{"mapping":{"Name":"shoe"}}`, "mapping_invalid", 400},
	} {
		got := a.uploadFile(c.file, c.content, c.options).want(c.status)
		if c.code != "" && got.code() != c.code {
			t.Errorf("%s: %s", name, got.body)
		}
	}
	a.do("POST", "/leads/import", `{}`).want(400)
	a.do("GET", "/imports/"+id.New(), nil).want(404)
	a.do("GET", "/imports/nonsense", nil).want(404)
	a.do("GET", "/imports?cursor=x", nil).want(400)
	a.do("GET", "/imports/"+id.New()+"/rows?fate=lost", nil).want(400)
	a.as(viewer(id.New())).uploadFile("x.csv", "Name\nX\n", "").want(403)
	var got httpapi.ImportAnswer
	a.uploadFile("messages.csv", "CONVERSATION ID,FROM,CONTENT,FOLDER\n1,A,hi,INBOX\n", `{"mode":"run"}`).want(200).into(&got)
	if got.Import.Error == nil || !strings.Contains(*got.Import.Error, "messages") || got.Import.Status != "finished" {
		t.Errorf("%+v", got.Import)
	}
}

func TestAnImportIsTakenBack(t *testing.T) {
	t.Parallel()
	a, s := importsOver(t)
	var got httpapi.ImportAnswer
	a.uploadFile("leads.csv", "Name,Email\nJo,jo@acme.example\nAl,al@acme.example\n", `{"mode":"run","rows":"all","known":"overwrite","clear_empty":true,"match":["email"],"defaults":{"industry":"Steel"}}`).want(202).into(&got)
	path := "/imports/" + got.Import.ID
	a.do("GET", path+"/undo", "").want(409)
	a.do("POST", path+"/pause", "").want(200).into(&got.Import)
	if got.Import.Status != "paused" {
		t.Error(got.Import.Status)
	}
	a.do("POST", path+"/resume", "").want(202)
	ctx := account.With(t.Context(), account.System())
	if _, err := s.Run(ctx, got.Import.ID, nil); err != nil {
		t.Fatal(err)
	}
	if file := a.do("GET", path+"/file", "").want(200); string(file.body) != "Name,Email\nJo,jo@acme.example\nAl,al@acme.example\n" {
		t.Errorf("%q", file.body)
	}
	a.do("GET", path+"/undo?all=maybe", "").want(400)
	var plan httpapi.ImportUndoPlan
	a.do("GET", path+"/undo?limit=1", "").want(200).into(&plan)
	if plan.Removed != 2 || !plan.Complete || len(plan.Items) != 1 || plan.Items[0].Name != "Al" || plan.Items[0].Does != "removed" || plan.NextCursor == nil {
		t.Fatalf("%+v", plan)
	}
	a.do("GET", path+"/undo?limit=1&cursor="+*plan.NextCursor, "").want(200).into(&plan)
	if len(plan.Items) != 1 || plan.Items[0].Name != "Jo" || plan.Removed != 0 {
		t.Errorf("%+v", plan)
	}
	a.do("POST", path+"/undo", `{"all":false}`).want(202)
	if _, err := s.RunUndo(ctx, got.Import.ID); err != nil {
		t.Fatal(err)
	}
	var imp httpapi.ImportResponse
	a.do("GET", path, "").want(200).into(&imp)
	if imp.Status != "undone" || imp.Removed != 2 || imp.UndoneAt == nil || imp.Created != 2 {
		t.Errorf("%+v", imp)
	}
	a.do("POST", path+"/undo", `{}`).want(409)
	a.uploadFile("leads.csv", "Name\nX\n", `{"known":"everything"}`).want(400)
}
