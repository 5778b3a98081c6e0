"""The keys that secrets are sealed with: where they come from, that they are the right ones, how they are renewed."""
