package generic_test

import (
	"os"
	"strings"
	"testing"
	"time"

	"winnow/backend/internal/collect/generic"
	"winnow/backend/internal/collect/page"
)

func TestPaths(t *testing.T) {
	t.Parallel()
	v, err := page.ParseJSON([]byte(`{"data":{"items":[{"n":"a","tags":["x","y"]},{"n":"b"}]},"a b":{"c":1},"deep":{"q":[{"mail":"m"}]}}`))
	if err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]string{
		"data.items[*].n": "a;b", "data.items.n": "a;b", "$.data.items[0].n": "a", "data.items[-1].n": "b", `$["a b"].c`: "1", "**.mail": "m", "$..mail": "m",
		"data.items[0].tags": "x;y", "data.items[0].tags[1]": "y", "nothing.here": "", "data.items[9].n": "",
	} {
		p, err := generic.ParsePath(path)
		if err != nil {
			t.Errorf("%s: %v", path, err)
		} else if got := p.Text(v); got != want {
			t.Errorf("%s: %q, want %q", path, got, want)
		}
	}
	for _, bad := range []string{"a[", "a[x]", `a["b]`, strings.Repeat("a.", 60)} {
		if _, err := generic.ParsePath(bad); err == nil {
			t.Errorf("%.20s was read", bad)
		}
	}
}

func TestMapping(t *testing.T) {
	t.Parallel()
	m := generic.Mapping{Key: "id", Fields: map[string]string{"name": "who.name", "email": "mails[*]", "source": `"fair"`, "content": "text", "phone": "tel"}}
	for name, body := range map[string]string{
		"a list inside": `{"result":{"rows":[{"id":1,"who":{"name":"Ada Example"},"mails":["a@acme.example","b@acme.example"],"text":"<p>needs&nbsp;a CRM</p>"}]}}`,
		"edges":         `{"data":{"leads":{"edges":[{"node":{"id":"1","who":{"name":"Ada Example"},"mails":["a@acme.example","b@acme.example"],"text":"needs a CRM"}}]}}}`,
		"a line each":   "{\"id\":1,\"who\":{\"name\":\"Ada Example\"},\"mails\":[\"a@acme.example\",\"b@acme.example\"],\"text\":\"needs a CRM\"}\n{\"id\":2,\"who\":{\"name\":\"Bo\"}}\n",
	} {
		r, err := generic.ParseJSON(page.Document{Body: []byte(body)}, m)
		if err != nil || len(r.Finds) == 0 {
			t.Errorf("%s: %v %+v", name, err, r)
			continue
		}
		f := r.Finds[0]
		if f.Key != "1" || f.Fields["name"] != "Ada Example" || f.Fields["email"] != "a@acme.example;b@acme.example" || f.Fields["source"] != "fair" || f.Fields["content"] != "needs a CRM" {
			t.Errorf("%s: %+v", name, f)
		}
		if !said(r, "selector_missed", "phone") || said(r, "selector_missed", "name") {
			t.Errorf("%s: %v", name, r.Notes)
		}
	}
	if r, err := generic.ParseJSON(page.Document{Body: []byte(`{"id":1`)}, m); err != nil || len(r.Raw) != 1 {
		t.Errorf("a cut answer was dropped: %v %+v", err, r)
	}
}

func said(r page.Reading, code, word string) bool {
	for _, n := range r.Notes {
		if n.Code == code && strings.Contains(n.Message, " "+word+" ") {
			return true
		}
	}
	return false
}

func TestPaging(t *testing.T) {
	t.Parallel()
	body, err := os.ReadFile("../evalset/testdata/given/feeds/generic_rest_pages.json")
	if err != nil {
		t.Fatal(err)
	}
	v, err := page.ParseJSON(body)
	if err != nil {
		t.Fatal(err)
	}
	header := page.GetStr(v, "link_header")
	tests := map[string]struct {
		paging generic.Paging
		body   string
		at     generic.Position
		header string
		more   bool
		check  func(generic.Position) bool
	}{
		"offset":         {generic.Paging{Style: "offset"}, `{"total":2,"data":[{"id":1}]}`, generic.Position{}, "", true, func(p generic.Position) bool { return p.Offset == 1 }},
		"offset, end":    {generic.Paging{Style: "offset"}, `{"total":2,"data":[{"id":2}]}`, generic.Position{Offset: 1, Seen: 1}, "", false, nil},
		"cursor":         {generic.Paging{Style: "cursor"}, `{"items":[{"id":1}],"next_cursor":"abc"}`, generic.Position{}, "", true, func(p generic.Position) bool { return p.Cursor == "abc" }},
		"cursor repeats": {generic.Paging{Style: "cursor"}, `{"items":[{"id":1}],"next_cursor":"same"}`, generic.Position{Cursor: "same"}, "", false, nil},
		"graphql":        {generic.Paging{Style: "graphql"}, `{"result":{"leads":{"edges":[],"pageInfo":{"hasNextPage":true,"endCursor":"x"}}}}`, generic.Position{}, "", true, func(p generic.Position) bool { return p.Cursor == "x" }},
		"graphql, end":   {generic.Paging{Style: "graphql"}, `{"result":{"leads":{"edges":[],"pageInfo":{"hasNextPage":false,"endCursor":"x"}}}}`, generic.Position{}, "", false, nil},
		"link":           {generic.Paging{Style: "link"}, `[]`, generic.Position{}, header, true, func(p generic.Position) bool { return p.Link == "https://api.example/leads?page=2" }},
		"page":           {generic.Paging{Style: "page"}, `[{}]`, generic.Position{}, "", true, func(p generic.Position) bool { return p.Page == 2 }},
		"none":           {generic.Paging{}, `[{}]`, generic.Position{}, "", false, nil},
	}
	for name, tt := range tests {
		var r page.Reading
		next, more := tt.paging.Next(page.Document{Body: []byte(tt.body)}, tt.at, 1, tt.header, &r)
		if more != tt.more || tt.check != nil && !tt.check(next) {
			t.Errorf("%s: %+v %v", name, next, more)
		}
	}
}

func TestRecipe(t *testing.T) {
	t.Parallel()
	recipe := generic.Recipe{Item: "li.vendor", Fields: map[string]string{"company": "h3", "email": "a.m@href", "phone": "a[href^='tel:']@href", "url": "a.w@href", "industry": ".cat"}, Next: "a.next"}
	d := page.Document{URL: "https://fair.example/list", Body: []byte(`<ul><li class=vendor><h3>Acme</h3><a class=m href="mailto:a@acme.example?subject=x">m</a><a href="tel:+4930123456">t</a><a class=w href="/acme">w</a></li>
		<li class=vendor><h3>Bits</h3></li></ul><a class=next href="?p=2">next</a>`)}
	r, err := generic.ParseRecipe(d, recipe)
	if err != nil || len(r.Finds) != 2 {
		t.Fatalf("%v %+v", err, r)
	}
	if f := r.Finds[0].Fields; f["company"] != "Acme" || f["email"] != "a@acme.example" || f["phone"] != "+4930123456" || f["url"] != "https://fair.example/acme" {
		t.Errorf("%v", f)
	}
	if r.Hits["company"] != 2 || r.Hits["email"] != 1 || !said(r, "selector_missed", "industry") || r.Next != "https://fair.example/list?p=2" {
		t.Errorf("%v %v %q", r.Hits, r.Notes, r.Next)
	}
	if _, err := generic.ParseRecipe(d, generic.Recipe{Item: "li[", Fields: map[string]string{"name": "p"}}); err == nil {
		t.Error("a broken selector was taken")
	}
	long := page.Document{Body: []byte("<p>" + strings.Repeat("new layout ", 100) + "</p>")}
	if r, err := generic.ParseRecipe(long, recipe); err != nil || !r.Changed {
		t.Errorf("a changed page looks empty: %v %+v", err, r)
	}
}

func TestEnquiryMails(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)
	r, portal := generic.ParseMail(generic.Mail{
		ID: "1", From: "buyershelp@indiamart.com", Subject: "Enquiry for Steel Pipes", Date: at,
		HTML: `<table><tr><td>Buyer Name:</td><td>Ravi Kumar</td></tr><tr><td>Mobile:</td><td>+91-9990000009</td></tr><tr><td>Email:</td><td>ravi@corp.example</td></tr><tr><td>Quantity:</td><td>200 piece</td></tr><tr><td>Message:</td><td>Need price &amp; delivery</td></tr></table>`,
	})
	if portal != "indiamart" || len(r.Finds) != 1 {
		t.Fatalf("%s %+v", portal, r)
	}
	if f := r.Finds[0].Fields; f["name"] != "Ravi Kumar" || f["phone"] != "+91-9990000009" || f["email"] != "ravi@corp.example" || f["custom.quantity"] != "200 piece" || f["content"] != "Enquiry for Steel Pipes\n\nNeed price & delivery" {
		t.Errorf("%v", f)
	}
	r, portal = generic.ParseMail(generic.Mail{From: "jo@corp.example", FromName: "Jo Doe", Subject: "Your product", Text: "Hello, do you ship to Spain?"})
	if portal != "" || len(r.Finds) != 1 || r.Finds[0].Fields["email"] != "jo@corp.example" || r.Finds[0].Fields["name"] != "Jo Doe" {
		t.Errorf("%s %+v", portal, r)
	}
	r, _ = generic.ParseMail(generic.Mail{From: "noreply@indiamart.com", Subject: "Weekly report", Text: "You had 5 views"})
	if len(r.Finds) != 0 || len(r.Notes) != 1 {
		t.Errorf("a report became a lead: %+v", r)
	}
}

func FuzzPath(f *testing.F) {
	f.Add(`$.a["b"][*]..c`, `{"a":{"b":[{"c":1}]}}`)
	f.Fuzz(func(_ *testing.T, path, body string) {
		p, err := generic.ParsePath(path)
		if err != nil {
			return
		}
		if v, err := page.ParseJSON([]byte(body)); err == nil {
			p.Text(v)
		}
	})
}

func FuzzRecipe(f *testing.F) {
	f.Add("li", "h3@href", "<li><h3 href=x>a")
	f.Fuzz(func(_ *testing.T, item, field, body string) {
		if len(item)+len(field) > 200 || len(body) > 5000 {
			return
		}
		_, _ = generic.ParseRecipe(page.Document{Body: []byte(body)}, generic.Recipe{Item: item, Fields: map[string]string{"name": field}})
	})
}
