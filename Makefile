# Everything that people and CI run. `make` lists it.
SHELL := /bin/bash
.DEFAULT_GOAL := help
export CGO_ENABLED ?= 0

TOOLS   := $(CURDIR)/.tools
NPM     := npm --prefix frontend
VERSION := $(shell git describe --tags --always --dirty 2>/dev/null || echo dev)
GOFILES := $(shell find backend frontend/embed.go api -name '*.go' 2>/dev/null)
UIFILES := $(shell find frontend/src frontend/help docs deploy/README.md api/events/README.md frontend/public frontend/index.html frontend/vite.config.ts frontend/package.json -type f 2>/dev/null)

.PHONY: help run build generate verify fmt lint test test-all test-go test-race test-web test-e2e lighthouse bench bench-million bench-web soak cover clean

help: ## List what there is
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sort | awk -F':.*## ' '{printf "  %-12s %s\n", $$1, $$2}'

run: bin/winnow ## Build what is missing and serve on http://localhost:8080
	@bin/winnow serve

build: bin/winnow ## Build the one self-contained binary, bin/winnow

bin/winnow: $(GOFILES) go.mod go.sum frontend/dist/index.html
	go build -trimpath -ldflags "-s -w -X main.version=$(VERSION)" -o $@ ./backend/cmd/winnow

frontend/dist/index.html: $(UIFILES) frontend/node_modules/.package-lock.json
	$(NPM) run build

frontend/node_modules/.package-lock.json: frontend/package-lock.json
	$(NPM) ci --no-audit --no-fund --loglevel=error
	@touch $@

$(TOOLS)/swag:
	GOBIN=$(TOOLS) go install github.com/swaggo/swag/cmd/swag@v1.16.6

$(TOOLS)/golangci-lint:
	GOBIN=$(TOOLS) go install github.com/golangci/golangci-lint/v2/cmd/golangci-lint@v2.15.0

generate: $(TOOLS)/swag frontend/node_modules/.package-lock.json ## Make the API contract from the handlers, and the client from the contract
	scripts/generate.sh

verify: generate ## Fail when the contract or the client is not what the handlers say
	@git diff --exit-code -- api frontend/src/api/gen && echo "contract and client are current"

fmt: $(TOOLS)/golangci-lint frontend/node_modules/.package-lock.json ## Format everything
	$(TOOLS)/golangci-lint fmt ./backend/...
	$(NPM) run format

lint: $(TOOLS)/golangci-lint frontend/node_modules/.package-lock.json ## Run the linters
	$(TOOLS)/golangci-lint run --allow-parallel-runners ./backend/...
	$(NPM) run lint

test: ## The whole suite, from nothing: servers are found or installed, started privately, and stopped
	scripts/services.sh run -- $(MAKE) --no-print-directory test-all

test-all: bin/winnow verify lint test-go test-race test-web test-e2e ## The suite, given the servers (see scripts/services.sh)

test-go: ## Go tests (both databases when the servers are given)
	go test -timeout 15m ./backend/...

# the rooms where goroutines meet; the rest is covered by test-go
RACE := ./backend/internal/ai/... ./backend/internal/account/... ./backend/internal/event/... ./backend/internal/platform/... \
	./backend/internal/qualify/batch/... ./backend/internal/intake ./backend/internal/httpapi/...
test-race: ## The concurrent rooms under the race detector
	CGO_ENABLED=1 go test -race -short -timeout 15m $(RACE)

test-web: frontend/dist/index.html ## Frontend unit tests, and the size of what a browser loads
	$(NPM) run test
	$(NPM) run size

test-e2e: bin/winnow frontend/node_modules/.package-lock.json ## The product in a real Chromium
	$(NPM) run e2e

lighthouse: bin/winnow frontend/node_modules/.package-lock.json ## Measure home, leads and a lead with Lighthouse; fails below 95
	$(NPM) run lighthouse

bench: bin/winnow ## Measure on both databases and print one table
	scripts/services.sh run -- bin/winnow bench --write docs/benchmarks.md

bench-million: bin/winnow ## Measure on both databases at a million leads: a quarter of an hour each, and 20 GB of disk
	scripts/services.sh run -- bin/winnow bench --million --write docs/benchmarks.md

bench-web: bin/winnow frontend/node_modules/.package-lock.json ## Measure the leads page with 100,000 leads in a real Chromium
	$(NPM) run bench -- --write ../docs/benchmarks-web.md

soak: ## The long forms of the fault and timing tests
	scripts/services.sh run -- env WINNOW_SOAK=1 go test -count=1 -timeout 60m -run 'F[0-9]+_|A21_|A40_|A44_|L2_|Soak' ./backend/...

cover: ## Statement coverage of backend/internal, per package
	scripts/services.sh run -- scripts/cover.sh

clean: ## Remove what was built
	rm -rf bin frontend/dist/assets frontend/dist/index.html coverage.out
