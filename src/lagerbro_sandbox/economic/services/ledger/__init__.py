"""Accounts, years and booked entries on the OpenAPI surface."""
