"""Draft invoices on the OpenAPI surface (economic-api 7.6)."""
