# Thin on purpose: decisions are made in Python, the same on every platform.

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
make e2e                  run the tests in a browser, against the embedded stand-in
make e2e TARGET=sandbox   run them against the sandbox of .env
make test                 run every check: lint, types, layers, tests, e2e under both behaviours
make faults               prove that each catalogued fault turns the suite red
make standin              serve the stand-in for your own development
make doctor               check that everything is there that a run needs
make first-contact        show what a sandbox does, for 8 sessions and 4 payments at most
make observe              show what a target does, next to the documentation; AGAINST=observed.toml
                          fails if it has changed since
make report               serve the newest report; a click then opens the trace of a red test
make bench                measure speed and memory, next to a bare script
make soak N=30            repeat the suite under load and count failures
make mutants              mutate the oracle and run its tests
make docs                 write the generated pages again
make shop URL=… BUY=…     try the three outcomes from a shop's own Buy button
make repro CASE=file      repeat one case, step by step
make dashboard-login      sign in to the Merchant Dashboard by hand and keep the session

TARGET=standin|sandbox  BEHAVIOUR=documented|measured  FAULT=name  ARGS="options of the tool"
The first command creates .venv, installs the packages and finds or installs a browser.
endef

.DEFAULT_GOAL := help
.PHONY: help setup setup-checks e2e test faults standin doctor first-contact observe report bench soak mutants docs repro shop \
        dashboard-login no-case no-shop
.NOTPARALLEL:

help:
	@$(info $(HELP)):

# The Python of an existing .venv starts faster than the one that created it.
setup:
	@$(or $(wildcard $(RUN)),$(PYTHON)) -m tools.bootstrap

setup-checks:
	@$(or $(wildcard $(RUN)),$(PYTHON)) -m tools.bootstrap --checks

e2e: setup
	@$(RUN) -m pytest e2e $(TARGET_OPTION) $(BEHAVIOUR_OPTION) $(FAULT_OPTION) $(ARGS)

test: setup-checks
	@$(RUN) -m tools.bootstrap.checks $(ARGS)

faults: setup
	@$(RUN) -m tools.faults $(ARGS)

standin: setup
	@$(RUN) -m standin $(BEHAVIOUR_OPTION) $(FAULT_OPTION) $(ARGS)

doctor: setup
	@$(RUN) -m tools.doctor $(TARGET_OPTION) $(BEHAVIOUR_OPTION) $(ARGS)

first-contact: setup
	@$(RUN) -m tools.first_contact $(TARGET_OPTION) $(BEHAVIOUR_OPTION) $(ARGS)

observe: setup
	@$(RUN) -m tools.observe $(TARGET_OPTION) $(BEHAVIOUR_OPTION) \
		$(if $(AGAINST),--against "$(AGAINST)") $(ARGS)

report: setup
	@$(RUN) -m tools.report $(ARGS)

bench: setup
	@$(RUN) -m tools.bench $(ARGS)

soak: setup
	@$(RUN) -m tools.bench.soak --runs "$(N)" $(ARGS)

mutants: setup-checks
	@$(RUN) -m tools.bench.mutants $(ARGS)

repro: $(if $(CASE),setup,no-case)
	@$(RUN) -m tools.repro "$(CASE)" $(ARGS)

shop: $(if $(and $(URL),$(BUY)),setup,no-shop)
	@$(RUN) -m tools.shop "$(URL)" --buy "$(BUY)" $(if $(COMMAND),--command '$(COMMAND)') \
		$(TARGET_OPTION) $(BEHAVIOUR_OPTION) $(ARGS)

no-shop:
	@$(error Name the shop and its button, as in `make shop URL=https://localhost:5000/ BUY="Buy now"`)

no-case:
	@$(error Name a case file, as in `make repro CASE=e2e/cases/example.toml`)

docs: setup
	@$(RUN) -m tools.docgen $(ARGS)

dashboard-login: setup
	@$(RUN) -m tools.dashboard_login $(ARGS)
