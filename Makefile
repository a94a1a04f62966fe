# make run       the page on http://127.0.0.1:7860 (everything installed)
# make run-light the same without torch: smaller, slower to build the index
# make test      format, lint, types, imports, tests
# make bench     speed and memory on this machine
PYTHON ?= python3

.PHONY: run run-light test bench lock clean

run: .venv/.full
	@.venv/bin/python app.py

run-light: .venv/.light
	@.venv/bin/python app.py

test: .venv/.dev
	@scripts/check
	@scripts/test

bench: .venv/.full
	@.venv/bin/python scripts/bench

lock: .venv/.dev
	@scripts/lock

.venv/.light .venv/.full .venv/.dev: requirements.lock pyproject.toml scripts/install
	@PYTHON="$(PYTHON)" scripts/install $(patsubst .venv/.%,%,$@)

clean:
	rm -rf .venv
