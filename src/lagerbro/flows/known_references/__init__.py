"""What a record names beside groups, under e-conomic's number: found there once, or made, and remembered."""
