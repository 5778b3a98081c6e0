"""Signing in: how allauth is fitted in, and what tries it lets through."""
