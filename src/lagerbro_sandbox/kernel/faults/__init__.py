"""What goes wrong on purpose: the switches, what they do to answers, and the form that sets them."""
