"""What every REST resource is made of: its path, its collections, the references in its bodies (economic-api 2)."""
