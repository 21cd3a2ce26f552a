"""The text of the narrative: how it is read, its parts, its clauses, the words in it."""
