"""Customers, suppliers, products and dimensions on the OpenAPI surface."""
