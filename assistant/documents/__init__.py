"""The documents that an employer makes with the BHT: checked against the rules, and drafted."""
