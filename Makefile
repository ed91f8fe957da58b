# newsarchive: `make demo` and `make test` need only Python 3.11+, make and a package index.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
OTHERS := $(VENV)/interop/.installed
CORPUS ?= ../shared/corpus
# One process more than cores: many tests wait for a crawl that waits.
WORKERS ?= $(shell $(PYTHON) -c 'import os; print((os.cpu_count() or 1) + 1)')

# What the tests start again and again is compiled once, whatever the environment says.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: help setup demo test check lint types arrows format fixtures docs bench clean

help:  ## What there is to make
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/' | expand -t 20

$(STAMP): pyproject.toml constraints.txt setup.py $(wildcard newsarchive/*.c newsarchive/*/*.c newsarchive/*/*.h)
	@$(PYTHON) -c 'import sys; sys.exit("newsarchive needs Python 3.11 or newer, this is " + sys.version.split()[0]) if sys.version_info < (3, 11) else 0'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@$(BIN)/python -c 'from newsarchive.extraction import walking; print("The modules in C are built." if walking.compiled() else \
	"No C compiler: the walk over pages runs in Python, with the same results, more slowly.")'
	@touch $@

# pywb and wacz cannot stand beside Scrapy. Without them two tests are skipped, and say so.
$(OTHERS): constraints-interop.txt
	@$(PYTHON) -m venv $(VENV)/interop
	@$(VENV)/interop/bin/python -m pip install --quiet --disable-pip-version-check -c constraints-interop.txt pywb wacz \
	&& touch $@ || echo "pywb and wacz could not be installed: the tests with them will be skipped."

setup: $(STAMP)  ## Make the virtual environment and install the pinned versions

demo: $(STAMP)  ## Crawl the bundled news site on loopback, store it, export it, say where to look
	$(BIN)/python demo/run.py

test: $(STAMP) $(OTHERS)  ## Run every test
	$(BIN)/python -m pytest -n $(WORKERS)

check: lint types arrows $(OTHERS)  ## Every check: lint, format, types, arrows, tests with coverage
	$(BIN)/python -m pytest -n $(WORKERS) --cov --cov-report=term:skip-covered

lint: $(STAMP)  ## ruff, lint and format
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(STAMP)  ## mypy --strict
	$(BIN)/mypy

arrows: $(STAMP)  ## import-linter: the arrows between the rooms
	$(BIN)/lint-imports

format: $(STAMP)  ## Format and mend what ruff can mend
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

fixtures: $(STAMP)  ## Refresh the expected articles of all fixtures, to be reviewed with git diff
	$(BIN)/newsarchive fixture refresh fixtures

docs: $(STAMP)  ## Rewrite the pages of docs/ that are made from the code
	$(BIN)/newsarchive settings --markdown > docs/settings.md
	$(BIN)/python docs/rewrite.py
	$(BIN)/python -m newsarchive.cli.manual > docs/cli.md

bench: $(STAMP)  ## Run the benchmarks on a corpus of real pages (CORPUS=DIR)
	$(BIN)/python -m bench.crawl --corpus $(CORPUS)
	$(BIN)/python -m bench.extraction --corpus $(CORPUS)
	$(BIN)/python -m bench.verdicts --corpus $(CORPUS)
	$(BIN)/python -m bench.dates --corpus $(CORPUS)
	$(BIN)/python -m bench.trouble --corpus $(CORPUS)
	$(BIN)/python -m bench.links
	$(BIN)/python -m bench.archive 10000 100000

clean:  ## Remove what make made
	rm -rf $(VENV) build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis htmlcov .coverage* newsarchive/*.so newsarchive/extraction/*.so
