"""The tabs of the page: what a tab is, and a module for each with its form, its handler and what is shown."""
