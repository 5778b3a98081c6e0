"""What the stock was worth day by day, and what each run of the stock value saw: what its page is made from."""
