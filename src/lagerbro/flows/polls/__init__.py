"""Safety polls: what changed in Rackbeat without our hearing of it."""
