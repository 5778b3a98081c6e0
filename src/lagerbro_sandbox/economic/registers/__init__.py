"""The registers: customers, suppliers, products and the small ones (economic-api 6)."""
