"""The page *Lagerværdi*: what will be posted, what is booked, where the difference comes from."""
