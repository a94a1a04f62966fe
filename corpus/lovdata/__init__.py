"""The official text: Lovdata's open API, its archives and its XML."""
