"""One body over the years: what was carried over, what grew, what was left as it was."""
