# Two commands: `make serve` and `make test`. Everything lives in .venv (the programs) and var (the data).
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
ODD17_HOME ?= var
export ODD17_HOME

.PHONY: serve test live lint browser lock messages clean

serve: $(VENV)/.installed
	@$(BIN)/odd17 serve

test: $(VENV)/.installed-dev lint
	@scripts/ensure_chromium.sh
	$(BIN)/python -m pytest -q -n 2 --dist loadscope

# Every connector against the real services: needs the internet, and is no test. Light sources only: make live LIVE=--starter
live: $(VENV)/.installed
	$(BIN)/python scripts/live.py $(LIVE)

lint: $(VENV)/.installed-dev
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

# The pins of requirements*.txt, renewed from pyproject.toml.
lock:
	$(PYTHON) scripts/lock.py

$(VENV)/.created:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "odd17 needs Python 3.11 or newer, and $(PYTHON) is older: make PYTHON=python3.12 serve"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { echo "The venv module is missing: install python3-venv"; exit 1; }
	@touch $@

$(VENV)/.installed: $(VENV)/.created requirements.txt pyproject.toml
	@echo "Installing what odd17 needs into $(VENV)…"
	@$(BIN)/pip install --quiet --disable-pip-version-check -r requirements.txt
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.installed requirements-dev.txt
	@$(BIN)/pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@

clean:
	rm -rf $(VENV) var dist .mypy_cache .ruff_cache .hypothesis .import_linter_cache
