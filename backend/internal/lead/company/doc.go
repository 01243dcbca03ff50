// Package company keeps the firms that leads belong to as one row each: the pairs that may be the same firm and what
// people say of them, merging two rows, and taking that back. What leads say stays theirs; only to which row they belong
// follows. Who finds the pairs gives them in by Record.
package company
