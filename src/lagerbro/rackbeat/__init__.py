"""Client of Rackbeat's API: one module per resource."""
