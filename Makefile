# Every target is one word for tasks.py, which says more: python3 tasks.py help
PYTHON ?= python3
ARGS ?=

.DEFAULT_GOAL := help
.PHONY: help run setup test check format e2e bench chaos kills fuzz compare lock messages clean

help: ## List these targets
	@grep -E '^[a-z0-9]+:.*## ' $(firstword $(MAKEFILE_LIST)) | sort | awk -F ':.*## ' '{printf "  make %-10s %s\n", $$1, $$2}'

run: ## Start the app with invented people and print its address
	@$(PYTHON) tasks.py run $(ARGS)

setup: ## Install everything that running and testing need
	@$(PYTHON) tasks.py setup --dev

test: ## Run every test; ARGS="-k signs" goes to pytest
	@$(PYTHON) tasks.py test $(ARGS)

check: ## Run every linter, type checker and the audit of dependencies
	@$(PYTHON) tasks.py check

format: ## Put code, templates, styles and scripts into the agreed form
	@$(PYTHON) tasks.py format

e2e: ## Run only the tests that drive a browser
	@$(PYTHON) tasks.py e2e $(ARGS)

bench: ## Measure the figures of speed and size
	@$(PYTHON) tasks.py bench $(ARGS)

chaos: ## Tap through kills and bad lines: SEED=… ENTRIES=…
	@$(PYTHON) tasks.py chaos $(SEED) $(ENTRIES)

kills: ## Kill the server while it stores: SEED=… TIMES=…
	@$(PYTHON) tasks.py kills $(SEED) $(TIMES)

fuzz: ## Send batches drawn from the protocol's schema; ARGS=5000
	@$(PYTHON) tasks.py fuzz $(ARGS)

compare: ## Keep entries with ours, PouchDB and Workbox: SEED=… ENTRIES=…
	@$(PYTHON) tasks.py compare $(SEED) $(ENTRIES)

lock: ## Make the lock files again; ARGS=--upgrade takes newer versions
	@$(PYTHON) tasks.py lock $(ARGS)

messages: ## Collect the texts and update and compile the translations
	@$(PYTHON) tasks.py messages

clean: ## Remove everything set-up and builds have made; instance/ stays
	@$(PYTHON) tasks.py clean
