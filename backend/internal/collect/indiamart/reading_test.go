package indiamart_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"winnow/backend/internal/collect/indiamart"
	"winnow/backend/internal/collect/page"
)

const given = "../evalset/testdata/given/indiamart/"

// Every error of the Pull API asks for the right thing.
func TestPullErrors(t *testing.T) {
	t.Parallel()
	body, err := os.ReadFile(given + "pull_v2_errors.json")
	if err != nil {
		t.Fatal(err)
	}
	var cases []struct {
		Name  string          `json:"name"`
		After int             `json:"retry_after_s"`
		Body  json.RawMessage `json:"body"`
	}
	if err := json.Unmarshal(body, &cases); err != nil {
		t.Fatal(err)
	}
	actions := map[string]indiamart.Action{"429": indiamart.Wait, "401": indiamart.Stop, "400": indiamart.Mend, "500": indiamart.Wait, "204": indiamart.Go}
	for _, c := range cases {
		got := indiamart.TroubleOf(c.Body)
		want := actions[c.Name[:3]]
		if c.Name == "204_24h" {
			want = indiamart.Later
		}
		if got == nil || got.Action != want || got.After != time.Duration(c.After)*time.Second || got.Advice() == "" {
			t.Errorf("%s: %+v, want %s after %d s", c.Name, got, want, c.After)
		}
	}
	if indiamart.TroubleOf([]byte(`{"CODE":200,"RESPONSE":[]}`)) != nil {
		t.Error("success is no trouble")
	}
}

// A type of enquiry that nobody has heard of is an enquiry; so is one without an id.
func TestUnknownTypesPass(t *testing.T) {
	t.Parallel()
	r := indiamart.Read(page.Document{Body: []byte(`{"CODE":200,"RESPONSE":[{"UNIQUE_QUERY_ID":1,"QUERY_TYPE":"ZZ","SENDER_MOBILE":"+1-2125550100"},{"SENDER_MOBILE":"+91-9990000001","QUERY_TYPE":"P","SENDER_NAME":"Anil"}]}`)})
	if len(r.Finds) != 2 || r.Finds[0].Fields["custom.query_type"] != "ZZ" || r.Finds[1].Fields["name"] != "Anil" {
		t.Errorf("%+v", r.Finds)
	}
}

// What is read by shape alone says so.
func TestBuyLeadsAreUnverified(t *testing.T) {
	t.Parallel()
	r := indiamart.Read(page.Document{Body: []byte(`<html><body><div class=x><h3>I want to buy Steel Pipes</h3><p>Quantity: 200 piece</p><p>Location: Pune, Maharashtra</p><p>Requirement Type: Business Use</p></div>
		<div class=x><h3>Looking for LED Lights</h3><p>Quantity: 50</p><p>Probable Order Value: Rs. 5,000</p></div></body></html>`)})
	if len(r.Finds) != 2 {
		t.Fatalf("%+v", r)
	}
	for _, f := range r.Finds {
		if f.Fields["custom.unverified"] != "yes" {
			t.Errorf("%+v", f.Fields)
		}
	}
	if f := r.Finds[0].Fields; f["custom.product"] != "Steel Pipes" || f["custom.quantity"] != "200 piece" || f["location"] != "Pune, Maharashtra" {
		t.Errorf("%+v", f)
	}
}

// A page that shows products and no seller that we understand is a changed page, not an empty one.
func TestChangedPageIsSaid(t *testing.T) {
	t.Parallel()
	for _, body := range []string{
		`<html><body><div><a href="https://www.indiamart.com/proddetail/x-1.html">X</a></div></body></html>`,
		`{"props":{"pageProps":{"searchResponse":{"total_results":12,"rows":[]}}}}`,
	} {
		if r := indiamart.Read(page.Document{Body: []byte(body)}); !r.Changed || len(r.Raw) != 1 {
			t.Errorf("%s: %+v", body, r)
		}
	}
	if r := indiamart.Read(page.Document{Body: []byte(`{"CODE":200,"RESPONSE":[{"UNIQUE`)}); len(r.Raw) != 1 {
		t.Errorf("a cut answer was dropped: %+v", r)
	}
}

func TestHostileAnswersAreReadInTime(t *testing.T) {
	for name, body := range map[string]string{
		"deep json": strings.Repeat(`{"RESPONSE":[`, 20_000),
		"message":   `{"RESPONSE":{"UNIQUE_QUERY_ID":"1","QUERY_MESSAGE":"` + strings.Repeat("<br>Quantity : 1", 7000) + `"}}`,
		"tags":      `{"RESPONSE":{"UNIQUE_QUERY_ID":"1","QUERY_MESSAGE":"` + strings.Repeat("<", 100_000) + `"}}`,
		"cards":     strings.Repeat(`<div><a href="https://www.indiamart.com/seller-a/">Seller A</a>`, 1500),
		"sellers":   strings.Repeat(`<a href="https://www.indiamart.com/seller-`+"x"+`/">Seller</a>`, 2000),
		"facts":     strings.Repeat(`<p>Quantity: 5</p>`, 6000),
	} {
		t.Run(name, func(t *testing.T) {
			start := time.Now()
			indiamart.Read(page.Document{Body: []byte(body)})
			if took := time.Since(start); took > 3*time.Second {
				t.Errorf("took %s", took)
			}
		})
	}
}

func FuzzRead(f *testing.F) {
	for _, pattern := range []string{given + "*", "../evalset/testdata/unseen/*/indiamart/*"} {
		files, err := filepath.Glob(pattern)
		if err != nil {
			f.Fatal(err)
		}
		for _, path := range files {
			body, err := os.ReadFile(path)
			if err != nil {
				f.Fatal(err)
			}
			f.Add(body)
		}
	}
	f.Fuzz(func(_ *testing.T, body []byte) { indiamart.Read(page.Document{Body: body}) })
}
