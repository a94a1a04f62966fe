"""Search over the corpus: chunks, vectors, BM25, fusion. The ways in are `index.build` and `index.retrieve`."""
