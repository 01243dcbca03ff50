package account

// SavedAnswer is what was answered to a request with an Idempotency-Key.
type SavedAnswer struct {
	Status int
	Body   []byte // nil: not kept
}
