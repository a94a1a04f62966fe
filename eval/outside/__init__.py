"""The search measured on questions that others wrote: NorQuAD's, and the headings of the acts themselves."""
