"""Indstillinger: what has been decided, and who decided it."""
