package linkage

// Group gathers a handful of records, such as those that candidates tie together in a database, into clusters: same
// holds those to merge without asking, unsure those when what a person should look at counts too. Every pair is scored
// once; ready should hold no more than some hundred.
func (m *Matcher) Group(ready []*Prepared) (same, unsure [][]int) {
	s := &set{engine: m.engine, place: make([]int, len(ready)), entries: make([]entry, len(ready))}
	for i, r := range ready {
		s.place[i], s.entries[i] = i, r.entry
	}
	n := int32(len(ready)) //nolint:gosec // some hundred
	for i := range n {
		for j := i + 1; j < n; j++ {
			var ls levels
			s.compare(&s.entries[i], &s.entries[j], &ls)
			s.pairs, s.levels = append(s.pairs, pair{i, j}), append(s.levels, ls)
		}
	}
	links := s.links()
	return s.groups(s.cluster(s.entries, links, autoBits, true, false)), s.groups(s.cluster(s.entries, links, reviewBits, false, false))
}
