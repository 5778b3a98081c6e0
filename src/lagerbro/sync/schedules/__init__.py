"""What recurs: a routine looks and enqueues, and its next time is stored in the same commit."""
