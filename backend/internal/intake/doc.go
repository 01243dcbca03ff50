// Package intake is the one door through which every lead comes in: a file, a form, a run of a source. It reads and
// normalises (read, mapping, normalise), matches on exact identities, merges or creates, records where each value came
// from, and keeps a ledger of what became of every row.
package intake
