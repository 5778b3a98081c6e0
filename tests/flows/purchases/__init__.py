"""Suppliers, their groups and their invoices, through both local systems."""
