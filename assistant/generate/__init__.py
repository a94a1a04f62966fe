"""Answers in the prose of a language model: what it is asked, how it is read, and what becomes of it."""
