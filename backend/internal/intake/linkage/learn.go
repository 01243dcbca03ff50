package linkage

import (
	"runtime"
	"slices"
	"sync"
)

// learnOnly is learn where nothing but the model is wanted: candidates are compared on all processors, and only how often
// each pattern shows is kept. The model is the same.
func (s *set) learnOnly() {
	found := s.candidates(s.entries, false)
	n := runtime.GOMAXPROCS(0)
	counts := make([]map[levels]int, n)
	var at sync.WaitGroup
	for i := range n {
		at.Go(func() {
			counts[i] = s.patternsAmong(found[len(found)*i/n : len(found)*(i+1)/n])
		})
	}
	at.Wait()
	for _, more := range counts[1:] {
		for ls, n := range more {
			counts[0][ls] += n
		}
	}
	ps := make([]pattern, 0, len(counts[0]))
	for ls, n := range counts[0] {
		ps = append(ps, pattern{levels: ls, count: float64(n)})
	}
	slices.SortFunc(ps, func(a, b pattern) int { return slices.Compare(a.levels[:], b.levels[:]) })
	s.engine.learn(ps, s.sample(s.entries, false), len(s.entries))
}

func (s *set) patternsAmong(some []packed) map[levels]int {
	out := map[levels]int{}
	for _, one := range some {
		var ls levels
		p := one.pair()
		s.compare(&s.entries[p.a], &s.entries[p.b], &ls)
		out[ls]++
	}
	return out
}
