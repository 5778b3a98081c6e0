"""Accounts, tokens, apps and webhooks (rackbeat-api 2)."""
