"""The paths of invoices, orders, quotes and the templates they begin with (economic-api 6.1, 7)."""
