# Thin on purpose: what there is to decide is decided in Python, on every platform alike.

ifeq ($(OS),Windows_NT)
PYTHON ?= python
RUN := .venv/Scripts/python.exe
else
PYTHON ?= python3
RUN := .venv/bin/python
endif

N ?= 30

TARGET_OPTION := $(if $(TARGET),--target "$(TARGET)")
BEHAVIOUR_OPTION := $(if $(BEHAVIOUR),--behaviour "$(BEHAVIOUR)")
FAULT_OPTION := $(if $(FAULT),--fault "$(FAULT)")

define HELP
make e2e               the tests in a real browser, against the embedded stand-in
make e2e TARGET=sandbox    the same against the sandbox of .env
make test              every check: lint, types, layers, tests, e2e under both behaviours
make faults            prove that each catalogued fault turns the suite red
make standin           serve the stand-in for your own development
make observe           find out what a target really does
make bench             speed and memory, side by side with a bare script
make soak N=30         repeat the suite under load and count failures
make mutants           change the oracle in one place at a time: does a test notice?
make repro CASE=file   repeat one case, step by step
make docs              regenerate the pages that are made from code
make dashboard-login   sign in to the Merchant Dashboard by hand and keep the session

TARGET=standin|sandbox  BEHAVIOUR=documented|measured  FAULT=name  ARGS="for the tool itself"
The first use sets everything up: .venv, packages, a browser.
endef

.DEFAULT_GOAL := help
.PHONY: help setup e2e test faults standin observe bench soak mutants repro docs dashboard-login
.NOTPARALLEL:

help:
	@$(info $(HELP)):

# A .venv that is there starts quicker than the Python that made it.
setup:
	@$(or $(wildcard $(RUN)),$(PYTHON)) -m bootstrap

e2e: setup
	@$(RUN) -m pytest e2e $(TARGET_OPTION) $(BEHAVIOUR_OPTION) $(FAULT_OPTION) $(ARGS)

test: setup
	@$(RUN) -m bootstrap.checks $(ARGS)

faults: setup
	@$(RUN) -m tools.faults $(ARGS)

standin: setup
	@$(RUN) -m standin $(BEHAVIOUR_OPTION) $(FAULT_OPTION) $(ARGS)

observe: setup
	@$(RUN) -m tools.observe $(TARGET_OPTION) $(BEHAVIOUR_OPTION) $(ARGS)

bench: setup
	@$(RUN) -m bench $(ARGS)

soak: setup
	@$(RUN) -m bench.soak --runs "$(N)" $(ARGS)

mutants: setup
	@$(RUN) -m mutmut run $(ARGS)

repro: $(if $(CASE),setup,no-case)
	@$(RUN) -m tools.repro "$(CASE)" $(ARGS)

.PHONY: no-case
no-case:
	@$(error Name the case to repeat, as in `make repro CASE=e2e/cases/example.toml`)

docs: setup
	@$(RUN) -m tools.docgen $(ARGS)

dashboard-login: setup
	@$(RUN) -m tools.dashboard_login $(ARGS)
