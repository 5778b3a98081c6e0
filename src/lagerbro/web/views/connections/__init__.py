"""Forbindelser og adgang: who is connected, and who may do what."""
