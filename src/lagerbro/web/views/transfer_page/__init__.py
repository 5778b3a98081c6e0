"""What the page of one transfer is made of."""
