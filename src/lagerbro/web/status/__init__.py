"""What an agreement stands at: what needs somebody, by cause, and the one sentence that follows from the counts."""
