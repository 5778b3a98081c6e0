"""The local Rackbeat."""
