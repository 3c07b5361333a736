# GNU make 3.81 (macOS) is enough. Every target does its own set-up.
PY := .venv/bin/python
INSTALLED := .venv/.installed
COMPILE := CUSTOM_COMPILE_COMMAND="make lock" ../.venv/bin/pip-compile --upgrade --quiet \
	--generate-hashes --allow-unsafe --strip-extras --no-emit-options --no-emit-index-url \
	--no-emit-find-links --no-emit-trusted-host --constraint=limits.txt

.DEFAULT_GOAL := help
.PHONY: help install demo serve test check fuzz format lock clean

help: ## This list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' Makefile

install: $(INSTALLED) ## Set up .venv, only if what it is made from has changed

$(INSTALLED): requirements/build.txt requirements/dev.txt pyproject.toml tools/install.sh
	@sh tools/install.sh .venv
	@touch $@

demo: install ## Start the assistant with a chat page; no account with anybody is needed
	@exec .venv/bin/ventanilla demo

serve: install ## Start the program with the settings of the environment (docs/settings.md)
	@exec .venv/bin/ventanilla serve

test: install ## Run all tests, on a real PostgreSQL and in a real Chromium
	@CHROMIUM="$$(sh tools/browser.sh)" && export CHROMIUM && $(PY) -m pytest

check: install ## Lint, types and the fast tests
	@.venv/bin/ruff check
	@.venv/bin/ruff format --check --quiet
	@.venv/bin/mypy --no-error-summary
	@$(PY) -m pytest -m "not slow"

fuzz: install ## Bent webhooks at the parser, for FUZZ_SECONDS (300)
	@$(PY) -m pip install --quiet --require-hashes -r requirements/fuzz.txt
	@$(PY) tools/fuzz_parse.py

format: install ## Put the code in its usual form
	@.venv/bin/ruff check --fix --quiet
	@.venv/bin/ruff format

lock: install ## Pin the newest versions that requirements/*.in allow (with Python 3.11, the oldest we run on)
	@$(PY) -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11) and "Make .venv with Python 3.11: make clean, then PYTHON=python3.11 make lock")'
	@cd requirements && $(COMPILE) --output-file=build.txt build.in
	@cd requirements && $(COMPILE) --constraint=build.txt --output-file=base.txt base.in
	@cd requirements && $(COMPILE) --constraint=build.txt --constraint=base.txt --output-file=dev.txt \
		base.in build.in dev.in
	@cd requirements && $(COMPILE) --output-file=fuzz.txt fuzz.in

clean: ## Remove what can be made again; the data of a demonstration (var/) stays
	@rm -rf .venv build dist src/*.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis
	@find src tests -name __pycache__ -type d -prune -exec rm -rf {} +
