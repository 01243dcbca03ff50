package collect

// The events of this room. Data holds no values of leads and no settings.
const (
	// EventSourceChanged: a source was made, changed, switched or taken away. Data: kind, field.
	EventSourceChanged = "source.changed"
	// EventProgressed tells how far a run of a source is. Data: run_id, status, found, created, pages.
	EventProgressed = "source.progressed"
	// EventAlarmed: a source's health got worse. Data: health, reason (a code).
	EventAlarmed = "source.alarmed"
)
