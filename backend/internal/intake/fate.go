package intake

// Fate is what became of a row or find. Rows in = the sum of all fates.
type Fate string

// The fates.
const (
	Created   Fate = "created"
	Updated   Fate = "updated"   // a known lead gained something
	Unchanged Fate = "unchanged" // a known lead, nothing new
	Duplicate Fate = "duplicate" // the same lead as an earlier row of this file, nothing new
	Rejected  Fate = "rejected"
)

// Outcome is the fate of one candidate.
type Outcome struct {
	Row    int
	Fate   Fate
	LeadID string
	Fields []string // that the lead gained
	Reject *Reject
	Note   *Warning // why a row of a known lead changed nothing, if the options say so

	values []value // what a known lead was told
}

// Origin says where candidates come from; it goes into every sighting.
type Origin struct {
	ImportID *string
	RunID    *string
	OwnerID  *string // owner of the leads that are new
	Options  Options // which rows come in and what known leads take
}

// Valid reports whether f is one of the fates.
func (f Fate) Valid() bool {
	switch f {
	case Created, Updated, Unchanged, Duplicate, Rejected:
		return true
	}
	return false
}
