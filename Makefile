# Every target sets up what it needs first; the set-up is skipped while the lock files stay the same.
# make report [SOURCE=path] [NOTEBOOK=name]     make tables [SOURCE=path] [OUT=folder]

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
digest = $(shell cat $(1) pyproject.toml | cksum | tr -s ' ' '-')
CORE := $(VENV)/core-$(call digest,requirements.lock)
DEV := $(VENV)/dev-$(call digest,requirements-dev.lock)
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet install
# As many at once as there are processors; those that share a browser go together.
TEST = $(BIN)/python -m pytest --numprocesses=logical --maxprocesses=8 --dist=loadgroup
export SOURCE NOTEBOOK
OUT ?= tables
CORPORA ?= ../shared/corpora

.PHONY: help report tables lab test check hooks bench train lock clean

help:
	@grep -E '^[a-z]+:.*##' Makefile | sed -E 's/:[^#]*##/\t/' | expand -t 10

report: $(CORE)  ## make HTML and PDF of SOURCE, of the texts in data/source, or of the sample
	@$(BIN)/toolkit report --notebook "$${NOTEBOOK:-article}" $${SOURCE:+"$$SOURCE"}

tables: $(CORE)  ## write the tables of SOURCE into OUT (default: tables)
	@$(BIN)/toolkit tables --out "$(OUT)" $${SOURCE:+"$$SOURCE"}

lab: $(CORE)  ## open JupyterLab on the notebook for exploring
	@$(BIN)/jupyter lab $$([ "$$(id -u)" != 0 ] || echo --allow-root) --ServerApp.root_dir=. \
	  --LabApp.default_url=/lab/tree/notebooks/explore.ipynb

test: $(DEV)  ## run the tests
	@$(TEST)

check: $(DEV)  ## lint, types, import directions, tests
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(TEST)

hooks: $(DEV)  ## set git up here: notebooks compared by their cells, none committed with outputs
	@git config core.hooksPath .githooks
	@git config diff.jupyternotebook.command '"$(CURDIR)/$(BIN)/git-nbdiffdriver" diff'
	@git config merge.jupyternotebook.driver '"$(CURDIR)/$(BIN)/git-nbmergedriver" merge %O %A %B %L %P'
	@git config merge.jupyternotebook.name "notebooks, by their cells"

bench: $(DEV)  ## measure speed against stock tools in the same run, and against BERT where the extra "train" is
	@$(BIN)/python tests/bench/speed.py
	@$(BIN)/python tests/bench/attribution.py
	@[ ! -d "$(CORPORA)" ] || $(BIN)/python tests/bench/bases.py "$(CORPORA)"
	@$(BIN)/python tests/bench/words.py
	@$(BIN)/python tests/bench/exploring.py
	@$(BIN)/python tests/bench/batch.py
	@$(BIN)/python tests/bench/tables.py

train: $(DEV)  ## train the tagger anew on the corpora in CORPORA (hours), measure it, write its card
	@$(PIP) -e ".[train]"
	@$(BIN)/python -m toolkit.model.train "$(CORPORA)" --out build/training
	@$(BIN)/python -m toolkit.model.export build/training/final.pt "$(CORPORA)" --out build/weights
	@cp build/weights/tagger.onnx build/weights/tokenizer.json toolkit/model/weights/
	@$(BIN)/python tests/bench/accuracy.py "$(CORPORA)" build/weights

lock: $(DEV)  ## choose versions anew and pin them with their digests
	@printf 'hatchling\neditables\n' > $(VENV)/build.in
	@$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-annotate --upgrade \
	  --python-version 3.11 --custom-compile-command "make lock" -o requirements.lock pyproject.toml $(VENV)/build.in
	@$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-annotate --upgrade \
	  --python-version 3.11 --custom-compile-command "make lock" --extra dev -c requirements.lock \
	  -o requirements-dev.lock pyproject.toml $(VENV)/build.in

clean:  ## remove the environment and what tools left behind; your texts and reports stay
	@rm -rf $(VENV) dist build .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	@find toolkit tests -name __pycache__ -type d -prune -exec rm -rf {} +

define set-up
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or newer is needed; name it: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	@echo "Setting up $(VENV) from $(1) (once, about a minute) ..."
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) || \
	  { rm -rf $(VENV); echo "Python's venv module is missing; on Debian: apt install python3-venv"; exit 1; }
	@$(PIP) --require-hashes -r $(1)
	@$(PIP) --no-deps --no-build-isolation -e .
	@rm -f $(VENV)/core-* $(VENV)/dev-*
	@touch $(2)
endef

$(CORE):
	$(call set-up,requirements.lock,$(CORE))

$(DEV):
	$(call set-up,requirements-dev.lock,$(DEV) $(CORE))
