# Everything that is done with this project, by name: `make help`.

.DEFAULT_GOAL := help
.PHONY: audit backup bench checkers help load restore run dev password test lint format messages compilemessages settings lock ci clean
MAKEFLAGS += --no-print-directory

PORT ?= 8000
PYTHON ?= $(firstword $(shell command -v python3.11 || command -v python3) python3.11)

ENVIRONMENT = @command -v $(PYTHON) >/dev/null || { echo "$(PYTHON) is missing: install Python \
	(Debian: apt-get install python3.11 python3.11-venv) and run this again."; exit 1; }; \
	$(PYTHON) scripts/environment.py
MANAGE = .venv/bin/python manage.py
SERVE = DJANGO_RUNSERVER_HIDE_WARNING=true exec .venv/bin/python scripts/serve.py runserver \
	127.0.0.1:$(PORT)
PYTEST = .venv/bin/pytest --numprocesses=2 --dist=loadfile --no-loadscope-reorder $(TESTS)

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-16s %s\n", $$1, $$2 }' Makefile

run: ## Show the site with its demo content on this machine (PORT=8000)
	$(ENVIRONMENT) --port '$(PORT)'
	@.venv/bin/python scripts/messages.py
	@$(MANAGE) prepare_site --port $(PORT)
	@$(SERVE) --noreload --skip-checks

dev: ## The same for developers: reloads after a change, debug toolbar
	$(ENVIRONMENT) --dev --port '$(PORT)'
	@.venv/bin/python scripts/messages.py
	@$(MANAGE) prepare_site --port $(PORT)
	@DEBUG_TOOLBAR=1 $(SERVE)

password: ## Give the administrator a new password and print it
	$(ENVIRONMENT)
	@$(MANAGE) prepare_site --port $(PORT) --new-password

backup: ## Save database, uploads and settings in var/backups (FOLDER=/somewhere/else)
	$(ENVIRONMENT)
	@$(MANAGE) backup $(FOLDER)

restore: ## Make this site what a backup holds (ARCHIVE=file, IDENTITY=key, REPLACE=db.sqlite3)
	$(ENVIRONMENT)
	@$(MANAGE) restore '$(ARCHIVE)' $(if $(IDENTITY),--identity '$(IDENTITY)') \
		$(if $(REPLACE),--replace '$(REPLACE)')

test: checkers ## Run all tests, on SQLite and on PostgreSQL (TESTS=tests/news for a part)
	$(ENVIRONMENT) --dev
	@.venv/bin/python scripts/messages.py
	env -u DATABASE_URL $(PYTEST)
	.venv/bin/python scripts/postgres.py $(PYTEST)

# Checkers of pages from npm; what needs them is skipped where there is no npm.
checkers: scripts/audit/node_modules
scripts/audit/node_modules: scripts/audit/package-lock.json
	@if ! command -v npm >/dev/null; then echo "Without npm: some checks of pages are skipped."; \
	elif npm ci --prefix scripts/audit --ignore-scripts --no-audit --no-fund --loglevel=error; \
	then touch $@; else echo "npm failed: some checks of pages are skipped."; fi

URL ?= http://127.0.0.1:$(PORT)
audit: checkers ## Check all pages of a running site, report in var/audit (URL, ONLY=axe,focus, PAGES=20, LIGHTHOUSE=1, RECORD=1)
	$(ENVIRONMENT) --dev
	@.venv/bin/python -m scripts.audit '$(URL)' --only '$(ONLY)' --pages $(or $(PAGES),0) \
		$(if $(LIGHTHOUSE),--lighthouse) $(if $(RECORD),--record $(RECORD))

ARTICLES ?= 1000 50000
bench: ## Measure the production stack under load, into benchmarks/README.md (ARTICLES="1000 50000"; needs nginx, wrk)
	$(ENVIRONMENT) --dev
	.venv/bin/python benchmarks/production.py --articles $(ARTICLES) --write

CLIENTS ?= 50
SECONDS ?= 60
load: ## Let visitors and editors use the production stack at once (CLIENTS=50 SECONDS=60; needs nginx)
	$(ENVIRONMENT) --dev
	.venv/bin/python benchmarks/load.py --clients $(CLIENTS) --seconds $(SECONDS)

lint: ## Check the style of Python and templates, and that migrations do not stop the site
	$(ENVIRONMENT) --dev
	.venv/bin/ruff check
	.venv/bin/ruff format --check
	.venv/bin/djhtml --tabwidth 2 --check templates
	.venv/bin/python scripts/migrations.py

format: ## Put Python and templates in style
	$(ENVIRONMENT) --dev
	.venv/bin/ruff check --fix
	.venv/bin/ruff format
	.venv/bin/djhtml --tabwidth 2 templates

messages: ## Collect the strings to translate into site/locale (needs gettext)
	$(ENVIRONMENT)
	$(MANAGE) makemessages --locale lv --no-location --no-obsolete --ignore '.venv' --ignore 'var' --ignore 'tests'

compilemessages: ## Compile the translations (gettext is not needed)
	$(ENVIRONMENT)
	.venv/bin/python scripts/messages.py

settings: ## Write the table of docs/settings.md anew, from site/config/environment.py
	$(ENVIRONMENT)
	@cd site && ../.venv/bin/python -m config.environment ../docs/settings.md

lock: ## Pin the newest versions that pyproject.toml allows, with their hashes
	$(ENVIRONMENT) --dev
	$(LOCK) --output-file requirements.txt
	$(LOCK) --output-file requirements-dev.txt --group dev

# One version for every Python, and no address of an index in the file.
LOCK = .venv/bin/uv pip compile pyproject.toml --upgrade --quiet --universal --python-version 3.11 \
	--fork-strategy fewest --generate-hashes --no-header --no-annotate

ci: ## What the continuous integration runs (as root, on Debian)
	bash .ci/run

clean: ## Remove the environment and caches; the database and uploads in var/ stay
	rm -rf .venv .pytest_cache .ruff_cache .hypothesis
	find . -name __pycache__ -prune -exec rm -rf {} +
	find site/locale -name '*.mo' -delete
