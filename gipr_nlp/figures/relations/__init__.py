"""What a figure is part of, a share of or a change on: cues, wholes, sums and bases."""
