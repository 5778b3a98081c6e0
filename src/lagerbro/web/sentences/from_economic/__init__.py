"""Sentences about what people make in e-conomic and Rackbeat gets: orders, invoices that are born there, goods."""
