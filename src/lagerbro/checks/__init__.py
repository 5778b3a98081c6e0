"""Pre-flight, health and reconciliation: one small function per check."""
