"""The daily stock value, through both local systems."""
