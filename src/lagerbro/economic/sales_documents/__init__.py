"""Sales documents that people make in e-conomic itself: orders, and invoices that are born there (economic-api 7)."""
