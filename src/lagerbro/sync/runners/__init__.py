"""How a drain is brought about: in process, distributed, or simulated. One small interface."""
