"""The duty check: from what a company does to whether it must have a BHT."""
