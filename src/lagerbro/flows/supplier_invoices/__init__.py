"""Supplier invoices and credit notes: Rackbeat → one voucher of drafts in a journal of e-conomic."""
