"""The start-up sync (domain-rules A32, F9, H1, H3)."""
