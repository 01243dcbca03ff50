package collect

import "time"

// Find is one lead as a source shows it, before intake has looked at it.
type Find struct {
	// Fields holds values by the names of lead.Fields and custom fields ("custom." and a name), as they were written at
	// the source: intake normalises them. Several e-mail addresses or phone numbers are separated by ";". Absent is absent,
	// never "".
	Fields map[string]string
	// Key is what the source itself calls this find (UNIQUE_QUERY_ID, place id, comment URN); empty where it has no such
	// name. The same key under the same source is the same find, however often it is brought.
	Key string
	// URL is where a person can see it; empty where there is no such page.
	URL string
	// Seen tells for single fields where their value was read.
	Seen []Seen
	// At is when the source says that it was written; zero where it does not say.
	At time.Time
}

// Seen is the proof of a field: the page, the way it was read there ("json-ld", "mailto", "cfemail", "text" …) and the
// words around it, at most 200 characters.
type Seen struct {
	Field   string `json:"field"`
	URL     string `json:"url,omitempty"`
	Method  string `json:"method"`
	Snippet string `json:"snippet,omitempty"`
}
