#!/usr/bin/env bash
# The contract's way: handlers → Swagger 2.0 (swag) → OpenAPI 3 (swagger2openapi) → typed client (hey-api).
set -euo pipefail
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# twice: as it is, and with every field required that has no omitempty, which is what answers always hold
for kind in plain full; do
	flag=$([ $kind = full ] && echo --requiredByDefault || true)
	.tools/swag init --quiet --generalInfo contract.go --dir backend/internal/httpapi --parseDependency --parseInternal --useStructName $flag \
		--output "$work/$kind" --outputTypes json
	frontend/node_modules/.bin/swagger2openapi --patch --outfile "$work/$kind.json" "$work/$kind/swagger.json" >/dev/null
done
# one stable layout, whatever the tools' version
node -e '
  const fs = require("fs")
  const doc = JSON.parse(fs.readFileSync(process.argv[1], "utf8"))
  const full = JSON.parse(fs.readFileSync(process.argv[2], "utf8"))
  // the names of the schemas under a part of the document, and of those that they use
  const named = (part, into = new Set()) => {
    JSON.stringify(part, (key, value) => {
      const name = key === "$ref" && typeof value === "string" && value.split("/").pop()
      if (name && doc.components.schemas[name] && !into.has(name)) {
        into.add(name)
        named(doc.components.schemas[name], into)
      }
      return value
    })
    return into
  }
  const operations = Object.values(doc.paths).flatMap((path) => Object.values(path))
  const asked = named([operations.map((o) => [o.requestBody, o.parameters]), doc.components.requestBodies])
  for (const name of named(operations.map((o) => o.responses))) {
    const required = full.components.schemas[name]?.required
    if (!asked.has(name) && required) doc.components.schemas[name].required = required
  }
  doc.servers = [{ url: "/api/v1" }]
  fs.writeFileSync("api/openapi.json", JSON.stringify(doc, null, 2) + "\n")
' "$work/plain.json" "$work/full.json"
npm --prefix frontend run --silent generate >/dev/null
echo "api/openapi.json and frontend/src/api/gen are generated"
