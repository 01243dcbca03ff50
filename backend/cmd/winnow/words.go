package main

import "strconv"

// counted is a number with its noun: 1 lead, 2 leads.
func counted(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return strconv.Itoa(n) + " " + noun + "s"
}
