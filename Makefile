# make demo | test | bench | lint | messages | clean
# A fresh clone needs nothing but Python 3.11 or later (with venv) and make.

PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check install -q
FRENCH := cnil_requests/locale/fr/LC_MESSAGES/messages
CHECKED := cnil_requests tests benchmarks

.PHONY: help demo test bench lint messages clean
.SILENT:

help:
	sed -n 1,2p Makefile

demo: .venv/installed
	sh docs/demo.sh $(BIN)/cnilreq demo

test: .venv/installed
	$(BIN)/python -m pytest

bench: .venv/installed
	$(BIN)/python -m benchmarks

lint: .venv/checkers
	$(BIN)/ruff check $(CHECKED)
	$(BIN)/ruff format --check $(CHECKED)
	$(BIN)/mypy

messages: $(FRENCH).mo

$(FRENCH).mo: $(FRENCH).po | .venv/installed
	$(BIN)/pybabel --quiet compile --locale fr --input-file $< --output-file $@

clean:
	rm -rf .venv build dist demo *.egg-info .ci/node
	rm -rf .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find cnil_requests tests benchmarks -name __pycache__ -prune -exec rm -rf {} +

.venv/installed: setup.cfg pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "cnilreq needs Python 3.11 or later; this is $$($(PYTHON) --version 2>&1)." >&2; \
	  echo "Name another one: make PYTHON=python3.12" >&2; exit 1; }
	test -x $(BIN)/python || $(PYTHON) -m venv .venv || { \
	  echo "On Debian and Ubuntu: apt install python3-venv" >&2; rm -rf .venv; exit 1; }
	echo "Installing cnilreq in .venv..."
	$(PIP) -e '.[test]'
	touch $@

.venv/checkers: .venv/installed
	$(PIP) -e '.[test,dev]'
	touch $@
