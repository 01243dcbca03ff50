// Package merging makes one lead of two or more, and takes that back at any time, in any order. Each lead keeps what it
// holds of its own; what a survivor shows is worked out from that and from what was changed since, so undoing a merge
// leaves it out and works the rest out again. docs/adr/0009-merges-are-worked-out.md has the rules.
package merging
