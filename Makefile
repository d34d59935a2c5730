# Everything the house can do, one word each. `make` alone prints this list.
# PYTHON=python3.12 make setup   chooses the Python that makes .venv (3.11, 3.12 or 3.13)
# PORT=8080 make run             chooses the port; DEMO=0 make run loads no demo community
SHELL := /bin/sh
.DEFAULT_GOAL := help
BIN := .venv/bin
WORKERS ?= 2
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: help run setup test test-sqlite test-postgres check processes browser coverage bench lock clean

help: ## this list
	@sed -n 's/^\([a-z-]*\):[^#]*## /\1	/p' $(MAKEFILE_LIST)

run: ## everything: installs, migrates, loads the demo, starts; Ctrl-C stops it
	@PYTHON='$(PYTHON)' sh tools/environment.sh run
	@exec $(BIN)/python manage.py run

setup: ## the environment for working on the house: run, test and check
	@PYTHON='$(PYTHON)' sh tools/environment.sh dev
	@$(TEST_ENV) $(BIN)/python manage.py translations compile

test: setup ## the suite on SQLite and on a real PostgreSQL
	@rm -f .coverage .coverage.*
	@status=0; \
	$(MAKE) --no-print-directory test-sqlite || status=1; \
	$(MAKE) --no-print-directory test-postgres || status=1; \
	$(BIN)/coverage combine --quiet && $(BIN)/coverage report --fail-under=0; \
	exit $$status

test-sqlite:
	@echo '== tests on SQLite =='
	@$(BIN)/coverage run -m pytest -n $(WORKERS) --engine sqlite

test-postgres:
	@echo '== tests on PostgreSQL =='
	@$(BIN)/coverage run -m pytest -n $(WORKERS) --engine postgres

check: setup ## style, types, who imports whom, templates, migrations, translations, deployment
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy .
	$(BIN)/lint-imports
	$(BIN)/djlint --lint --quiet templates
	$(TEST_ENV) $(BIN)/python manage.py makemigrations --check --dry-run
	$(TEST_ENV) $(BIN)/python manage.py translations check
	$(PRODUCTION_ENV) $(BIN)/python manage.py check --deploy --fail-level WARNING

processes: setup ## tests with real web, worker, beat and Valkey processes
	@$(BIN)/coverage run -m pytest -m processes
	@$(BIN)/coverage combine --append --quiet

browser: setup ## journeys through Chromium (CHROMIUM=… names another binary)
	@$(BIN)/coverage run -m pytest -m browser
	@$(BIN)/coverage combine --append --quiet

coverage: ## every line and branch must have been reached by test, processes and browser together
	$(BIN)/coverage report

bench: setup ## throughput, printed as ratios
	$(BIN)/python -m bench

lock: ## both locks from pyproject.toml (UPGRADE=--upgrade takes the newest releases)
	$(LOCK) -o requirements.lock pyproject.toml
	$(LOCK) -o requirements-dev.lock --group dev -c requirements.lock pyproject.toml

clean: ## remove the environment and caches; var/ (your data) stays
	rm -rf .venv .coverage .coverage.* .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache htmlcov

LOCK = $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --no-header \
	--no-emit-index-url --no-emit-find-links $(UPGRADE)
TEST_ENV = DJANGO_SETTINGS_MODULE=tests.settings
# Keys for this one command: what `check --deploy` sees is a production with every variable set.
PRODUCTION_ENV = env -u EMBEDDED VAR_DIR=/nonexistent \
	SECRET_KEY="$$($(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(50))')" \
	FIELD_KEYS="$$($(BIN)/python -c 'from cryptography.fernet import Fernet; print(Fernet.generate_key().decode())')" \
	INDEX_KEY=check-only ALLOWED_HOSTS=example.org DATABASE_URL=sqlite:////nonexistent/house.sqlite3 \
	REDIS_URL=redis://127.0.0.1:6379/0 HTTPS=1
