package intake

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"

	"winnow/backend/internal/intake/normalise"
	"winnow/backend/internal/lead"
)

// Candidate is one find that may become a lead: its values are normalised, its id, owner and history are not there yet.
type Candidate struct {
	Row      int       // number in the file; 0 outside files
	Lead     lead.Lead // only the fields that a source can know
	Emails   []normalise.Email
	Phones   []Line
	LinkedIn []string // canonical profile addresses and sales-lead ids
	IDSpace  string   // whose ids SourceID belongs to ("hubspot"); empty: the id is no identity
	PostURL  string   // canonical address of the post, where Lead.Content is one
	Raw      map[string]string
	RawHash  string // the same row gives the same hash whatever the settings
	Warnings []Warning
	Empty    []string // fields to be emptied in a known lead

	cells []string // as they came, for the rejects report
}

// Line is a phone number; a shared one (a switchboard) tells no one apart.
type Line struct {
	E164   string
	Shared bool
}

// Warning is a value that could not be trusted; the row came in without it.
type Warning struct {
	Code    string `json:"code"`
	Column  string `json:"column"`
	Count   int    `json:"count"`
	Message string `json:"message"`
}

// identity is an exact key of a lead.
type identity struct{ Kind, Value string }

// identityRow marks rows that nothing better identifies by their own content, so that the same file brought twice
// finds them again.
const identityRow = "row"

// identities lists what identifies the candidate, the most telling first.
func (c *Candidate) identities() []identity {
	var ids []identity
	strong := false
	add := func(kind, value string) { ids = append(ids, identity{kind, value}); strong = true }
	if c.IDSpace != "" && c.Lead.SourceID != "" {
		add(lead.IdentitySource, lead.SourceIdentity(c.IDSpace, c.Lead.SourceID))
	}
	for _, e := range c.Emails {
		if e.Person() || e.Role && c.Lead.Name == "" {
			add(lead.IdentityEmail, e.Key)
		}
	}
	for _, u := range c.LinkedIn {
		add(lead.IdentityLinkedin, u)
	}
	if c.PostURL != "" && c.Lead.Content != "" {
		add(lead.IdentitySource, lead.SourceIdentity("post", c.PostURL+"\x1f"+normalise.Fold(c.Lead.Name)))
	}
	if !strong && c.RawHash != "" {
		ids = append(ids, identity{lead.IdentitySource, lead.SourceIdentity(identityRow, c.RawHash)})
	}
	for _, p := range c.Phones {
		if !p.Shared {
			ids = append(ids, identity{lead.IdentityPhone, p.E164})
		}
	}
	return ids
}

func hashRaw(headers, cells []string) string {
	h := sha256.New()
	for i, c := range cells {
		if c != "" {
			h.Write([]byte(headers[i]))
			h.Write([]byte{0x1f})
			h.Write([]byte(c))
			h.Write([]byte{0x1e})
		}
	}
	return hex.EncodeToString(h.Sum(nil)[:16])
}

// maxKept is how much of a cell a rejects report gives back: what a spreadsheet's cell can hold.
const maxKept = 32_767

// rawText keeps cells for the rejects report.
func rawText(cells []string) string {
	kept := make([]string, len(cells))
	for i, c := range cells {
		kept[i] = clip(c, maxKept)
	}
	b, err := json.Marshal(kept)
	if err != nil { // strings always encode
		return "[]"
	}
	return string(b)
}
