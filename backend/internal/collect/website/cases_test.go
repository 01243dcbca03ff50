package website_test

import (
	"encoding/json"
	"os"
	"strings"
	"testing"

	"winnow/backend/internal/collect/page"
	"winnow/backend/internal/collect/website"
)

const given = "../evalset/testdata/given/websites/"

func read(t *testing.T, name string) []byte {
	t.Helper()
	body, err := os.ReadFile(given + name)
	if err != nil {
		t.Fatal(err)
	}
	return body
}

func TestCloudflare(t *testing.T) {
	t.Parallel()
	var vectors []struct {
		Hex   string  `json:"hex"`
		Email *string `json:"email"`
	}
	if err := json.Unmarshal(read(t, "cfemail_vectors.json"), &vectors); err != nil {
		t.Fatal(err)
	}
	for _, v := range vectors {
		want := ""
		if v.Email != nil {
			want = *v.Email
		}
		if got := website.Cloudflare(v.Hex); got != want {
			t.Errorf("%s: %q, want %q", v.Hex, got, want)
		}
	}
}

func TestKindsOfPage(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]website.Kind{
		"cf_challenge.html": website.KindChallenge, "parked.html": website.KindParked, "js_shell.html": website.KindShell,
		"meta_refresh.html": website.KindRefresh, "team_page.html": website.KindPage, "contact_mixed.html": website.KindPage,
	} {
		r, kind := website.ReadPage(page.Document{URL: "https://acme.example/x", Body: read(t, name)})
		if kind != want {
			t.Errorf("%s is %s, want %s", name, kind, want)
		}
		if kind != website.KindPage && len(r.Notes) == 0 {
			t.Errorf("%s: nothing is said about it", name)
		}
		if kind == website.KindRefresh && r.Next != "https://acme.example/fr/accueil.html" {
			t.Errorf("next page is %q", r.Next)
		}
	}
}

func TestSeniority(t *testing.T) {
	t.Parallel()
	for title, want := range map[string]string{
		"Chief Executive Officer & Co-founder": "c_level", "VP, Sales (EMEA)": "vp", "Vice President of Sales": "vp", "Head of IT": "head", "Geschäftsführerin": "c_level",
		"Office Manager": "manager", "Inhaber": "owner", "Directrice générale": "c_level", "Directeur commercial": "director", "Senior Data Engineer": "staff", "Our values": "",
		"Wrangler of Spreadsheets": "", "Prokurist": "vp", "Vertriebsleiterin": "head", "President": "c_level",
	} {
		if got := website.Seniority(title); got != want {
			t.Errorf("%s: %q, want %q", title, got, want)
		}
	}
}

// Whose address it is: the site's own, not the agency's, not a placeholder, not a part of a program; what was dropped is said.
func TestWhoseAddress(t *testing.T) {
	t.Parallel()
	r := website.Read(page.Document{URL: "https://www.acme.co.uk/contact", Body: []byte(`<html><head><title>Contact | Acme</title></head><body>
		<p>hello@acme.co.uk, acme.tools@gmail.com, dpo@acme.co.uk</p><p>Website by Bits Ltd: studio@bits.co.uk</p><p>you@example.com</p><p>logo@2x.png</p>
		<p>someone@othercorp.com</p></body></html>`)})
	if len(r.Finds) != 1 {
		t.Fatalf("%v", r.Finds)
	}
	f := r.Finds[0].Fields
	if f["email"] != "hello@acme.co.uk;acme.tools@gmail.com" || f["custom.system_emails"] != "dpo@acme.co.uk" || f["country"] != "GB" {
		t.Errorf("%v", f)
	}
	var all strings.Builder
	for _, n := range r.Notes {
		all.WriteString(n.Message)
	}
	said := all.String()
	for _, a := range []string{"studio@bits.co.uk", "you@example.com", "someone@othercorp.com"} {
		if !strings.Contains(said, a) {
			t.Errorf("nothing is said about %s: %s", a, said)
		}
	}
}

func TestCharsets(t *testing.T) {
	t.Parallel()
	latin := strings.NewReplacer("ö", "\xf6", "ü", "\xfc").Replace("<title>Kontakt | Möller</title><p>Jörg Müller, Geschäftsführer</p>")
	latin = strings.ReplaceAll(latin, "ä", "\xe4")
	for name, d := range map[string]page.Document{
		"by the header":    {Type: "text/html; charset=iso-8859-1", Body: []byte("<html>" + latin)},
		"by the page":      {Body: []byte(`<html><head><meta charset="windows-1252">` + latin)},
		"wrongly declared": {Body: []byte(`<html><head><meta charset="utf-8">` + latin)},
		"utf-8":            {Body: []byte("\xef\xbb\xbf<title>Kontakt | Möller</title><p>Jörg Müller, Geschäftsführer</p>")},
	} {
		finds := website.Read(d).Finds
		if len(finds) == 0 || finds[len(finds)-1].Fields["name"] != "Jörg Müller" || finds[len(finds)-1].Fields["title"] != "Geschäftsführer" {
			t.Errorf("%s: %v", name, finds)
		}
	}
}

func TestTechnologies(t *testing.T) {
	t.Parallel()
	r := website.Read(page.Document{Body: []byte(`<html><head><title>Home | Acme</title><meta name="generator" content="WordPress 6.5"><script src="https://js.hs-scripts.com/1.js"></script>
		<link rel="stylesheet" href="/wp-content/plugins/woocommerce/a.css"></head><body>hi@acme.example</body></html>`)})
	if len(r.Finds) != 1 || r.Finds[0].Fields["custom.technologies"] != "HubSpot;WooCommerce;WordPress" {
		t.Errorf("%v", r.Finds)
	}
}
