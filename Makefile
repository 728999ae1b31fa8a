# SPDX-License-Identifier: AGPL-3.0-or-later
# Each target makes the machine ready by itself: see scripts/setup.

.PHONY: help books test test-slow corpus readers lint bench lock clean
.DEFAULT_GOAL := help

help: ## Say what can be made
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 20

books: ## Build every work in content/ into dist/
	@scripts/setup books
	.venv/bin/publisher build

test: lint ## Check the code and run the tests
	.venv/bin/pytest -m "not slow" -n auto --dist loadscope

test-slow: ## Run the tests that take long
	@scripts/setup test
	.venv/bin/pytest -m slow -n auto --dist loadscope

corpus: ## Build all works in a folder of texts and tell what was found: make corpus CORPUS=folder
	@scripts/setup test
	.venv/bin/python -m tests.survey $(if $(CORPUS),"$(CORPUS)","$(PUBLISHER_CORPUS)")

readers: ## Say which reading systems show an e-book well: make readers EPUB=dist/petrograd.epub
	@scripts/setup test
	.venv/bin/python -m tests.readers $(EPUB)

pictures: ## Keep the pages as they look now, for the tests to compare with
	@scripts/setup test
	.venv/bin/python -m tests.page_images

lint: ## Check form and types
	@scripts/setup test
	.venv/bin/ruff format --check
	.venv/bin/ruff check
	.venv/bin/mypy
	.venv/bin/shellcheck scripts/* .ci/run

bench: ## Measure against other tools
	@scripts/setup bench
	.venv/bin/python -m benchmarks

lock: ## Write requirements/ anew (newest versions: make lock UPGRADE=--upgrade)
	@scripts/setup lock
	scripts/lock $(UPGRADE)

clean: ## Remove the built books, the caches and .venv
	rm -rf dist/* .venv tests/browser/node_modules tests/browser/screenshots .hypothesis .mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -prune -exec rm -rf {} +
