"""The warehouse: movements of stock and what they are worth (rackbeat-api 3.12, 3.13, 6)."""
