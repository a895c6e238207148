# What there is to do: `make`. Settings, on the command line or in the environment:
#   PYTHON       the interpreter that makes .venv: 3.11 or later        (python3)
#   TORCH_INDEX  where torch is taken from, if the registry's own build of it is the CUDA one
#   PORT         where `make run` serves, on 127.0.0.1                  (8000)
#   SLACK_PORT   where `make slack-demo` shows its page; it takes two more   (8105)
#   SAFERPLANS_DATA_DIR  where `make run` keeps its index               (.saferplans)
#   ARGS         more arguments for pytest: make test-fast ARGS='-k layers -x'

PYTHON ?= python3
PORT ?= 8000
SLACK_PORT ?= 8105
SAFERPLANS_DATA_DIR ?= .saferplans
QUESTION ?= Which boroughs prioritise metal theft?
# What some tests need of the system, as command=debian-package; those tests are marked `needs`.
SYSTEM_PACKAGES := chromium=chromium java=default-jre-headless tesseract=tesseract-ocr

# No model is ever fetched: the weights come in a package (docs/adr/0003).
export HF_HUB_OFFLINE ?= 1

PY := .venv/bin/python
# -rs: what was left out, and why.
PYTEST := $(PY) -m pytest -rs

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help install run slack-demo test test-fast soak check eval bench lock clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' Makefile

install: .venv/.installed ## make .venv and install all dependencies, pinned; once

# Torch goes first and alone: any other release of it pulls gigabytes of CUDA. Its dependencies
# come with the rest, from the registry, at the versions of constraints.txt.
.venv/.installed: pyproject.toml constraints.txt
	@"$(PYTHON)" -c 'import sys; sys.exit(None if sys.version_info >= (3, 11) else "Python 3.11 or later is needed: make install PYTHON=python3.11")'
	"$(PYTHON)" -m venv .venv
	$(PY) -m pip install --no-deps $(if $(TORCH_INDEX),--index-url "$(TORCH_INDEX)") "$$(grep '^torch==' constraints.txt)"
	$(PY) -m pip install -c constraints.txt -e '.[dev,postgres]'
	@touch $@

run: export SAFERPLANS_DATA_DIR := $(SAFERPLANS_DATA_DIR)
run: install ## ingest the report that ships, answer one question, serve on 127.0.0.1:8000
	.venv/bin/saferplans ask "$(QUESTION)"
	.venv/bin/saferplans serve --host 127.0.0.1 --port "$(PORT)"

slack-demo: install ## the Slack bot against a Slack on this machine, with a page that shows it
	$(PY) -m tests.fake_slack.demo --port "$(SLACK_PORT)"

test: install ## all tests that this machine can run; under ten minutes
	@.ci/system-packages $(SYSTEM_PACKAGES)
	$(PYTEST) -n auto --dist loadfile -m 'not soak' $(ARGS)

test-fast: install ## the inner loop: no model, no wheel, fewer examples; half a minute
	$(PYTEST) --hypothesis-profile fast -m 'not soak and not model and not packaging' $(ARGS)

soak: install ## long chaos and kill runs
	$(PYTEST) -m soak $(ARGS)

check: install ## lint, format, types, layers
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy
	.venv/bin/lint-imports --no-logo

eval: install ## score the development questions
	.venv/bin/saferplans eval evals/report/questions.jsonl --documents corpus/data

bench: install ## timings of an answer, of start-up and of ingest
	$(PY) -m bench

lock: ## resolve every dependency anew and write constraints.txt
	.ci/lock "$(PYTHON)" "$(TORCH_INDEX)"

clean: ## remove caches and build output; .venv and the data directory stay
	rm -rf .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis .coverage build dist
	find . -name .venv -prune -o -name __pycache__ -type d -prune -exec rm -rf {} +
