# make run       the page on http://127.0.0.1:7860 (everything installed)
# make run-light the same without torch: smaller, slower to build the index
# make test      format, lint, types, imports, tests
# make eval      quality on both halves of the labelled questions: results/report.html
# make bench     speed and memory on this machine
# make long      all Norwegian law, an index of a tenth of it, broken input, and a model that lies: over an hour
PYTHON ?= python3

.PHONY: run run-light test eval bench long lock clean

run: .venv/.full
	@.venv/bin/python app.py

run-light: .venv/.light
	@.venv/bin/python app.py

test: .venv/.dev
	@scripts/check
	@scripts/test

eval: .venv/.dev
	@.venv/bin/bht eval run --out results/latest
	@.venv/bin/bht eval report results/latest --out results/report.html

bench: .venv/.full
	@.venv/bin/python scripts/bench

long: .venv/.dev
	@.venv/bin/python scripts/long
	@.venv/bin/python scripts/long-model test

lock: .venv/.dev
	@scripts/lock

.venv/.light .venv/.full .venv/.dev: requirements.lock pyproject.toml scripts/install
	@PYTHON="$(PYTHON)" scripts/install $(patsubst .venv/.%,%,$@)

clean:
	rm -rf .venv
