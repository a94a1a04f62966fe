"""What the assistant works out for an employer beyond answers: lists and dates, each line with the rule behind it."""
