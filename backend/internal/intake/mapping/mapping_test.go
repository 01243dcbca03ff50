package mapping_test

import (
	"strings"
	"testing"

	"winnow/backend/internal/fault"
	"winnow/backend/internal/intake/mapping"
)

// Headers of tools whose exports are not among the fixtures, with what must come of them: "header=field".
func TestHeadersOfManyTools(t *testing.T) {
	t.Parallel()
	m := mapping.New()
	for name, c := range map[string]struct{ headers, want string }{
		"Outlook":           {"First Name,Middle Name,Last Name,Title,Company,Job Title,E-mail Address,E-mail 2 Address,Business Phone,Mobile Phone,Business City,Business Country/Region,Web Page,Notes", "Job Title=title,Title=custom.title,E-mail 2 Address=email,Business Phone=phone,Business City=city,Business Country/Region=country,Web Page=url,Notes=note"},
		"Google, older":     {"Name,Given Name,Family Name,E-mail 1 - Type,E-mail 1 - Value,Phone 1 - Value,Organization 1 - Name,Organization 1 - Title", "Name=name,Given Name=first_name,E-mail 1 - Value=email,E-mail 1 - Type=custom.e_mail_1_type,Organization 1 - Name=company,Organization 1 - Title=title"},
		"Evaboot":           {"First Name,Last Name,Current Job,Company Name,Email,LinkedIn URL,Sales Navigator URL,Prospect Location", "Current Job=title,LinkedIn URL=linkedin_url,Sales Navigator URL=linkedin_url,Prospect Location=location"},
		"Wiza":              {"email,full_name,title,linkedin,location,company,domain,company_size", "email=email,full_name=name,title=title,linkedin=linkedin_url,domain=url,company_size=company_size"},
		"RocketReach":       {"Name,Current Title,Current Employer,Recommended Email,Phone 1", "Current Title=title,Current Employer=company,Recommended Email=email,Phone 1=phone"},
		"ZoomInfo":          {"ZoomInfo Contact ID,First Name,Last Name,Job Title,Email Address,Direct Phone Number,Company Name,Website,Company HQ Phone,LinkedIn Contact Profile URL", "Email Address=email,Direct Phone Number=phone,Company HQ Phone=company_phone,LinkedIn Contact Profile URL=linkedin_url"},
		"Mailchimp":         {"Email Address,First Name,Last Name,Address,Phone Number,TAGS,OPTIN_TIME", "Email Address=email,Phone Number=phone,TAGS=tags"},
		"Outscraper":        {"query,name,site,subtypes,category,phone,full_address,city,country,place_id,rating", "name=company,site=url,phone=phone,full_address=location,place_id=source_id"},
		"Apify maps":        {"title,categoryName,address,website,phone,placeId,url,totalScore", "title=company,categoryName=industry,address=location,website=url,placeId=source_id"},
		"Reddit":            {"author,subreddit,title,selftext,created_utc,permalink", "author=name,title=content,selftext=content,created_utc=posted_at,permalink=url"},
		"a post scraper":    {"profileUrl,fullName,occupation,comment,postUrl,timestamp", "profileUrl=linkedin_url,fullName=name,occupation=title,comment=content,postUrl=url"},
		"German":            {"Vorname,Nachname,Firma,Position,E-Mail,Telefon,Mobil,Straße,PLZ,Ort,Land,Bemerkung", "Vorname=first_name,Nachname=last_name,Firma=company,E-Mail=email,Telefon=phone,Mobil=phone,Straße=address,PLZ=zip,Ort=city,Land=country,Bemerkung=note"},
		"Spanish":           {"Nombre,Apellidos,Empresa,Cargo,Correo electrónico,Teléfono,Ciudad,País,Sector", "Nombre=name,Apellidos=last_name,Empresa=company,Cargo=title,Correo electrónico=email,Teléfono=phone,Ciudad=city,País=country,Sector=industry"},
		"French":            {"Prénom,Nom de famille,Société,Fonction,Courriel,Portable,Ville,Pays", "Prénom=first_name,Nom de famille=last_name,Société=company,Fonction=title,Courriel=email,Portable=phone,Ville=city,Pays=country"},
		"Hindi":             {"नाम,कंपनी,ईमेल,मोबाइल नंबर,शहर,राज्य", "नाम=name,कंपनी=company,ईमेल=email,मोबाइल नंबर=phone,शहर=city,राज्य=state"},
		"Arabic":            {"الاسم,الشركة,البريد الإلكتروني,رقم الهاتف,الدولة,المنصب", "الاسم=name,الشركة=company,البريد الإلكتروني=email,رقم الهاتف=phone,الدولة=country,المنصب=title"},
		"statuses stay out": {"Name,Email,Email Status,Phone Type,Mobile Consent,Email Opt Out,Receiver Mobile", "Email Status=custom.email_status,Phone Type=custom.phone_type,Mobile Consent=custom.mobile_consent,Email Opt Out=custom.email_opt_out,Receiver Mobile=custom.receiver_mobile"},
	} {
		got := map[string]mapping.Field{}
		for _, col := range m.Suggest(strings.Split(c.headers, ","), nil).Columns {
			got[col.Header] = col.Field
		}
		for pair := range strings.SplitSeq(c.want, ",") {
			header, field, _ := strings.Cut(pair, "=")
			if string(got[header]) != field {
				t.Errorf("%s: %q is %q, want %q", name, header, got[header], field)
			}
		}
	}
}

func TestValuesTellWhatNamesDoNot(t *testing.T) {
	t.Parallel()
	m := mapping.New()
	long := strings.Repeat("we lose orders every week because ", 6)
	got := m.Suggest([]string{"A", "B", "URL", "What is your biggest problem?", "Date"}, [][]string{
		{"jo@acme.example", "", "al@acme.example"},
		{"+1 512 555 0100", "+34 612 345 678"},
		{"https://www.linkedin.com/in/jo", "https://www.linkedin.com/in/al"},
		{long, long},
		{"2026-01-01", "2026-01-02"},
	})
	for i, want := range []mapping.Field{mapping.Email, mapping.Phone, mapping.LinkedIn, mapping.Content, mapping.PostedAt} {
		if c := got.Columns[i]; c.Field != want || c.Confidence <= 0 || c.Reason == "" {
			t.Errorf("%q is %q, want %q", c.Header, c.Field, want)
		}
	}
	if got.Columns[0].Confidence >= 0.9 {
		t.Error("a guess by values is too sure of itself")
	}
}

func TestExactNamesBeatLikeOnes(t *testing.T) {
	t.Parallel()
	got := mapping.New().Suggest([]string{"Company Name for Emails", "Company", "Other Phone Number", "data.email", "meta.email"}, nil)
	want := map[string]mapping.Field{"Company": mapping.Company, "data.email": mapping.Email, "meta.email": mapping.Email, "Other Phone Number": mapping.Phone}
	confidence := map[string]float64{}
	for _, c := range got.Columns {
		confidence[c.Header] = c.Confidence
		if f, ok := want[c.Header]; ok && c.Field != f {
			t.Errorf("%q is %q", c.Header, c.Field)
		}
		if c.Header == "Company Name for Emails" && c.Field == mapping.Company {
			t.Error("the like name won")
		}
	}
	if confidence["Company"] <= confidence["data.email"] || confidence["data.email"] <= confidence["Other Phone Number"] {
		t.Errorf("confidence does not fall from exact to contained: %v", confidence)
	}
}

func TestApply(t *testing.T) {
	t.Parallel()
	m := mapping.New()
	base := m.Suggest([]string{"First", "Mail 2", "Work Email"}, nil)
	same := map[string]*string{}
	for _, c := range base.Columns {
		f := string(c.Field)
		same[c.Header] = &f
	}
	again, err := base.Apply(same)
	if err != nil || again.Of(mapping.Email)[0] != base.Of(mapping.Email)[0] {
		t.Errorf("sending the suggestion back changed it: %v %v", again.Columns, err)
	}
	bad := "nothing.known"
	if _, err := base.Apply(map[string]*string{"First": &bad}); fault.CodeOf(err) != "mapping_invalid" {
		t.Error(err)
	}
	out, err := base.Apply(map[string]*string{"First": nil})
	if err != nil || out.Columns[0].Field != mapping.Skip || base.Columns[0].Field == mapping.Skip {
		t.Errorf("%v %v", out.Columns[0], err)
	}
}
