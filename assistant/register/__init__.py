"""Looking up a company in Enhetsregisteret, only when the user has allowed it."""
