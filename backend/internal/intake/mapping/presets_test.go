package mapping_test

import (
	"strings"
	"testing"

	"winnow/backend/internal/intake/mapping"
)

// presets are the exports that are known by name: the columns by which each is recognised, the name, the source, and some of
// what its columns become. Files of HubSpot, Salesforce, Pipedrive, Zoho, Apollo, LinkedIn, PhantomBuster, gosom, Hunter,
// Lusha and Google Contacts are imported whole in intake.TestExportsOfADozenToolsMapWithoutHelp.
var presets = []struct{ headers, tool, source, want string }{ //nolint:gochecknoglobals // a table
	{"Record ID,First Name,Last Name,Email,Phone Number,Lifecycle Stage,Associated Company", "HubSpot contacts", "hubspot", "Record ID=source_id,Email=email,Phone Number=phone"},
	{"Lead ID,First Name,Last Name,Title,Company / Account,Email,Phone,Lead Status", "Salesforce leads", "salesforce", "Lead ID=source_id,Company / Account=company,Title=title"},
	{"Id,FirstName,LastName,Company,Email,IsConverted,LeadSource", "Salesforce Data Loader", "salesforce", "Id=source_id,Company=company,Email=email"},
	{"Lead - Title,Person - Name,Organization - Name,Person - Email - Work", "Pipedrive leads", "pipedrive", "Person - Name=name,Organization - Name=company,Person - Email - Work=email"},
	{"Person - Name,Person - ID,Person - Email - Work,Person - Phone - Work", "Pipedrive people", "pipedrive", "Person - Name=name,Person - Email - Work=email,Person - Phone - Work=phone"},
	{"Lead Id,Lead Owner Id,Lead Name,Company,Email,Phone,Lead Source", "Zoho leads", "zoho", "Lead Name=name,Company=company,Lead Id=source_id"},
	{"First Name,Last Name,Title,Company Name,Company Name for Emails,Email,Apollo Contact Id,Person Linkedin Url", "Apollo", "apollo", "Company Name=company,Person Linkedin Url=linkedin_url,Apollo Contact Id=source_id"},
	{"First Name,Last Name,URL,Email Address,Company,Position,Connected On", "LinkedIn connections", "linkedin", "URL=linkedin_url,Position=title,Email Address=email"},
	{"profileUrl,fullName,vmid,title,companyName,linkedInProfileUrl", "Sales Navigator (PhantomBuster)", "linkedin", "fullName=name,linkedInProfileUrl=linkedin_url,companyName=company"},
	{"First Name,Last Name,Current Job,Company Name,Email,LinkedIn URL,Sales Navigator URL,Prospect Location", "Sales Navigator (Evaboot)", "linkedin", "Current Job=title,Company Name=company,LinkedIn URL=linkedin_url,Prospect Location=location"},
	{"email,full_name,title,linkedin,location,company,domain,company_size", "Sales Navigator (Wiza)", "linkedin", "full_name=name,linkedin=linkedin_url,domain=url"},
	{"input_id,link,title,category,address,website,phone,plus_code,review_count,review_rating,place_id,emails", "Google Maps (gosom)", "google_maps", "title=company,website=url,emails=email,place_id=source_id"},
	{"title,categoryName,address,website,phone,placeId,url,totalScore", "Google Maps", "google_maps", "title=company,website=url,placeId=source_id"},
	{"query,name,site,subtypes,category,phone,full_address,place_id", "Google Maps (Outscraper)", "google_maps", "name=company,site=url,place_id=source_id"},
	{"id,displayName.text,formattedAddress,websiteUri,internationalPhoneNumber", "Google Places", "google_maps", "displayName.text=company,websiteUri=url,internationalPhoneNumber=phone"},
	{"UNIQUE_QUERY_ID,QUERY_TYPE,QUERY_TIME,SENDER_NAME,SENDER_MOBILE,SENDER_EMAIL,SENDER_COMPANY,SUBJECT,QUERY_PRODUCT_NAME,QUERY_MESSAGE,QUERY_MCAT_NAME,SENDER_CITY,SENDER_COUNTRY_ISO", "IndiaMART", "indiamart", "UNIQUE_QUERY_ID=source_id,SENDER_NAME=name,SENDER_MOBILE=phone,SENDER_EMAIL=email,SENDER_COMPANY=company,QUERY_MESSAGE=content,QUERY_TIME=posted_at,SENDER_CITY=city,SENDER_COUNTRY_ISO=country"},
	{"Email address,Domain name,Organization,Confidence score,Pattern,First name,Last name,Position", "Hunter", "hunter", "Email address=email,Organization=company,Position=title"},
	{"First Name,Last Name,Work Email,Work Email Confidence,Direct Email,Phone 1,Job Title,Company Name", "Lusha", "lusha", "Work Email=email,Direct Email=email,Company Name=company"},
	{"First Name,Middle Name,Last Name,Title,Company,Job Title,E-mail Address,Business Phone,Mobile Phone", "Outlook contacts", "outlook", "Job Title=title,E-mail Address=email,Mobile Phone=phone,Title=custom.title"},
	{"First Name,Last Name,Organization Name,Organization Title,Labels,E-mail 1 - Label,E-mail 1 - Value,Phone 1 - Value", "Google Contacts", "google_contacts", "Organization Name=company,E-mail 1 - Value=email,Labels=tags"},
	{"Name,Given Name,Family Name,Group Membership,E-mail 1 - Type,E-mail 1 - Value,Organization 1 - Name,Organization 1 - Title", "Google Contacts", "google_contacts", "Given Name=first_name,E-mail 1 - Value=email,Organization 1 - Name=company,Group Membership=tags"},
	{"id,created_time,ad_id,form_id,full_name,email,phone_number", "Meta Lead Ads", "meta_lead_ads", "id=source_id,full_name=name,phone_number=phone"},
}

func TestExportsAreKnownByTheirColumns(t *testing.T) {
	t.Parallel()
	m := mapping.New()
	for _, p := range presets {
		t.Run(p.tool, func(t *testing.T) {
			t.Parallel()
			headers := strings.Split(p.headers, ",")
			got := m.Suggest(headers, nil)
			if got.Tool != p.tool || got.Source != p.source || got.Holds != "" {
				t.Errorf("taken for %q of %q that holds %q", got.Tool, got.Source, got.Holds)
			}
			fields := map[string]mapping.Field{}
			for _, c := range got.Columns {
				fields[c.Header] = c.Field
			}
			for pair := range strings.SplitSeq(p.want, ",") {
				header, field, _ := strings.Cut(pair, "=")
				if string(fields[header]) != field {
					t.Errorf("%q is %q, want %q", header, fields[header], field)
				}
			}
		})
	}
}
