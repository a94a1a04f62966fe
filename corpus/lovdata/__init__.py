"""The official text: Lovdata's open API, its archives and its XML."""

# The note of the store that says which version of the parser has read what is stored.
READ_BY = "lovdata parser"
