package batch

import "winnow/backend/internal/lead"

// Children are the tables of this room that hang on leads. A lead that is being judged stays where it is: its result is
// stored under it and goes on to the survivor. Where both leads are in a batch each keeps its place, and the merged one
// is skipped.
func Children() []lead.Child {
	return []lead.Child{lead.Rows{Table: "batch_items", Once: "batch_id", Skip: map[string]any{"state": Leased}}}
}
