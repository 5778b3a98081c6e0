"""Suppliers: Rackbeat → e-conomic, by the shared number."""
