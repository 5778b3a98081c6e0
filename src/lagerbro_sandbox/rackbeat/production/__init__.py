"""Production: parts become a lot."""
