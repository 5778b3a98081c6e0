"""Groups of customers and of products that both systems have: their names follow Rackbeat, their accounts never."""
