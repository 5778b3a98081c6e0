"""*Aktiver integration*: the pre-flight, and the act that it guards (domain-rules A33, H1)."""
