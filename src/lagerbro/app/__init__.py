"""The top of the product: Django settings and urls, the registry of flows, clock and runners put together."""
