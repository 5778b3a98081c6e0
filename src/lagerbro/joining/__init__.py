"""Joining a Rackbeat account with an e-conomic agreement, and parting them again (domain-rules A1–A7, H4, H5, H7)."""
