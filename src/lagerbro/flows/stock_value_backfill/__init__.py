"""Back-fill of the stock value: past days are brought to Rackbeat's value of each, on demand (domain-rules H26)."""
