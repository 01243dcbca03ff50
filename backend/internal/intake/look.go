package intake

import (
	"context"

	"winnow/backend/internal/intake/read"
)

// Reading is how a file's letters, cells and dates were taken, how sure that is, and what else could be chosen.
type Reading struct {
	Encoding, Delimiter string
	HeaderRow           int // 0 = the file does not name its columns
	Sheet               string
	Sheets              []string
	Region              string // of phone numbers without a country
	DateOrder           string // dmy, mdy, or "" where the file does not say
	DatesUnclear        bool   // some dates can be read two ways
	Sure                read.Sureness
}

// Look reads a kept file again under other options and says how it was understood; nothing is stored. Faults: as
// DryRun's, but a file that holds no leads is named in Import.Error.
func (s *Service) Look(ctx context.Context, importID string, o Options) (*Preview, error) {
	imp, in, err := s.reread(ctx, importID, &o)
	if err != nil {
		return nil, err
	}
	s.describe(ctx, imp, in, o)
	imp.Error = ""
	if f := in.noLeads(imp.Filename, o.Force); f != nil {
		imp.Error = f.Msg
	}
	return s.previewOf(ctx, imp, in, o), nil
}

func (s *Service) previewOf(ctx context.Context, imp *Import, in *inspection, o Options) *Preview {
	t := in.table
	r := Reading{
		Encoding: t.Encoding, Delimiter: t.Delimiter, HeaderRow: t.HeaderRow, Sheet: t.Sheet, Sheets: t.Sheets, Region: o.DefaultRegion,
		DateOrder: o.DateOrder, Sure: t.Sure,
	}
	if r.Region == "" {
		r.Region = s.region(ctx)
	}
	for i := range in.orders {
		r.DatesUnclear = r.DatesUnclear || in.unclear[i]
		if in.orders[i] != "" && r.DateOrder == "" {
			r.DateOrder = string(in.orders[i])
		}
	}
	return &Preview{Import: *imp, Columns: in.mapping.Columns, Rows: in.preview, Tool: in.mapping.Tool, Reading: r, As: in.as}
}
