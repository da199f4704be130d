# The commands a person needs. Everything installs itself into .venv.

SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
HOST ?= 127.0.0.1
PORT ?= 8000

.PHONY: run test lint format bench lock journeys

run: $(VENV)/.runtime  ## set up whatever is missing, then web server and worker in the foreground
	@HOST=$(HOST) PORT=$(PORT) exec $(BIN)/python manage.py up

test: $(VENV)/.dev  ## the whole suite (SQLite, or PostgreSQL with DATABASE_URL)
	$(BIN)/python -m pytest -n 2

lint: $(VENV)/.dev  ## formatter, linter, import contracts, types, templates, migrations
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/lint-imports
	$(BIN)/mypy
	$(BIN)/djlint --check --quiet templates
	$(BIN)/djlint --lint --quiet templates
	DJANGO_SETTINGS_MODULE=settings.test $(BIN)/python manage.py makemigrations --check --dry-run

format: $(VENV)/.dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .
	$(BIN)/djlint --reformat --quiet templates

bench: $(VENV)/.dev  ## the figures of docs/performance.md, printed and written to var/bench.json
	$(BIN)/python -m benchmarks

lock: $(VENV)/.dev  ## compile requirements*.in into exact versions with hashes
	$(BIN)/uv pip compile -q --generate-hashes --no-emit-find-links requirements.in -o requirements.txt
	$(BIN)/uv pip compile -q --generate-hashes --no-emit-find-links requirements-dev.in -o requirements-dev.txt

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.runtime: requirements.txt | $(VENV)/bin/python
	@echo "Installing the pinned packages into $(VENV) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

$(VENV)/.dev: requirements-dev.txt | $(VENV)/bin/python
	@echo "Installing the pinned packages for tests and checks into $(VENV) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@ $(VENV)/.runtime
