package intake

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"gorm.io/gorm"

	"winnow/backend/internal/fault"
	"winnow/backend/internal/id"
	"winnow/backend/internal/intake/mapping"
	"winnow/backend/internal/lead"
)

// Get is one import that the viewer may see. Fault: NotFound.
func (s *Service) Get(ctx context.Context, importID string) (*Import, error) {
	var imp Import
	none := fault.New(fault.NotFound, "import_not_found", "There is no such import.")
	if !id.Valid(importID) {
		return nil, none
	}
	err := visible(ctx, s.db.Read.WithContext(ctx)).First(&imp, "id = ?", importID).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return nil, none
	}
	if err != nil {
		return nil, fmt.Errorf("read the import: %w", err)
	}
	imp.utc()
	return &imp, nil
}

func (i *Import) utc() {
	i.CreatedAt = i.CreatedAt.UTC()
	for _, t := range []*time.Time{i.StartedAt, i.FinishedAt, i.LeaseUntil, i.UndoneAt} {
		if t != nil {
			*t = t.UTC()
		}
	}
}

// List is the viewer's imports, newest first; q narrows it to file names that hold it. before is the id of the last one
// of the page before, or empty; more says that there are further ones.
func (s *Service) List(ctx context.Context, q, before string, limit int) (imports []Import, total int64, more bool, err error) {
	if limit <= 0 || limit > 200 {
		limit = 50
	}
	named := func(tx *gorm.DB) *gorm.DB {
		if q == "" {
			return tx
		}
		return tx.Where(`lower(filename) LIKE ? ESCAPE '\'`, "%"+escapeLike(strings.ToLower(q))+"%")
	}
	if err := named(visible(ctx, s.db.Read.WithContext(ctx).Model(&Import{}))).Count(&total).Error; err != nil {
		return nil, 0, false, fmt.Errorf("count imports: %w", err)
	}
	rows := named(visible(ctx, s.db.Read.WithContext(ctx))).Order("id DESC").Limit(limit + 1)
	if before != "" {
		rows = rows.Where("id < ?", before)
	}
	if err := rows.Find(&imports).Error; err != nil {
		return nil, 0, false, fmt.Errorf("list imports: %w", err)
	}
	if len(imports) > limit {
		imports, more = imports[:limit], true
	}
	for i := range imports {
		imports[i].utc()
	}
	return imports, total, more, nil
}

func escapeLike(s string) string {
	return strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(s)
}

// Rows is what became of an import's rows, in order, after row number after; fate narrows it if given.
func (s *Service) Rows(ctx context.Context, importID string, fate Fate, after, limit int) (rows []ImportRow, more bool, err error) {
	if _, err := s.Get(ctx, importID); err != nil {
		return nil, false, err
	}
	if limit <= 0 || limit > 200 {
		limit = 50
	}
	q := s.db.Read.WithContext(ctx).Where("import_id = ? AND row_no > ?", importID, after).Order("row_no").Limit(limit + 1)
	if fate != "" {
		q = q.Where("fate = ?", fate)
	}
	if err := q.Find(&rows).Error; err != nil {
		return nil, false, fmt.Errorf("list rows: %w", err)
	}
	if len(rows) > limit {
		rows, more = rows[:limit], true
	}
	return rows, more, nil
}

// WriteRejects writes the rejects report as CSV: row, column, reason, then the original cells under their own headers,
// so that the file can be mended and imported again. Text that a spreadsheet would take for a formula is marked as text;
// importing takes the mark off.
func (s *Service) WriteRejects(ctx context.Context, importID string, w io.Writer) error {
	imp, err := s.Get(ctx, importID)
	if err != nil {
		return err
	}
	if _, err := io.WriteString(w, "\ufeff"); err != nil { // spreadsheets need it to read UTF-8
		return err
	}
	out := csv.NewWriter(w)
	head := []string{mapping.RejectPrefix + "row", mapping.RejectPrefix + "column", mapping.RejectPrefix + "code", mapping.RejectPrefix + "reason"}
	if err := out.Write(append(head, guardAll(imp.Options.V.Headers)...)); err != nil {
		return err
	}
	for after := 0; ; {
		rows, more, err := s.Rows(ctx, importID, Rejected, after, 200)
		if err != nil {
			return err
		}
		for _, r := range rows {
			var cells []string
			if err := json.Unmarshal([]byte(r.Raw), &cells); err != nil {
				cells = []string{r.Raw}
			}
			if err := out.Write(append([]string{strconv.Itoa(r.RowNo), lead.GuardCell(r.Col), r.Code, r.Reason}, guardAll(cells)...)); err != nil {
				return err
			}
			after = r.RowNo
		}
		if !more {
			break
		}
	}
	out.Flush()
	return out.Error()
}

func guardAll(cells []string) []string {
	out := make([]string, len(cells))
	for i, c := range cells {
		out[i] = lead.GuardCell(c)
	}
	return out
}
