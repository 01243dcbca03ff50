package places

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"strings"

	"winnow/backend/internal/collect/page"
)

// ParseCSV reads the file that the gosom scraper writes: 36 columns by name, nested values as JSON inside cells.
func ParseCSV(d page.Document) (r page.Reading) {
	rd := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(d.Body, []byte("\xef\xbb\xbf"))))
	rd.FieldsPerRecord, rd.LazyQuotes = -1, true
	head, err := rd.Read()
	if err != nil || !isHeader(head) {
		r.Unread(d, "Neither JSON nor a file with the columns of a Maps export.")
		return r
	}
	for {
		row, err := rd.Read()
		if errors.Is(err, io.EOF) {
			return r
		}
		if err != nil {
			r.Note("row_unreadable", "A row of the file cannot be read: "+err.Error())
			continue
		}
		m := map[string]any{}
		for i, v := range row {
			if i < len(head) && strings.TrimSpace(v) != "" {
				m[strings.TrimSpace(head[i])] = cell(v)
			}
		}
		if m["title"] == nil && m["name"] == nil {
			r.Note("row_without_name", "A row of the file has no title.")
			continue
		}
		readPlace(m, &r)
	}
}

func isHeader(head []string) bool {
	n := 0
	for _, h := range head {
		switch strings.TrimSpace(h) {
		case "title", "category", "website", "phone", "review_rating", "place_id", "cid", "complete_address", "longitude", "longtitude", "emails":
			n++
		}
	}
	return n >= 4
}

// cell opens values that are JSON.
func cell(v string) any {
	t := strings.TrimSpace(v)
	if strings.HasPrefix(t, "{") || strings.HasPrefix(t, "[") {
		if j, err := page.ParseJSON([]byte(t)); err == nil {
			return j
		}
	}
	return v
}
