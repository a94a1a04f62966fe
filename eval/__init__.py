"""Labelled questions, and what is fitted and measured on them."""
