"""Customers, products and suppliers whose number is another than it was, in one system and not in the other."""
