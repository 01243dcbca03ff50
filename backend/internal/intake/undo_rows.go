package intake

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"gorm.io/gorm"

	"winnow/backend/internal/lead"
)

// decideAll works out what becomes of each row, in memory: nothing is written. Rows that follow another row's fate,
// because it made the lead, are left out.
func (u *undoing) decideAll() []UndoRow {
	for _, c := range u.later {
		if l := u.leads[c.LeadID]; l != nil && !u.made(c.LeadID) {
			u.putBack(l, c.Change.V, &UndoRow{})
		}
	}
	out := make([]UndoRow, 0, len(u.rows))
	for _, row := range u.rows {
		if row.LeadID == nil || row.Fate == Updated && u.made(*row.LeadID) {
			continue
		}
		out = append(out, u.decide(row))
	}
	return out
}

func (u *undoing) decide(row ImportRow) UndoRow {
	r := UndoRow{Row: row.RowNo, Fate: row.Fate, LeadID: *row.LeadID, Does: UndoKept}
	l := u.leads[r.LeadID]
	if l == nil {
		r.Why = UndoGone
		return r
	}
	if r.Name = l.Name; r.Name == "" {
		r.Name = l.Company
	}
	switch {
	case !u.mine(l):
		r.Why = UndoNotYours
	case l.MergedInto != nil:
		r.Why = UndoMerged
	case l.DeletedAt.Valid:
		r.Why = UndoDeleted
	case row.Fate == Created && u.worked[l.ID] && !u.all:
		r.Why = UndoChanged
	case row.Fate == Created && u.metAgain(l.ID) && !u.all:
		r.Why = UndoMetAgain
	case row.Fate == Created:
		r.Does = UndoRemoved
		u.remove(l)
	default:
		u.back(l, row.RowNo, &r)
	}
	return r
}

func (u *undoing) remove(l *lead.Lead) {
	l.DeletedAt = gorm.DeletedAt{Valid: true} // the time is set when it is written
	u.removed[l.ID] = l
}

// back undoes what an updating row did to its lead.
func (u *undoing) back(l *lead.Lead, rowNo int, r *UndoRow) {
	ch := u.changes[rowNo]
	u.putBack(l, ch, r)
	switch {
	case len(r.Stays) == 0:
		r.Does = UndoPutBack
	case len(r.Fields) > 0:
		r.Does, r.Why = UndoPartly, UndoChanged
	default:
		r.Why = UndoChanged
	}
	if ch.Restored && r.Does == UndoPutBack {
		if u.worked[l.ID] {
			r.Does, r.Why = UndoPartly, UndoChanged
		} else {
			u.remove(l)
		}
	}
	if r.Does != UndoKept {
		u.changed[l.ID] = l
	}
}

// putBack gives the fields that still hold what the row gave them their values from before, and takes the keys away
// that the lead gained and no field of it holds any more.
func (u *undoing) putBack(l *lead.Lead, ch rowChange, r *UndoRow) {
	for _, f := range slices.Backward(ch.Fields) {
		if f.Field == "tags" {
			untag(l, tagsOf(f.After))
			r.Fields = append(r.Fields, f.Field)
			continue
		}
		if stands(l, f.Field) != f.After || !set(l, f.Field, f.Before) {
			r.Stays = append(r.Stays, f.Field)
			continue
		}
		r.Fields = append(r.Fields, f.Field)
		if f.Field == "company" {
			l.CompanyID = nil
		}
	}
	slices.Sort(r.Fields)
	slices.Sort(r.Stays)
	u.keys[l.ID] = append(u.keys[l.ID], ch.Keys...)
}

func untag(l *lead.Lead, tags []string) {
	l.Tags.V = slices.DeleteFunc(slices.Clone(l.Tags.V), func(t string) bool { return slices.Contains(tags, t) })
}

// set gives a field the value that a text stands for; false when the text stands for none.
func set(l *lead.Lead, field, text string) bool {
	if key, ok := strings.CutPrefix(field, lead.CustomPrefix); ok {
		if text == "" {
			delete(l.Custom.V, key)
		} else {
			l.Custom.V[key] = text
		}
		return true
	}
	switch field {
	case "posted_at":
		l.PostedAt = nil
		if text != "" {
			t, err := time.Parse(time.RFC3339, text)
			if err != nil {
				return false
			}
			l.PostedAt = &t
		}
		return true
	case "value":
		l.ValueMicros = nil
		if text != "" {
			f, err := strconv.ParseFloat(text, 64)
			if err != nil {
				return false
			}
			l.ValueMicros = new(int64(math.Round(f * 1e6)))
		}
		return true
	}
	for _, t := range textFields() {
		if t.name == field {
			*t.at(l) = text
			return true
		}
	}
	return false
}
