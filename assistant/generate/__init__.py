"""A language model's prose: what it is asked, what it says, and what of that may be shown."""
