package mapping

import "strings"

// tool is a known export: it is recognised when every header of all is there and none of none. Fields says what
// columns mean there, where the general table would be wrong.
type tool struct {
	name   string
	source string // the source that its leads and their ids belong to
	all    []string
	none   []string
	fields map[string]Field
	holds  string // not empty: the file holds this and no leads
}

// tools lists the known exports. A single coincident column never claims a file.
func tools() []tool {
	return append(noLeads(), []tool{
		{
			name: "Apollo", source: "apollo", all: []string{"apollo contact id", "person linkedin url"},
			fields: map[string]Field{"company name for emails": "custom.company_name_for_emails", "company address": "custom.company_address"},
		},
		{name: "HubSpot contacts", source: "hubspot", all: []string{"record id", "lifecycle stage"}},
		{name: "Salesforce leads", source: "salesforce", all: []string{"lead id", "company account", "lead status"}},
		{name: "Salesforce Data Loader", source: "salesforce", all: []string{"id", "is converted", "lead source"}},
		{
			name: "Pipedrive leads", source: "pipedrive", all: []string{"lead title", "person name", "organization name"},
			fields: map[string]Field{"lead title": "custom.lead_title", "lead label": Tags, "lead id": "custom.pipedrive_lead_id"},
		},
		{name: "Pipedrive people", source: "pipedrive", all: []string{"person name", "person id"}, fields: map[string]Field{"person label": Tags}},
		{name: "Zoho leads", source: "zoho", all: []string{"lead id", "lead owner id", "lead name"}},
		{name: "Hunter", source: "hunter", all: []string{"email address", "domain name", "confidence score", "pattern"}},
		{
			name: "Lusha", source: "lusha", all: []string{"work email", "work email confidence", "direct email"},
			fields: map[string]Field{"date": "custom.date", "user": "custom.user", "company description": "custom.company_description"},
		},
		{name: "Google Contacts", source: "google_contacts", all: []string{"e mail 1 value", "organization name"}, fields: map[string]Field{"labels": Tags}},
		{
			name: "Google Contacts", source: "google_contacts", all: []string{"given name", "family name", "e mail 1 value"},
			fields: map[string]Field{"group membership": Tags, "name prefix": "custom.name_prefix", "occupation": Title},
		},
		{name: "Outlook contacts", source: "outlook", all: []string{"first name", "e mail address", "business phone"}},
		{name: "Meta Lead Ads", source: "meta_lead_ads", all: []string{"form id", "ad id", "created time"}, fields: map[string]Field{"id": SourceID, "platform": "custom.platform"}},
		{name: "LinkedIn connections", source: "linkedin", all: []string{"first name", "last name", "connected on"}, fields: map[string]Field{"url": LinkedIn}},
		{
			name: "Sales Navigator (PhantomBuster)", source: "linkedin", all: []string{"profile url", "vmid", "full name"},
			fields: map[string]Field{
				"name": Skip, "company url": "custom.company_linkedin_url", "regular company url": "custom.company_linkedin_url",
				"linkedin profile url": LinkedIn, "query": "custom.search", "company location": "custom.company_location", "timestamp": "custom.exported_at",
			},
		},
		{
			name: "Sales Navigator (Evaboot)", source: "linkedin", all: []string{"current job", "linkedin url", "prospect location"},
			fields: map[string]Field{"linkedin url unique id": SourceID, "company linkedin url": "custom.company_linkedin_url", "company location": "custom.company_location"},
		},
		{name: "Sales Navigator (Wiza)", source: "linkedin", all: []string{"full name", "linkedin", "domain", "company size"}},
		{
			name: "Google Maps (gosom)", source: "google_maps", all: []string{"place id", "review rating", "plus code", "title"},
			fields: map[string]Field{
				"title": Company, "link": "custom.maps_url", "website": URL, "emails": Email, "descriptions": Note, "place id": SourceID,
				"input id": Skip, "cid": Skip, "data id": Skip, "images": Skip, "popular times": Skip, "user reviews": Skip, "user reviews extended": Skip,
				"about": Skip, "reservations": Skip, "order online": Skip, "menu": Skip, "owner": Skip, "thumbnail": Skip, "reviews link": Skip,
				"street view url": Skip, "reviews per rating": Skip, "complete address": Skip, "address": Location, "status": "custom.maps_status",
			},
		},
		{
			name: "Google Maps", source: "google_maps", all: []string{"place id", "title", "phone", "website"},
			fields: map[string]Field{"title": Company, "website": URL, "url": "custom.maps_url", "address": Location, "place id": SourceID, "category name": Industry},
		},
		{
			name: "Google Maps (Outscraper)", source: "google_maps", all: []string{"name", "full address", "subtypes"},
			fields: map[string]Field{
				"name": Company, "site": URL, "place id": SourceID, "google id": Skip, "type": Industry, "subtypes": "custom.subtypes",
				"category": "custom.category", "description": Note, "about": Skip, "reviews": "custom.reviews", "street": Address, "query": "custom.search",
				"owner title": Skip, "owner link": Skip, "location link": "custom.maps_url",
			},
		},
		{
			name: "Google Places", source: "google_maps", all: []string{"id", "display name text", "formatted address"},
			fields: map[string]Field{
				"id": SourceID, "name": Skip, "display name text": Company, "formatted address": Location, "website uri": URL,
				"international phone number": Phone, "national phone number": "custom.national_phone", "primary type display name text": Industry,
				"google maps uri": "custom.maps_url",
			},
		},
		{
			name: "Reddit", source: "reddit", all: []string{"author", "subreddit"},
			fields: map[string]Field{"title": Content, "selftext": Content, "body": Content, "id": SourceID, "name": Skip, "permalink": URL, "created utc": PostedAt, "url": "custom.link"},
		},
		{
			name: "Hacker News", source: "hackernews", all: []string{"author", "object id"},
			fields: map[string]Field{"title": Content, "story title": "custom.story_title", "object id": SourceID, "created at": PostedAt, "url": "custom.link"},
		},
		{
			name: "IndiaMART", source: "indiamart", all: []string{"unique query id", "sender name"},
			fields: map[string]Field{"query message": Content, "query product name": "custom.product", "subject": "custom.subject", "query type": "custom.query_type", "query mcat name": Industry},
		},
	}...)
}

// noLeads lists files of known tools that hold no leads.
func noLeads() []tool {
	return []tool{
		{name: "LinkedIn messages", all: []string{"conversation id", "from", "content", "folder"}, holds: "messages"},
		{name: "LinkedIn invitations", all: []string{"from", "to", "sent at", "direction"}, holds: "invitations"},
		{name: "LinkedIn shares", all: []string{"share link", "share commentary"}, holds: "your own posts"},
		{name: "LinkedIn company follows", all: []string{"organization", "followed on"}, holds: "companies that you follow"},
		{name: "LinkedIn e-mail addresses", all: []string{"email address", "confirmed", "primary", "updated on"}, holds: "your own e-mail addresses"},
		{name: "LinkedIn phone numbers", all: []string{"extension", "number", "type"}, holds: "your own phone numbers"},
		{name: "LinkedIn positions", all: []string{"company name", "title", "started on", "finished on"}, holds: "your own positions"},
		{name: "LinkedIn profile", all: []string{"maiden name", "headline", "geo location"}, holds: "your own profile"},
		{name: "LinkedIn endorsements", all: []string{"endorsement date", "skill name"}, holds: "endorsements"},
		{name: "LinkedIn recommendations", all: []string{"first name", "text", "creation date", "status"}, holds: "recommendations"},
		{name: "LinkedIn events", all: []string{"event name", "event time", "external url"}, holds: "events"},
		{name: "LinkedIn media", all: []string{"media description", "media link"}, holds: "media"},
		{name: "LinkedIn saved jobs", all: []string{"saved date", "job url"}, holds: "saved jobs"},
		{name: "LinkedIn job alerts", all: []string{"alert parameters", "saved search id"}, holds: "saved searches"},
		{name: "LinkedIn ad targeting", all: []string{"member age", "company category"}, holds: "ad targeting data"},
		{name: "HubSpot companies", all: []string{"record id", "company name", "company owner"}, none: []string{"email", "first name", "last name"}, holds: "companies, not people"},
	}
}

// recognise finds the tool that wrote the headers.
func recognise(headers []string) (tool, bool) {
	have := map[string]bool{}
	files := 0
	for _, h := range headers {
		have[fold(h)] = true
		if strings.HasSuffix(strings.ToLower(h), ".csv") {
			files++
		}
	}
	if files > 2 && files*2 > len(headers) {
		return tool{name: "LinkedIn export, list of headers", holds: "only the names of columns of other files"}, true
	}
	for _, t := range tools() {
		if hasAll(have, t.all) && !hasAny(have, t.none) {
			return t, true
		}
	}
	return tool{}, false
}

func hasAll(have map[string]bool, names []string) bool {
	for _, n := range names {
		if !have[n] {
			return false
		}
	}
	return true
}

func hasAny(have map[string]bool, names []string) bool {
	for _, n := range names {
		if have[n] {
			return true
		}
	}
	return false
}
