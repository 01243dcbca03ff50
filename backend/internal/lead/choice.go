package lead

import (
	"context"
	"slices"
	"strings"

	"winnow/backend/internal/config/suggest"
	"winnow/backend/internal/fault"
	"winnow/backend/internal/id"
	"winnow/backend/internal/lead/filter"
)

// columnNames maps the names under which the API and the app know a column to its header.
func columnNames() map[string]string {
	out := map[string]string{
		"value": "lead value", "value_micros": "lead value", "pain": "winnow_top_pain", "pain_quote": "winnow_quote", "created_at": "winnow_found_at",
	}
	for _, c := range exportColumns(nil, nil, nil) {
		out[c.header] = c.header
		if short, ok := strings.CutPrefix(c.header, "winnow_"); ok {
			out[short] = c.header
		}
	}
	return out
}

func (c Choice) check() error {
	if len(c.IDs) > MaxBulk {
		return badChoice("ids", "At most 10,000 leads by id; use a filter for more.")
	}
	for _, v := range c.IDs {
		if !id.Valid(v) {
			return badChoice("ids", "These are not all ids of leads.")
		}
	}
	names, seen := columnNames(), map[string]bool{}
	for _, v := range c.Columns {
		custom, isCustom := strings.CutPrefix(v, CustomPrefix)
		header := names[v]
		if isCustom && ValidCustomName(custom) {
			header = v
		}
		if header == "" {
			known := slices.Sorted(func(yield func(string) bool) {
				for k := range names {
					if !yield(k) {
						return
					}
				}
			})
			return badChoice("columns", "There is no column “"+filter.Clip(v)+"”."+suggest.Hint(v, known)+" Use "+strings.Join(known, ", ")+" or custom.name.")
		}
		if seen[header] {
			return badChoice("columns", "Name each column once: "+filter.Clip(v)+" is there twice.")
		}
		seen[header] = true
	}
	return nil
}

func badChoice(field, msg string) error {
	return fault.InvalidFields("export_invalid", "Nothing was exported. "+msg, fault.Field{Name: field, Code: "value_wrong", Message: msg})
}

// columns are the chosen columns in the order asked for, else all with every custom field that the leads have.
func (e *Export) columns(ctx context.Context) ([]exportColumn, error) {
	who, err := e.store.owners(ctx)
	if err != nil {
		return nil, err
	}
	if len(e.cols) == 0 {
		names, err := e.store.customNames(ctx, e.c)
		return exportColumns(e.pains, who, names), err
	}
	all, names := map[string]exportColumn{}, columnNames()
	for _, c := range exportColumns(e.pains, who, nil) {
		all[c.header] = c
	}
	out := make([]exportColumn, len(e.cols))
	for i, v := range e.cols {
		if custom, ok := strings.CutPrefix(v, CustomPrefix); ok {
			out[i] = text(custom, func(l *Lead) string { return l.Custom.V[custom] })
			continue
		}
		out[i] = all[names[v]]
	}
	return out, nil
}
