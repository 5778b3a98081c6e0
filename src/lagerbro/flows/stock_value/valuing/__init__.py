"""What Rackbeat says that the stock is worth, and how it is split onto the stock accounts."""
