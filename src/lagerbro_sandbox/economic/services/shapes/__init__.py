"""The published form of every resource, one module per service (economic-api-fields B)."""
