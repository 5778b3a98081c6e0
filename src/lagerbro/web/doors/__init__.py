"""The doors that webhooks knock on: check, count, wake, answer; nothing else (DESIGN 3.1)."""
