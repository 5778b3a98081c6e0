"""Installing: two ways in, one place where they meet (domain-rules A1–A6, H5)."""
