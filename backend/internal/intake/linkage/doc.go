// Package linkage tells which records are about the same person or organisation. It prepares comparison fields, finds
// candidate pairs by blocking keys, weighs each pair by a Fellegi–Sunter model that it learns from the records
// themselves, and gathers pairs into clusters. It is pure: no database, no clock, no randomness but what the records
// themselves give, so the same records always give the same answer. docs/duplicates.md tells it in users' words.
package linkage
