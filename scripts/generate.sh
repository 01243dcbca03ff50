#!/usr/bin/env bash
# The contract's way: handlers → Swagger 2.0 (swag) → OpenAPI 3 (swagger2openapi) → typed client (hey-api).
set -euo pipefail
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

.tools/swag init --quiet --generalInfo contract.go --dir backend/internal/httpapi --parseDependency --parseInternal --useStructName \
	--output "$work" --outputTypes json
frontend/node_modules/.bin/swagger2openapi --patch --outfile "$work/openapi.json" "$work/swagger.json" >/dev/null
# one stable layout, whatever the tools' version
node -e '
  const fs = require("fs")
  const doc = JSON.parse(fs.readFileSync(process.argv[1], "utf8"))
  doc.servers = [{ url: "/api/v1" }]
  fs.writeFileSync("api/openapi.json", JSON.stringify(doc, null, 2) + "\n")
' "$work/openapi.json"
npm --prefix frontend run --silent generate >/dev/null
echo "api/openapi.json and frontend/src/api/gen are generated"
