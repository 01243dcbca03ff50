package intake_test

import (
	"strconv"
	"strings"
	"testing"

	"winnow/backend/internal/intake"
	"winnow/backend/internal/testkit"
)

// Each case is one row under its headers, and what must stand in the lead ("" = nothing).
func TestValuesOfARow(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		csv  string
		want map[string]string
	}{
		"amounts, dot":         {"Name;Deal value\nJo;1,200.50", map[string]string{"value": "1200500000"}},
		"amounts, comma":       {"Name;Deal value\nJo;1.200,50", map[string]string{"value": "1200500000"}},
		"amounts, currency":    {"Name;Deal value\nJo;€ 99", map[string]string{"value": "99000000"}},
		"no amount":            {"Name;Deal value\nJo;a lot", map[string]string{"value": "", "warned": "value_invalid"}},
		"place of its parts":   {"Name;City;State;Country\nJo;Pune;MH;India", map[string]string{"location": "Pune, MH, India", "country": "IN"}},
		"country from place":   {"Name;Location\nJo;Oslo, Norway", map[string]string{"location": "Oslo, Norway", "country": "NO"}},
		"its phone, too":       {"Name;Country;Phone\nJo;France;04 50 11 22 33", map[string]string{"phone": "+33450112233"}},
		"unknown country":      {"Name;Country\nJo;Atlantis", map[string]string{"country": "", "location": "Atlantis", "warned": "country_unknown"}},
		"placeholders":         {"Name;Company;Email;Title\nJo;n/a;none;-", map[string]string{"company": "", "email": "", "title": ""}},
		"capitals":             {"Name;Company\nJO O'NEIL;IBM", map[string]string{"name": "Jo O'Neil", "company": "IBM"}},
		"person before desk":   {"Name;Email\nJo;info@acme.example, jo@acme.example", map[string]string{"email": "jo@acme.example", "custom.other_emails": "info@acme.example"}},
		"profile in URL":       {"Name;Website\nJo;https://linkedin.com/in/Jo", map[string]string{"linkedin_url": "https://www.linkedin.com/in/jo", "url": ""}},
		"two sites":            {"Name;Website;Company website\nJo;acme.example;https://shop.acme.example/", map[string]string{"url": "https://acme.example", "custom.other_urls": "https://shop.acme.example"}},
		"no site":              {"Name;Website\nJo;soon", map[string]string{"url": "", "warned": "url_invalid"}},
		"extension":            {"Name;Phone\nJo;+1 512 555 0100 ext. 7", map[string]string{"phone": "+15125550100", "custom.phone_extension": "7"}},
		"tags":                 {"Name;Tags\nJo;\"* vip, VIP; new\"", map[string]string{"tags": "vip, new"}},
		"long name":            {"Name\n" + strings.Repeat("x", 600), map[string]string{"name": strings.Repeat("x", 500), "warned": "value_cut"}},
		"source of the row":    {"Name;Source\nJo;Trade Fair", map[string]string{"source": "trade_fair"}},
		"emoji stay":           {"Name;Notes\nJo 🎉;👩‍👧", map[string]string{"name": "Jo 🎉", "custom.note": "👩‍👧"}},
		"locale":               {"Name;Language\nJo;de_AT", map[string]string{"language": "de"}},
		"same column, twice":   {"Name;Budget;Budget\nJo;5;6", map[string]string{"custom.budget": "5", "custom.budget_2": "6"}},
		"post and its day":     {"Author;Comment;Date\nu/a;help;2026-02-01", map[string]string{"name": "u/a", "content": "help", "posted": "2026-02-01"}},
		"bad day of a post":    {"Author;Comment;Date\nu/a;help;2026-02-30\nu/b;me too;2026-02-01", map[string]string{"posted": "", "warned": "date_invalid"}},
		"either way round":     {"Author;Comment;Posted at\nu/a;help;03/04/2026", map[string]string{"posted": "", "custom.posted_at": "03/04/2026", "warned": "date_ambiguous"}},
		"form with a question": {"Your name;What would help you most?\nJo;" + strings.Repeat("we lose orders every week and ", 6), map[string]string{"name": "Jo"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := newHouse(t, testkit.SQLite(t))
			imp := h.bring(t, "x.csv", []byte(c.csv+"\n"), intake.Options{Delimiter: ";"})
			l := h.leads(t)[0]
			got := facts(&l)
			if l.ValueMicros != nil {
				got["value"] = strconv.FormatInt(*l.ValueMicros, 10)
			}
			if l.PostedAt != nil {
				got["posted"] = l.PostedAt.UTC().Format("2006-01-02")
			}
			for _, w := range imp.Warnings.V {
				got["warned"] = w.Code
			}
			for field, want := range c.want {
				if got[field] != want {
					t.Errorf("%s is %q, want %q (%v)", field, got[field], want, imp.Warnings.V)
				}
			}
			if _, expected := c.want["warned"]; !expected && got["warned"] != "" && got["warned"] != "duplicate_header" {
				t.Errorf("warned: %v", imp.Warnings.V)
			}
		})
	}
}
