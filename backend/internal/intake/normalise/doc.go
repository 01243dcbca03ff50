// Package normalise turns the values people type into one canonical form, without guessing: a value that
// cannot be trusted is reported with a reason and kept raw by the caller. It knows no tables and no files.
package normalise

// Problem says why a value could not be trusted. Code is stable and goes into warnings and rejects reports.
type Problem struct { //nolint:errname // it is reported, never raised
	Code    string // e.g. "phone_scientific"
	Message string // what is wrong and how to mend it, for people
}

func (p *Problem) Error() string { return p.Message }

func problem(code, msg string) *Problem { return &Problem{Code: code, Message: msg} }
