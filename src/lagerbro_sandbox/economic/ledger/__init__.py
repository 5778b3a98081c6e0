"""The ledger: accounts, years and periods, booked entries, open items (economic-api 6.7, 6.8)."""
