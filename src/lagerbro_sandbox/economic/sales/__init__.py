"""Sales documents: drafts, booked invoices, orders and quotes (economic-api 7)."""
