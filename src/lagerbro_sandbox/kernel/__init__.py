"""What the two sandboxes really share: requests, clock, faults, storage and the shell that listens."""
