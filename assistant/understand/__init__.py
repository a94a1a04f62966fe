"""What a question says: language, spelling, addresses, the company, stance, safety."""
