"""What the page *Lagerværdi* tells of the stock account, worked out from one look at both systems. It posts nothing."""
