package event

import (
	"time"

	"winnow/backend/internal/platform/db"
)

// row is a line of the events table.
type row struct {
	Seq         int64 `gorm:"primaryKey;autoIncrement"`
	ID          string
	Type        string
	At          time.Time
	SubjectKind string
	SubjectID   string
	OwnerID     *string
	ActorID     *string
	Data        db.JSON[map[string]any]
}

// TableName is the table's name for GORM.
func (row) TableName() string { return "events" }

func rowOf(e Event) row {
	data := e.Data
	if data == nil {
		data = map[string]any{}
	}
	return row{
		ID: e.ID, Type: e.Type, At: e.At, SubjectKind: e.SubjectKind, SubjectID: e.SubjectID,
		OwnerID: e.OwnerID, ActorID: e.ActorID, Data: db.NewJSON(data),
	}
}

func (r row) event() Event {
	return Event{
		Seq: r.Seq, ID: r.ID, Type: r.Type, At: r.At.UTC(), SubjectKind: r.SubjectKind, SubjectID: r.SubjectID,
		OwnerID: r.OwnerID, ActorID: r.ActorID, Data: r.Data.V,
	}
}

func eventsOf(rows []row) []Event {
	out := make([]Event, len(rows))
	for i, r := range rows {
		out[i] = r.event()
	}
	return out
}
