"""Customer invoices: booked in Rackbeat → draft or booked invoice in e-conomic."""
