"""What orders and invoices that come from e-conomic have in common on their way into Rackbeat."""
