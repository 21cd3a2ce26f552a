"""From the words around a number to its metric, its year and its body."""
