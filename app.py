"""Starts the web page: `python app.py`, the same as `bht serve`. Wiring only."""

import sys

from assistant.cli.main import main

if __name__ == "__main__":
    sys.exit(main(["serve", *sys.argv[1:]]))
