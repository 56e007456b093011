# The house's chores. A fresh machine needs Python 3.11 or later with venv, and make.

PYTHON ?= python3
WORKERS ?= auto
ARGS ?=

BIN := .venv/bin
READY := .venv/.ready
UV := .make/uv/bin/uv

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help setup demo test lint lock bench screens clean

help: ## Show this help
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: $(READY) ## Create .venv with the locked dependencies and this project

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(None if sys.version_info >= (3, 11) else "Python 3.11 or later is needed: make PYTHON=/path/to/python3.11")'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --requirement requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

demo: setup ## Serve a district's bank with a year of history
	$(BIN)/pioneer demo --serve

test: setup ## Run the tests, on both databases; ARGS="-k redemption" narrows, WORKERS=0 runs in one process
	@command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null || \
		printf '\n%s\n%s\n\n' \
		'*** CHROMIUM IS NOT INSTALLED: the clients will not be tested. ***' \
		'*** On Debian: apt-get install chromium fonts-noto-cjk          ***' >&2
	@$(BIN)/pytest -n $(WORKERS) $(ARGS)

lint: setup ## Check style, formatting, types and the arrow between the rooms
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

lock: $(UV) ## Choose the newest allowed dependencies again and write requirements.lock
	$(UV) pip compile --quiet --upgrade --universal --python-version 3.11 --extra dev --generate-hashes \
		--custom-compile-command 'make lock' --output-file requirements.lock pyproject.toml

$(UV):
	$(PYTHON) -m venv .make/uv
	.make/uv/bin/python -m pip install --quiet --disable-pip-version-check uv

bench: setup ## Measure this machine against what is promised about speed; ARGS=--quick for a sketch
	$(BIN)/pioneer bench
	@for question in raw_sql hot_account http_load sizes assessment log simulation imports desk; do $(BIN)/python bench/$$question.py $(ARGS) || exit 1; done

screens: setup ## Take the pictures in docs/screens again, of every screen at every size
	$(BIN)/python -m tests.clients.pictures

clean: ## Remove what these targets made; never a bank's data
	rm -rf .venv .make .coverage htmlcov build dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
