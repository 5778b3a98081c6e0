"""Numbers as people and clients write them: which texts are one, and Danish amounts and days."""
