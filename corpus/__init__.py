"""The regulations as data: provisions with addresses, notes, glossary, tables. The way in is `corpus.library`."""
