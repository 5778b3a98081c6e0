"""The local e-conomic."""
