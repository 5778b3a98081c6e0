"""Agreements, their credentials and their settings."""
