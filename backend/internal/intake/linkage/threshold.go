package linkage

// SureFrom is the probability from which on two records are one beyond doubt: Same, unless they are held.
func SureFrom() float64 { return probability(autoBits) }
