"""What both clients need to speak HTTP with care: transport, errors, exact numbers, rate limits."""
