"""*Opstarts-synk*: what will come over, how far it is, and what became of it."""
