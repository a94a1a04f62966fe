"""Documents of the user's own: read, repaired, cleaned and cut into provisions."""
