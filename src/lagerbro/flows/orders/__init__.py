"""Orders of e-conomic, taken into Rackbeat (domain-rules B.1, F10, F11)."""
