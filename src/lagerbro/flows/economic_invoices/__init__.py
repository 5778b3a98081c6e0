"""Invoices that people make and book in e-conomic itself (domain-rules A19, F5)."""
