"""What people read: words, figures and dates."""
