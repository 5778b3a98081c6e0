"""Documents: orders and offers, shipments, invoices, purchase orders, receipts (rackbeat-api 3.6 to 3.10)."""
