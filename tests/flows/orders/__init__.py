"""Orders of e-conomic on their way into Rackbeat."""
