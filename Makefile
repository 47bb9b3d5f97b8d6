# make demo | test | bench | lint | messages | clean
# A fresh clone needs nothing but Python 3.11 or later (with venv) and make.

PYTHON ?= python3
BIN := .venv/bin
LOG := .venv/install.log
PIP := $(BIN)/python -m pip --disable-pip-version-check install
FRENCH := cnil_requests/locale/fr/LC_MESSAGES/messages
CHECKED := cnil_requests tests benchmarks docs

.PHONY: help demo test bench lint messages clean
.SILENT:

help:
	sed -n 1,2p Makefile

demo: .venv/program
	sh docs/demo.sh $(BIN)/cnilreq demo

test: .venv/tests
	$(BIN)/python -m pytest

bench: .venv/others
	$(BIN)/python -m benchmarks

lint: .venv/checkers
	$(BIN)/ruff check $(CHECKED)
	$(BIN)/ruff format --check $(CHECKED)
	$(BIN)/mypy

messages: $(FRENCH).mo

$(FRENCH).mo: $(FRENCH).po | .venv/tests
	$(BIN)/pybabel --quiet compile --locale fr --input-file $< --output-file $@

clean:
	rm -rf .venv build dist demo *.egg-info .ci/node
	rm -rf .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -prune -exec rm -rf {} +

.venv/program: setup.cfg pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "cnilreq needs Python 3.11 or later; this is $$($(PYTHON) --version 2>&1)." >&2; \
	  echo "Name another one: make PYTHON=python3.12" >&2; exit 1; }
	test -x $(BIN)/python || $(PYTHON) -m venv .venv || { \
	  echo "On Debian and Ubuntu: apt install python3-venv" >&2; rm -rf .venv; exit 1; }
	echo "Installing cnilreq in .venv..."
	$(PIP) -e . >$(LOG) 2>&1 || { cat $(LOG) >&2; exit 1; }
	touch $@

.venv/tests: .venv/program
	echo "Installing what the tests need..."
	$(PIP) -e '.[test]' >$(LOG) 2>&1 || { cat $(LOG) >&2; exit 1; }
	touch $@

.venv/others: .venv/tests
	echo "Installing what the benchmarks compare with..."
	$(PIP) -e '.[test,bench]' >$(LOG) 2>&1 || { cat $(LOG) >&2; exit 1; }
	touch $@

.venv/checkers: .venv/tests
	echo "Installing ruff, mypy and build..."
	$(PIP) -e '.[test,dev]' >$(LOG) 2>&1 || { cat $(LOG) >&2; exit 1; }
	touch $@
