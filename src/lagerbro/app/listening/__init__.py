"""The server of pages and doors: who gets a thread, and how long a request may take to come."""
