"""The start-up sync in a browser."""
