"""Groups of suppliers: Rackbeat → e-conomic, by the shared number."""
