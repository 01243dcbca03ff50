package intake

// Options are what the user may say about an import; everything is optional.
type Options struct {
	Mapping       map[string]*string `json:"mapping,omitempty"` // header → field, null = leave the column out
	Encoding      string             `json:"encoding,omitempty"`
	Delimiter     string             `json:"delimiter,omitempty"`
	Sheet         string             `json:"sheet,omitempty"`          // of a workbook
	HeaderRow     *int               `json:"header_row,omitempty"`     // row that names the columns, 0 = none, null = found
	DateOrder     string             `json:"date_order,omitempty"`     // dmy or mdy, for columns that do not prove theirs
	Source        string             `json:"source,omitempty"`         // source of rows that name none
	DefaultRegion string             `json:"default_region,omitempty"` // ISO 3166 country of national phone numbers
	Force         bool               `json:"force,omitempty"`          // import a file although it is known to hold no leads
	OwnerID       *string            `json:"owner_id,omitempty"`
	Tags          []string           `json:"tags,omitempty"`
}
