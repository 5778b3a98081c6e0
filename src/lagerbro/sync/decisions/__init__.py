"""What only a person can decide about a document, and what follows from it."""
