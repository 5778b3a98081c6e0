"""What went wrong, as data: what kind of failure it is, and what of it is believed."""
