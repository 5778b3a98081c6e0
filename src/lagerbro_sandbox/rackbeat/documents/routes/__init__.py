"""The paths of every kind of document: what all have, and what is particular to one (rackbeat-api 3.6 to 3.10)."""
