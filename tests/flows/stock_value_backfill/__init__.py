"""Back-fill of the stock value, through both local systems (domain-rules H26)."""
