# What people type. Each target sets up what it needs; a Debian with a Swift toolchain has to bring no more.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
MAKEFLAGS += --no-print-directory
.DEFAULT_GOAL := help
.PHONY: help demo test simulate torture lint format bench build install clean set-up

PREFIX ?= /usr/local
# How long 'make simulate' plays.
MINUTES ?= 10
DESTDIR ?=

# Toolchains that are not in PATH; whatever is run from here finds the same one.
swift := $(or $(shell command -v swift),$(firstword $(wildcard \
  $(addsuffix /bin/swift,/opt/swift/usr /usr/libexec/swift/usr /usr/libexec/swift/* /usr/libexec/swift))))
export PATH := $(if $(swift),$(patsubst %/,%,$(dir $(swift))):)$(PATH)

# A folder of its own: its flags differ from those of 'swift build', and other flags compile everything again.
release := .build-release
programs := $(release)/release
# Tests that watch real processes run one after the other, so that none is starved by another.
process-tests := ^(LifecycleTests|EndToEndTests|RefitExecutionTests|TortureTests)\.
# How much torture, and which.
N ?= 1000
SEED ?= 1
products := refit refit-supervisor lending-simulate lending-train lending-score
# On a terminal the compiler shows where it is; into a file it says only what is wrong.
quiet := $(if $(MAKE_TERMOUT),,--quiet)
swift-files := $(wildcard Sources Tests jobs Benchmarks) Package.swift

help: ## Show this
	@echo "Refit retrains models in batches, and only when it should."
	@echo
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: build ## Play 120 days of the example project in a temporary copy
	@REFIT="$(CURDIR)/$(programs)/refit" jobs/lending/demo

test: ## Run every test
	@Scripts/set-up test
	@echo "Building$(if $(wildcard .build/debug),, (the first time takes some minutes))"
	@swift build --build-tests $(quiet)
	@echo "Testing"
	@SECONDS=0; { swift test --skip-build --quiet --disable-xctest --skip '$(process-tests)' && \
	  swift test --skip-build --quiet --disable-xctest --no-parallel --filter '$(process-tests)'; } || { \
	  echo "Tests failed after $$SECONDS s" >&2; exit 1; }; \
	echo "All tests passed in $$SECONDS s"

simulate: set-up ## Play new worlds of faults for MINUTES minutes, from SEED on
	@swift build --configuration release --static-swift-stdlib --scratch-path $(release) \
	  --product refit-simulate $(quiet)
	@"$(programs)/refit-simulate" --minutes "$(MINUTES)" --seed "$(or $(SEED),$(shell date +%s))"

torture: ## Kill the real program N times, beginning with seed SEED, and look whether it recovers
	@Scripts/set-up test
	@swift build --build-tests $(quiet)
	@REFIT_TORTURE_KILLS=$(N) REFIT_TORTURE_SEED=$(SEED) \
	  swift test --skip-build --quiet --disable-xctest --no-parallel --filter '^TortureTests\.RandomKillTests'

lint: ## Ask the formatter whether it would change anything
	@Scripts/set-up
	@swift format lint --strict --parallel --recursive $(swift-files)

format: ## Let the formatter change what it would
	@Scripts/set-up
	@swift format --in-place --parallel --recursive $(swift-files)

bench: build ## Measure against the goals, each beside its floor or its peers
	@swift build --configuration release --static-swift-stdlib --scratch-path $(release) \
	  --product refit-kernels $(quiet)
	@Benchmarks/run --refit "$(programs)/refit"

build: set-up ## Build for use, and put the example's jobs into jobs/bin
	@echo "Building for release$(if $(wildcard $(programs)),, (the first time takes some minutes))"
	@for product in $(products); do \
	  swift build --configuration release --static-swift-stdlib --scratch-path $(release) \
	    --product $$product $(quiet); \
	done
	@install -d jobs/bin
	@for job in simulate train score; do install -m 755 $(programs)/lending-$$job jobs/bin/; done

install: ## Install for use under PREFIX (default /usr/local)
	@$(if $(SUDO_USER),sudo -u "$(SUDO_USER)" env "PATH=$(PATH)") $(MAKE) build
	@Scripts/install "$(programs)" "$(DESTDIR)$(PREFIX)"

clean: ## Remove what the others have made
	rm -rf .build $(release) .venv jobs/bin

set-up:
	@Scripts/set-up
