#!/usr/bin/env bash
# Statement coverage of backend/internal per package, and in all; fails below 80 %.
set -euo pipefail
cd "$(dirname "$0")/.."
go test -timeout 20m -coverpkg=./backend/internal/... -coverprofile=coverage.out ./backend/... >coverage.log 2>&1 || { grep -v '^ok' coverage.log | tail -50; exit 1; }
# the kit that tests stand on is not the product
grep -v '/testkit' coverage.out | awk '
	NR > 1 {
		split($1, at, ":"); file = at[1]; sub("/[^/]*$", "", file); sub("^winnow/backend/internal/", "", file)
		key = $1; n[key] = $2; pkg[key] = file
		if ($3 > 0) hit[key] = 1
	}
	END {
		for (k in n) { all[pkg[k]] += n[k]; total += n[k]; if (hit[k]) { got[pkg[k]] += n[k]; covered += n[k] } }
		for (p in all) printf "%-32s %6.1f %%  (%d statements)\n", p, 100 * got[p] / all[p], all[p] | "sort"
		close("sort")
		printf "\n%-32s %6.1f %%  (%d statements)\n", "all of backend/internal", 100 * covered / total, total
		exit covered / total < 0.8
	}'
