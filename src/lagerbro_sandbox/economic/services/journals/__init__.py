"""Journals, draft entries, accruals and documents on the OpenAPI surface (economic-api 8.3, 8.4)."""
