"""How the REST surface reads and answers: forms, filters, links, lists, errors (economic-api 2, 4, 5)."""
