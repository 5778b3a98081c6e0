"""How Rackbeat reads and answers: parameters, lists, errors, limits (rackbeat-api 1)."""
