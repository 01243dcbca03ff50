package similar

import "math/bits"

// JaroWinkler is 1 for equal texts and 0 for texts with nothing in common; an equal beginning counts more.
func JaroWinkler(a, b string) float64 {
	if a == b {
		return 1
	}
	a, b = a[:min(len(a), most)], b[:min(len(b), most)]
	if len(a) == 0 || len(b) == 0 {
		return 0
	}
	s := jaro(a, b)
	if s < 0.7 {
		return s
	}
	same := 0
	for same < 4 && same < len(a) && same < len(b) && a[same] == b[same] {
		same++
	}
	return s + 0.1*float64(same)*(1-s)
}

func jaro(a, b string) float64 {
	var inA, inB uint64 // letters that found a partner
	reach := max(max(len(a), len(b))/2-1, 0)
	found := 0
	for i := range len(a) {
		for j := max(0, i-reach); j < min(len(b), i+reach+1); j++ {
			if inB&(1<<j) == 0 && a[i] == b[j] {
				inA, inB = inA|1<<i, inB|1<<j
				found++
				break
			}
		}
	}
	if found == 0 {
		return 0
	}
	moved, j := 0, 0
	for i := range len(a) {
		if inA&(1<<i) == 0 {
			continue
		}
		for inB&(1<<j) == 0 {
			j++
		}
		if a[i] != b[j] {
			moved++
		}
		j++
	}
	m := float64(found)
	return (m/float64(len(a)) + m/float64(len(b)) + (m-float64(moved/2))/m) / 3
}

// Letters is the set of letters and digits of a text, for telling at once that two texts cannot be alike.
func Letters(s string) (set uint64) {
	for i := range len(s) {
		set |= 1 << (s[i] & 63)
	}
	return set
}

// MayBeAlike reports whether two texts have enough letters in common that a measure of likeness is worth its time.
func MayBeAlike(a, b uint64) bool {
	return 5*bits.OnesCount64(a&b) >= 3*min(bits.OnesCount64(a), bits.OnesCount64(b))
}
