# Two commands matter: `make demo` and `make test`. Both set everything up first.
PY := .venv/bin/python
.DEFAULT_GOAL := help

help: ## show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-16s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: .venv/.stamp ## make .venv with everything locked in requirements-dev.lock

.venv/.stamp: requirements-dev.lock tools/setup
	@tools/setup

demo: setup ## start both sandboxes, the web and the worker; book invoices; show the books
	@.venv/bin/lagerbro demo $(ARGS)

test: setup ## every test that needs no person: the engine, flows and pages on both databases
	@tools/test $(ARGS)

coverage: setup ## branch coverage of rules, flows, engine and pages; not a part of make test, which it would slow down
	@rm -f .coverage .coverage.*
	@COVERAGE_FILE="$(CURDIR)/.coverage" $(PY) -m coverage run -m pytest -n 2 --dist loadfile tests/books tests/checks tests/economic \
		tests/rackbeat tests/test_money.py tests/wire tests/agreements tests/sync tests/flows tests/connections tests/web tests/app
	@$(PY) -m coverage combine --quiet; $(PY) -m coverage report

simulate: setup ## live through seeded histories of faults and crashes: SEEDS=0-499 SIZE=short, long, stock, split, selling, records or startup
	@$(PY) -m pytest tests/simulation/test_seeds.py -k asked_for -s --seeds $(or $(SEEDS),0-499) --size $(or $(SIZE),short)

crash: setup ## kill the real program in the middle of its work, again and again: ROUNDS=10
	@$(PY) -m pytest tests/crash -s --rounds $(or $(ROUNDS),10)

bench: setup ## measure documents end to end (file, PostgreSQL, two workers), the sandboxes on one core, the making of worlds
	@$(PY) -m pytest tests/performance -s --bench

screenshots: setup ## a picture of every page and state, da/en, light/dark, narrow/wide, in screenshots/
	@$(PY) -m pytest tests/browser --pictures

mutate-contract: setup ## plant 500 faults in answers of the local e-conomic and count how many the contract tests notice
	@PYTHONPATH=src:. $(PY) -m tests.contract.mutate

lint: setup ## style, types, arrows
	@$(PY) -m ruff check src tests tools
	@$(PY) -m ruff format --check src tests tools
	@$(PY) -m mypy
	@.venv/bin/lint-imports --no-cache >.venv/lint-imports.log 2>&1 || { cat .venv/lint-imports.log; exit 1; }

format: setup ## let ruff order and format the sources
	@$(PY) -m ruff check --fix src tests tools
	@$(PY) -m ruff format src tests tools

lock: setup ## resolve pyproject.toml anew into requirements-dev.lock
	@.venv/bin/uv pip compile pyproject.toml --universal --python-version 3.11 --extra sandbox --group dev --generate-hashes \
		--no-emit-index-url --no-emit-find-links --no-emit-package lagerbro-sandbox --no-header --quiet -o requirements-dev.lock

.PHONY: help setup demo test simulate crash bench screenshots mutate-contract lint format lock
