# `make chat` and `make test` are all that a newcomer types; `make help` lists the rest.

# Overridable: `make TORCH_INDEX=... PYTHON=/path/to/python3.12`. The script takes both from the environment.
export PYTHON ?=
export TORCH_INDEX ?=

# What a person types is passed on untouched through the environment, whatever $, ' or " it holds.
override Q := $(value Q)
override ARTICLES := $(value ARTICLES)
override DATA := $(value DATA)
export Q ARTICLES DATA

# The chat page talks to its own server; a proxy must not stand between them.
export no_proxy := 127.0.0.1,localhost,$(or $(no_proxy),$(NO_PROXY))
export NO_PROXY := $(no_proxy)

.PHONY: install chat ask test lint types check eval bench clean help

install: .venv/.installed
	@echo 'Dateline is installed. Next: make chat'

# The trap lets the chat end by Ctrl-C without make calling it an error.
chat: .venv/.installed
	@trap : INT; .venv/bin/dateline chat $${ARTICLES:+--articles "$$ARTICLES"} || [ $$? -eq 130 ]

ask: .venv/.installed
	@if [ -z "$$Q" ]; then echo 'Ask something: make ask Q="Why were the lines cut?"' >&2; exit 2; fi
	@.venv/bin/dateline ask "$$Q"

test: .venv/.installed-dev
	.venv/bin/python -m pytest

lint: .venv/.installed-dev
	.venv/bin/python -m ruff check

types: .venv/.installed-dev
	.venv/bin/python -m mypy

check: lint types test eval

eval: .venv/.installed
	.venv/bin/dateline eval

bench: .venv/.installed
	@if ! [ -e eval/benchmarks ]; then echo 'This version of Dateline has no benchmarks yet.' >&2; exit 2; fi
	@if [ -z "$$DATA" ]; then echo 'Name the folder of the data: make bench DATA=path/to/realtimeqa' >&2; exit 2; fi
	.venv/bin/python -m eval.benchmarks.realtimeqa "$$DATA"

# Archives are not touched: they are kept outside this folder.
clean:
	rm -rf .venv build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find index rag eval ui tests -name __pycache__ -prune -exec rm -rf {} +

help:
	@echo 'make                      install into .venv (a few minutes, once)'
	@echo 'make chat                 chat in the browser, over the sample archive'
	@echo 'make chat ARTICLES=path   the same over your own articles: a folder or a file'
	@echo 'make ask Q="..."          one question, answered here'
	@echo 'make test                 the tests'
	@echo 'make check                what CI runs: lint, types, tests, the known-answer gate'
	@echo 'make eval                 the known-answer gate alone'
	@echo 'make bench DATA=path      the RealTimeQA benchmark, over data of your own'
	@echo 'make clean                remove all that make made in this folder'

# The stamps are written last, so an interrupted install starts again. Each holds the folder's
# path: the scripts in .venv do not survive a move.
.venv/.installed: pyproject.toml constraints.txt
	@sh scripts/install.sh
	@pwd -P >$@

.venv/.installed-dev: .venv/.installed
	@sh scripts/install.sh dev
	@pwd -P >$@

ifneq "$(shell cat .venv/.installed 2>/dev/null)" "$(CURDIR)"
.venv/.installed: moved
.PHONY: moved
moved:
endif
