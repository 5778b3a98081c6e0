"""Journals: vouchers, their draft entries, and booking them (economic-api 8)."""
