#!/usr/bin/env bash
# Makes docs/examples/ranked.* anew from docs/examples/leads.jsonl and docs/examples/profile, with the product itself.
# Run it after a change of what the product says about leads; a test fails until you do.
set -euo pipefail
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

CGO_ENABLED=0 go build -o "$work/winnow" ./backend/cmd/winnow
qualify() { "$work/winnow" qualify docs/examples/leads.jsonl --profile docs/examples/profile "$@" 2>"$work/log" || { cat "$work/log" >&2; exit 1; }; }
qualify -o "$work/ranked.csv" >"$work/ranked.txt"
qualify -o "$work/ranked.json" >/dev/null
for name in ranked.csv ranked.json ranked.txt; do
  cat "$work/$name" >"docs/examples/$name" # keeps the file's own mode
done
echo "docs/examples/ranked.{csv,json,txt} are made"
