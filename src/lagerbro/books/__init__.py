"""Accounting rules that the flows share. Pure: no I/O, no clock, no framework."""
