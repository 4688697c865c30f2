# make demo: see it work.  make test: the default tests.  make check: all that a change must pass.  make help: the rest.
PYTHON ?= python3
UV_VERSION = 0.13.9
# `make lock UPGRADE=--upgrade` takes newer versions; plain `make lock` keeps those that still fit.
UPGRADE =

BIN = .venv/bin
PIP = $(BIN)/python -m pip --disable-pip-version-check -qq
SOURCES = agents scenarios simulation experiments results effectchain tests benchmarks

# `make bench-guard STORE=--store` keeps what is counted as what is allowed.
STORE =

.PHONY: help demo test faults journeys bench bench-quick bench-peers bench-guard check lint format types imports docs notebooks odd lock clean
.DELETE_ON_ERROR:

help: ## this list
	@sed -nE 's/^([a-z-]+):.*## (.*)/make \1\t\2/p' Makefile | expand -t 17

demo: .venv/installed ## run a preset and a what-if, and say where the results lie
	@$(BIN)/effectchain demo

test: .venv/installed ## the default tests
	@echo "Compiling the rules, if they aren't yet."
	@$(BIN)/python -c "from experiments.worlds.replication import prepare; prepare()"
	@echo "Running the default tests on two processes."
	@$(BIN)/python -m pytest -n 2 -q

faults: .venv/installed ## kills, full disks, hostile files, at every moment: nothing may be lost; a quarter of an hour, on a quiet machine
	@echo "Compiling the rules, if they aren't yet."
	@$(BIN)/python -c "from experiments.worlds.replication import prepare; prepare()"
	@echo "Looking for a moment at which something is lost, and for a file that does harm; a quarter of an hour where nothing else runs, hours on a busy machine."
	@$(BIN)/python -m pytest -n 2 --dist worksteal -q -m "not journey" tests/faults tests/inputs tests/test_sweep_faults.py \
		tests/test_sweep_damage.py tests/test_sweep_command.py tests/test_engines.py tests/test_keeping.py

journeys: .venv/installed ## people's ways through every page of the dashboard, in a real browser
	@echo "Walking through the dashboard in Chromium."
	@$(BIN)/python -m pytest -n 2 -q -m journey tests/dashboard

bench: .venv/installed ## how fast it is, beside what: benchmarks/latest.json and docs/benchmarks.md; ten minutes, on a quiet machine
	@$(BIN)/python -m benchmarks

bench-quick: .venv/installed ## the same with fewer turns and smaller sizes, into benchmarks/latest.json alone
	@$(BIN)/python -m benchmarks --quick

bench-peers: .venv/installed ## one task in other people's engines, each installed into an environment of its own
	@$(BIN)/python -m benchmarks.with_peers

bench-guard: .venv/installed ## machine instructions of a fixed small run, against those stored; needs valgrind
	@$(BIN)/python -m benchmarks.instructions $(STORE)

check: lint types imports test journeys docs notebooks ## all that a change must pass

lint: .venv/installed ## form and style
	@echo "Checking form and style (ruff)."
	@$(BIN)/ruff format --check --quiet . || { echo "Some files are not formatted: run 'make format'."; exit 1; }
	@$(BIN)/ruff check --quiet .

format: .venv/installed ## put all files in form
	@echo "Formatting all files (ruff)."
	@$(BIN)/ruff format --quiet .
	@$(BIN)/ruff check --quiet --fix .

types: .venv/installed ## every type
	@echo "Checking types (mypy --strict)."
	@$(BIN)/mypy --no-error-summary

imports: .venv/installed ## which room may import which
	@echo "Checking that imports run down the floors (import-linter)."
	@out=$$($(BIN)/lint-imports --no-cache 2>&1) || { echo "$$out"; exit 1; }

docs: .venv/installed ## the documentation as a site that opens from disk: site/index.html
	@echo "Building the documentation; it lies in site/index.html."
	@NO_MKDOCS_2_WARNING=1 $(BIN)/python -m mkdocs build --strict --quiet

notebooks: .venv/installed ## live through the notebooks
	@echo "Living through the notebooks."
	@$(BIN)/python -m docs.making.notebooks

odd: .venv/installed ## describe the model anew (docs/odd.md) after rules or tables changed
	@$(BIN)/python -m effectchain.odd docs

lock: ## choose versions anew and write requirements.lock
	@echo "Choosing versions for Python 3.11 and newer, on every system, with hashes (uv)."
	@$(PYTHON) -m venv .lock-tools
	@.lock-tools/bin/python -m pip --disable-pip-version-check -qq install uv==$(UV_VERSION)
	@.lock-tools/bin/uv pip compile pyproject.toml --group dev --extra cluster --extra dashboard --extra documents --universal \
		--python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" --quiet $(UPGRADE) \
		--output-file requirements.lock

clean: ## remove what make made; runs/ stays
	@echo "Removing .venv and what the tools left; your runs stay."
	@rm -rf .venv .lock-tools site dist build .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	@find $(SOURCES) -name __pycache__ -type d -prune -exec rm -rf {} +

# A Python that is named makes .venv anew, unless it is the one that made it.
ifneq ($(origin PYTHON),file)
ifneq ($(PYTHON),$(shell cat .venv/made 2>/dev/null))
.PHONY: .venv/made
endif
endif

.venv/made:
	@command -v $(PYTHON) >/dev/null || { echo "There is no '$(PYTHON)' here. Install Python 3.11 or newer, or name one: make PYTHON=/path/to/python3.12"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "EffectChain needs Python 3.11 or newer; '$(PYTHON)' is $$($(PYTHON) -V 2>&1). Name a newer one: make PYTHON=/path/to/python3.12"; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { echo "'$(PYTHON)' has no venv module. Install it (Debian and Ubuntu: apt install python3-venv), or name another Python: make PYTHON=/path/to/python3.12"; exit 1; }
	@echo "Making .venv with $$($(PYTHON) -V)."
	@$(PYTHON) -m venv --clear .venv
	@echo "$(PYTHON)" >$@

.venv/locked: requirements.lock .venv/made
	@echo "Installing the locked dependencies into .venv; the first time this takes a minute or two."
	@$(PIP) install --require-hashes -r requirements.lock
	@touch $@

.venv/installed: .venv/locked pyproject.toml
	@echo "Installing EffectChain itself into .venv."
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@
