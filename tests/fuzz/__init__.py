"""What scripts/fuzz feeds to the parsers, and what must hold for what they return."""
