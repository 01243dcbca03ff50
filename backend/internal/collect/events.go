package collect

// The events of this room. Data holds no values of leads and no settings.
const (
	// EventSourceChanged: a source was made, changed, switched or taken away. Data: kind, fields.
	EventSourceChanged = "source.changed"
	// EventRunChanged tells how far a run is. Data: source_id, status, found, created, pages.
	EventRunChanged = "run.progressed"
	// EventAlarmed: a source's health got worse. Data: health, reason (a code).
	EventAlarmed = "source.alarmed"
)
