// Package resolution finds leads that may be the same person or company although no address or number is the same. It
// keeps the keys under which a lead is found by its likes, compares leads as they come in or change with those that share
// a key, and sweeps through all of them when asked to. What it finds goes to the review queue (lead/duplicate); how two
// leads are compared is linkage's.
package resolution
