"""The command line: thin, and quick to start. Heavy libraries are imported by the command that needs them."""
