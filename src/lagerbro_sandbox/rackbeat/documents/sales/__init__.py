"""What is sold: offers, orders, shipments, customer invoices (rackbeat-api 3.6 to 3.8)."""
