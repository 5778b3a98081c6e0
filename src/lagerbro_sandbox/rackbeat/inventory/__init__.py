"""Acts on the warehouse itself: adjustments, internal movements, counting (rackbeat-api 3.12)."""
