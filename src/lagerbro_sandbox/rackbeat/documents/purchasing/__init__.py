"""What is bought: purchase orders, receipts, supplier invoices (rackbeat-api 3.9, 3.10)."""
