"""The sandbox's tables: records and their marks, booked and draft entries, webhooks and what they are to tell."""
