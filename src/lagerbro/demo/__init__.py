"""The supervised demo that joins product and sandboxes."""
