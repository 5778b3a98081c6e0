"""Registers: what is listed, read, made, changed and deleted in the same way (rackbeat-api 3.1 to 3.5, 3.11, 3.12)."""
