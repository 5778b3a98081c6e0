"""Goods that leave with an invoice that was booked in e-conomic (domain-rules A19, H8)."""
