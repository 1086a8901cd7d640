# Each target sets up what it needs in .venv, on a machine that has python3 (3.11 or later, with venv) and make.
# A stamp file records each set-up, so that a second call goes straight to work.

PYTHON ?= python3
JOBS ?= 2

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check
# The build tools are pinned and installed already: an isolated build environment would fetch others. Bytecode is left to
# the first import: most modules of the large libraries are never imported.
INSTALL := PYTHONWARNINGS='ignore:Editable installation' $(PIP) install --no-build-isolation --no-compile --constraint constraints.txt

# An editable install belongs in .venv, whatever the user's own pip settings say.
export PIP_USER := 0
# One thread a worker: two workers share two cores, and a sum is added in the same order on every machine.
export OPENBLAS_NUM_THREADS := 1
export OMP_NUM_THREADS := 1
# Dozens of processes are started: each would compile every module anew if none were allowed to keep the bytecode.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
# Two set-ups in one environment must not run at once.
.NOTPARALLEL:
.DELETE_ON_ERROR:
.PHONY: help install verify test coverage browser lint docs notebooks bench constraints clean distclean

help:  ## this list
	@echo "usage: make TARGET [PYTHON=python3.12] [JOBS=2]"
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' Makefile | while IFS="$$(printf '\t')" read -r name text; do printf '  %-12s %s\n' "$$name" "$$text"; done

install: $(VENV)/.run  ## set up the command line, .venv/bin/agf, and nothing else
	@echo "$(BIN)/agf --help"

verify: $(VENV)/.run  ## check every claim, the quick checks only, against the verdicts on record
	$(BIN)/agf verify --quick --jobs $(JOBS)

test: $(VENV)/.dev  ## all tests but the surveys, docstring examples and documentation blocks
	$(BIN)/python -m pytest -n $(JOBS) --dist worksteal -m "not survey and not browser"

coverage: $(VENV)/.dev  ## the same with the surveys (mutants and searches of every claim, killed runs) and branch coverage
	rm -f .coverage .coverage.*
	$(BIN)/python -m pytest -n $(JOBS) -m "not browser" --cov --cov-report=term

browser: $(VENV)/.browser  ## the tests that drive a real browser, Chromium: CHROMIUM names it, or it is on the PATH
	@test -n "$${CHROMIUM:-$$(command -v chromium || command -v chromium-browser || command -v google-chrome)}" || { echo "make: no Chromium here; install it (on Debian the package chromium), or run '$(BIN)/playwright install chromium' and name what it brought: make browser CHROMIUM=/path/to/chrome" >&2; exit 1; }
	$(BIN)/python -m pytest -m browser tests

lint: $(VENV)/.dev  ## format, lint, types, and who may import whom
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

# Pages are dealt out in fixed shares of unequal length: more processes than cores, so that none is left to work alone.
docs: $(VENV)/.docs  ## build the documentation, running the code on its pages; warnings and dead links are errors
	$(BIN)/python -m sphinx -j 6 -W --keep-going -b html docs docs/_build/html
	$(BIN)/python docs/check_links.py docs/_build/html
	@echo "open docs/_build/html/index.html"

notebooks: $(VENV)/.docs  ## write the three notebooks of the documentation for Jupyter, beside their pages
	@for page in docs/notebooks/*.md; do $(BIN)/jupytext --quiet --to ipynb "$$page"; done
	@echo "open docs/notebooks/*.ipynb in Jupyter, with $(VENV) as its kernel"

bench: $(VENV)/.dev  ## benchmarks against what people use today
	@set -e; for script in $$(grep -l '^if __name__ ==' benchmarks/*.py); do echo "== $$script"; $(BIN)/python $$script; done

constraints: $(VENV)/.dev $(VENV)/.docs  ## pin what is installed now
	@{ sed -n '/^#/p' constraints.txt; $(PIP) freeze --all --exclude-editable | sort -f; } > constraints.new && mv constraints.new constraints.txt

clean:  ## remove what builds and tests left behind
	rm -rf build dist docs/_build .coverage .coverage.* .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache .benchmarks
	find agf_theory tests benchmarks docs -name __pycache__ -type d -prune -exec rm -rf {} +

distclean: clean  ## the same, and the environment
	rm -rf $(VENV) *.egg-info

$(VENV)/.base: constraints.txt
	@command -v $(PYTHON) >/dev/null || { echo "make: no '$(PYTHON)' here; install Python 3.11 or later, or name one: make PYTHON=/path/to/python3" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "make: Python 3.11 or later is needed, '$(PYTHON)' is $$($(PYTHON) -V 2>&1); name another: make PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "make: '$(PYTHON)' lacks the venv module; install it (on Debian and Ubuntu the package python3-venv)" >&2; exit 1; }
	@echo 'setting up $(VENV), once; this takes about a minute'
	$(PYTHON) -m venv $(VENV)
	$(PIP) install --constraint constraints.txt pip setuptools wheel
	@touch $@

# Only what a check needs.
$(VENV)/.run: $(VENV)/.base pyproject.toml
	$(INSTALL) --editable '.[data]'
	@touch $@

# Each of those below brings what a check needs, too: one installation where two would look for everything twice.
$(VENV)/.dev: $(VENV)/.base pyproject.toml
	$(INSTALL) --editable '.[data,stiff,dev]'
	@touch $(VENV)/.run $@

$(VENV)/.browser: $(VENV)/.dev
	$(INSTALL) --editable '.[data,stiff,dev,browser]'
	@touch $@

$(VENV)/.docs: $(VENV)/.base pyproject.toml
	$(INSTALL) --editable '.[data,docs]'
	@touch $(VENV)/.run $@
