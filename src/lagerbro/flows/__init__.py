"""What moves. One package per kind of record, the same file names in each."""
