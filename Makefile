# Two commands matter: `make serve` and `make test`. Each makes the environment it needs.
PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 8000
SOURCES ?=
KEEP ?=
VENV := .venv
BIN := $(VENV)/bin
SERVE := $(VENV)/.serve-ready
DEV := $(VENV)/.dev-ready

.PHONY: serve demo test lint bench train openapi docs lock clean

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)

# Dependencies come from the lock files, each one checked against its hash.
$(SERVE): locks/serve.txt pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r locks/serve.txt
	$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

$(DEV): locks/dev.txt pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r locks/dev.txt
	$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@ $(SERVE)

serve: $(SERVE)
	$(BIN)/prepost serve --demo --host $(HOST) --port $(PORT)

test: lint
	$(BIN)/pytest -q -n 2 --dist worksteal

lint: $(DEV)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

bench: $(DEV)
	$(BIN)/python -m bench

train: $(DEV)
	$(BIN)/prepost train $(if $(SOURCES),--sources $(SOURCES)) $(if $(KEEP),--keep $(KEEP))

openapi: $(DEV)
	$(BIN)/prepost openapi --out openapi/openapi.json

docs: $(DEV)
	$(BIN)/prepost rules --out docs/rules
	$(BIN)/prepost platforms --out docs/platforms.md

lock: $(DEV)
	$(BIN)/uv pip compile -q --generate-hashes --no-emit-index-url --no-header --no-annotate pyproject.toml locks/build.in -o locks/serve.txt
	$(BIN)/uv pip compile -q --generate-hashes --no-emit-index-url --no-header --no-annotate --extra dev pyproject.toml locks/build.in -o locks/dev.txt
	$(BIN)/uv pip compile -q --generate-hashes --no-emit-index-url --no-header --no-annotate locks/clients.in -o locks/clients.txt

clean:
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache
