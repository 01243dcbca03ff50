package polite

import "sync"

// Log is a Trail that keeps what it is told, to be stored with a step. The zero value is ready; it holds 10,000 records
// and counts the rest.
type Log struct {
	mu      sync.Mutex
	list    []Record
	dropped int
	pages   int64
	bytes   int64
}

const logBound = 10_000

// Record keeps a record.
func (l *Log) Record(r Record) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if r.Outcome == Fetched || r.Outcome == NotModified {
		l.pages++
	}
	l.bytes += r.Bytes
	if len(l.list) >= logBound {
		l.dropped++
		return
	}
	l.list = append(l.list, r)
}

// Take hands the records out, with how many there was no room for, and begins anew.
func (l *Log) Take() (list []Record, dropped int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	list, dropped = l.list, l.dropped
	l.list, l.dropped = nil, 0
	return list, dropped
}

// Counts is how many pages, robots.txt included, and octets came in all.
func (l *Log) Counts() (pages, bytes int64) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.pages, l.bytes
}
