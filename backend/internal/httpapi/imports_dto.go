package httpapi

import (
	"time"

	"winnow/backend/internal/fault"
	"winnow/backend/internal/intake"
	"winnow/backend/internal/intake/mapping"
)

// ImportRequest are the options of an import; everything may be left out.
type ImportRequest struct {
	Mapping       map[string]*string `json:"mapping"`                            // column → field; null leaves the column out; columns not named keep the suggestion
	Fresh         bool               `json:"fresh"`                              // start from the guesses, not from the mapping of the last file with these columns
	Encoding      string             `json:"encoding"`                           // utf-8, utf-16le, utf-16be or windows-1252; "" = detected
	Delimiter     string             `json:"delimiter"`                          // one character; "" = detected
	Sheet         string             `json:"sheet"`                              // of a workbook; "" = the one most like a table of leads
	HeaderRow     *int               `json:"header_row" extensions:"x-nullable"` // row that names the columns, 0 = none; null = found
	DateOrder     string             `json:"date_order" example:"dmy"`           // for date columns that do not prove their order; "" = such dates are left out
	Force         bool               `json:"force"`                              // import a file although it is known to hold no leads
	Source        string             `json:"source"`                             // source of rows that name none
	DefaultRegion string             `json:"default_region"`
	OwnerID       *string            `json:"owner_id" extensions:"x-nullable"`
	Tags          []string           `json:"tags"`
	RowsToTake    string             `json:"rows" enums:"all,create,update"` // create: only new leads; update: only known ones; "" = all
	Known         string             `json:"known" enums:"fill,overwrite"`   // what a known lead takes: what it lacks, or every value of its row; "" = fill
	ClearEmpty    bool               `json:"clear_empty"`                    // with overwrite: an empty cell empties the field
	Match         []string           `json:"match"`                          // what tells a known lead: source_id, email, linkedin_url, phone; none = all of them
	Defaults      map[string]string  `json:"defaults"`                       // field → value for rows without one: title, company, industry, company_size, location, country, language
}

func (r ImportRequest) options() intake.Options {
	return intake.Options{
		Mapping: r.Mapping, Fresh: r.Fresh, Encoding: r.Encoding, Delimiter: r.Delimiter, Sheet: r.Sheet, HeaderRow: r.HeaderRow, DateOrder: r.DateOrder, Source: r.Source, DefaultRegion: r.DefaultRegion,
		OwnerID: r.OwnerID, Tags: r.Tags, Force: r.Force, Rows: intake.Rows(r.RowsToTake), Known: intake.Known(r.Known), ClearEmpty: r.ClearEmpty,
		Match: r.Match, Defaults: r.Defaults,
	}
}

// ImportDryRunRequest are the options of a dry run.
type ImportDryRunRequest struct {
	ImportRequest
	Mode string `json:"mode" enums:"preview,dry_run"` // preview only reads the file again under these options; dry_run, the default, says what would happen
}

// Validate finds an unknown mode.
func (r ImportDryRunRequest) Validate() []fault.Field {
	switch r.Mode {
	case "", "preview", "dry_run":
		return nil
	}
	return []fault.Field{{Name: "mode", Code: "unknown", Message: "Must be preview or dry_run."}}
}

// ImportUploadRequest is the options part of an upload.
type ImportUploadRequest struct {
	ImportRequest
	Mode string `json:"mode" enums:"preview,dry_run,run"`
}

// Validate finds an unknown mode.
func (r ImportUploadRequest) Validate() []fault.Field {
	switch r.Mode {
	case "", "preview", "dry_run", "run":
		return nil
	}
	return []fault.Field{{Name: "mode", Code: "unknown", Message: "Must be preview, dry_run or run."}}
}

// ImportWarning is a kind of value that could not be trusted; its rows came in without it.
type ImportWarning struct {
	Code    string `json:"code"`
	Column  string `json:"column"` // "" = the whole row or file
	Count   int    `json:"count"`
	Message string `json:"message"`
}

// ImportResponse is a file and what became of its rows. Once finished, rows_total is the sum of the five fates.
type ImportResponse struct {
	ID         string            `json:"id"`
	Filename   string            `json:"filename"`
	Format     string            `json:"format" enums:"csv,xlsx,json,jsonl,vcard,text"`
	Tool       string            `json:"tool"` // whose export it is, "" if unknown
	Encoding   string            `json:"encoding"`
	Delimiter  string            `json:"delimiter"`
	Size       int64             `json:"size"`
	SHA256     string            `json:"sha256"`
	Status     string            `json:"status" enums:"previewed,queued,running,paused,finished,failed,undoing,undone"`
	RowsTotal  int               `json:"rows_total"`
	Created    int               `json:"created"`
	Updated    int               `json:"updated"`
	Unchanged  int               `json:"unchanged"`
	Duplicate  int               `json:"duplicate"`
	Rejected   int               `json:"rejected"`
	Warnings   []ImportWarning   `json:"warnings"`
	Mapping    map[string]string `json:"mapping"` // column → field, "" = left out
	Error      *string           `json:"error" extensions:"x-nullable"`
	CreatedBy  *string           `json:"created_by" extensions:"x-nullable"`
	CreatedAt  time.Time         `json:"created_at" format:"date-time"`
	StartedAt  *time.Time        `json:"started_at" extensions:"x-nullable" format:"date-time"`
	FinishedAt *time.Time        `json:"finished_at" extensions:"x-nullable" format:"date-time"`
	FileKept   bool              `json:"file_kept"` // imports.file still has it
	Removed    int               `json:"removed"`   // leads that undoing took out again
	PutBack    int               `json:"put_back"`  // rows whose fields went back
	Kept       int               `json:"kept"`      // rows of which something had to stay
	UndoneBy   *string           `json:"undone_by" extensions:"x-nullable"`
	UndoneAt   *time.Time        `json:"undone_at" extensions:"x-nullable" format:"date-time"`
}

// ImportColumn is a column of the file and what it is taken for.
type ImportColumn struct {
	Header     string   `json:"header"`
	Samples    []string `json:"samples"`
	Field      *string  `json:"field" extensions:"x-nullable"` // null = left out
	Confidence float64  `json:"confidence"`                    // 0–1
	Reason     string   `json:"reason"`
}

// ImportField is something that a column can be mapped to.
type ImportField struct {
	Name  string `json:"name"`
	Label string `json:"label"`
}

// ImportAnswer is an import and, after a look at the file, how it was understood.
type ImportAnswer struct {
	Import  ImportResponse `json:"import"`
	Columns []ImportColumn `json:"columns"`
	Rows    [][]string     `json:"rows"` // the first 50, decoded
	Fields  []ImportField  `json:"fields"`
	Reading *ImportReading `json:"reading" extensions:"x-nullable"` // after a look at the file
	Samples []ImportSample `json:"samples"`                         // after a dry run: up to 50 rows of each fate
	AsLast  *ImportAsLast  `json:"as_last" extensions:"x-nullable"` // after a look: whose mapping it starts from, null = from guesses alone
}

// ImportAsLast says who chose the mapping that a file starts from, because the last file with the same columns came in with it.
type ImportAsLast struct {
	At   time.Time `json:"at" format:"date-time"`
	By   *string   `json:"by" extensions:"x-nullable"` // user, null = nobody with an account
	Name string    `json:"name"`                       // of that user, "" if none is known
}

// ImportReading is how the file was taken, how sure that is (0–1), and what else there is to choose from.
type ImportReading struct {
	Encoding      string   `json:"encoding"`
	EncodingSure  float64  `json:"encoding_sure"`
	Delimiter     string   `json:"delimiter"`
	DelimiterSure float64  `json:"delimiter_sure"`
	HeaderRow     int      `json:"header_row"` // 0 = the file does not name its columns
	HeaderSure    float64  `json:"header_sure"`
	Sheet         string   `json:"sheet"`
	Sheets        []string `json:"sheets"`
	DefaultRegion string   `json:"default_region"`
	DateOrder     string   `json:"date_order" example:"dmy"` // "" = nothing in the file tells
	DatesUnclear  bool     `json:"dates_unclear"`            // some dates can be read two ways
}

// ImportSample is a row as a dry run saw it.
type ImportSample struct {
	Row     int            `json:"row"`
	Fate    string         `json:"fate" enums:"created,updated,unchanged,duplicate,rejected"`
	LeadID  *string        `json:"lead_id" extensions:"x-nullable"` // of a lead that is there already
	Name    string         `json:"name"`                            // of a rejected row its first cells
	Company string         `json:"company"`
	Email   string         `json:"email"`
	Column  string         `json:"column"`
	Code    string         `json:"code"`
	Reason  string         `json:"reason"`
	Changes []ImportChange `json:"changes"`
}

// ImportChange is a value that the row has for a known lead: taken where the lead has none, else what stands is kept.
type ImportChange struct {
	Field  string `json:"field"`
	Stored string `json:"stored"`
	Given  string `json:"given"`
	Taken  bool   `json:"taken"`
}

// ImportList is imports, newest first.
type ImportList struct {
	Items []ImportResponse `json:"items"`
	PageInfo
}

// ImportRowResponse is the fate of one row of the file.
type ImportRowResponse struct {
	Row    int     `json:"row"` // as a spreadsheet counts; the header is a row too
	Fate   string  `json:"fate" enums:"created,updated,unchanged,duplicate,rejected"`
	LeadID *string `json:"lead_id" extensions:"x-nullable"`
	Column string  `json:"column"`
	Code   string  `json:"code"` // of the rejection, or of the first warning
	Reason string  `json:"reason"`

	Undone    string `json:"undone" enums:",removed,put_back,partly,kept"` // what undoing the import did
	UndoneWhy string `json:"undone_why" enums:",changed_since,met_again,deleted,merged,gone,not_yours"`
}

// ImportRowList is a page of rows.
type ImportRowList struct {
	Items      []ImportRowResponse `json:"items"`
	NextCursor *string             `json:"next_cursor" extensions:"x-nullable"`
}

func importResponse(i *intake.Import) ImportResponse {
	r := ImportResponse{
		ID: i.ID, Filename: i.Filename, Format: i.Format, Tool: i.Options.V.Tool, Encoding: i.Encoding, Delimiter: i.Delimiter, Size: i.Size,
		SHA256: i.SHA256, Status: string(i.Status), RowsTotal: i.RowsTotal, Created: i.Created, Updated: i.Updated, Unchanged: i.Unchanged,
		Duplicate: i.Duplicate, Rejected: i.Rejected, Warnings: []ImportWarning{}, Mapping: i.Mapping.V, CreatedBy: i.CreatedBy,
		CreatedAt: i.CreatedAt, StartedAt: i.StartedAt, FinishedAt: i.FinishedAt, FileKept: i.Path != "",
		Removed: i.Removed, PutBack: i.PutBack, Kept: i.Kept, UndoneBy: i.UndoneBy, UndoneAt: i.UndoneAt,
	}
	for _, w := range i.Warnings.V {
		r.Warnings = append(r.Warnings, ImportWarning(w))
	}
	if i.Error != "" {
		r.Error = &i.Error
	}
	if r.Mapping == nil {
		r.Mapping = map[string]string{}
	}
	return r
}

func importAnswer(i *intake.Import) *ImportAnswer {
	return &ImportAnswer{Import: importResponse(i), Columns: []ImportColumn{}, Rows: [][]string{}, Fields: []ImportField{}, Samples: []ImportSample{}}
}

// describe adds how the file was understood.
func (a *ImportAnswer) describe(p *intake.Preview) {
	for _, f := range mapping.Fields() {
		a.Fields = append(a.Fields, ImportField{Name: string(f.Name), Label: f.Label})
	}
	seen := map[string]bool{}
	for _, c := range p.Columns {
		col := ImportColumn{Header: c.Header, Samples: c.Samples, Confidence: c.Confidence, Reason: c.Reason}
		if c.Field != mapping.Skip {
			field := string(c.Field)
			col.Field = &field
			if key, ok := c.Field.Custom(); ok && !seen[field] {
				seen[field] = true
				a.Fields = append(a.Fields, ImportField{Name: field, Label: "Own field: " + key})
			}
		}
		a.Columns = append(a.Columns, col)
	}
	if p.Rows != nil {
		a.Rows = p.Rows
	}
	if p.As != nil {
		a.AsLast = &ImportAsLast{At: p.As.At, By: p.As.By, Name: p.As.Name}
	}
	r := p.Reading
	a.Reading = &ImportReading{
		Encoding: r.Encoding, EncodingSure: r.Sure.Encoding, Delimiter: r.Delimiter, DelimiterSure: r.Sure.Delimiter, HeaderRow: r.HeaderRow,
		HeaderSure: r.Sure.Header, Sheet: r.Sheet, Sheets: append([]string{}, r.Sheets...), DefaultRegion: r.Region, DateOrder: r.DateOrder,
		DatesUnclear: r.DatesUnclear,
	}
}

func sampleResponses(samples []intake.Sample) []ImportSample {
	out := make([]ImportSample, len(samples))
	for i, s := range samples {
		out[i] = ImportSample{
			Row: s.Row, Fate: string(s.Fate), Name: s.Name, Company: s.Company, Email: s.Email, Column: s.Column, Code: s.Code, Reason: s.Reason,
			Changes: []ImportChange{},
		}
		if s.LeadID != "" {
			out[i].LeadID = &samples[i].LeadID
		}
		for _, c := range s.Changes {
			out[i].Changes = append(out[i].Changes, ImportChange(c))
		}
	}
	return out
}
