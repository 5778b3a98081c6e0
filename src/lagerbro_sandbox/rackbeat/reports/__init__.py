"""Reports: read only, straight from the books of the warehouse (rackbeat-api 3.13)."""
