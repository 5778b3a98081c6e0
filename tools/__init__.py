"""Programs for those who work on Lagerbro."""
