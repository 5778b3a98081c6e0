"""People: who may sign in, and what they may do with which agreement."""
