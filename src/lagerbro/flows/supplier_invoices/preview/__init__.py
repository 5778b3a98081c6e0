"""The posting of a supplier invoice as its page shows it: what e-conomic will book, or has booked, of it."""
