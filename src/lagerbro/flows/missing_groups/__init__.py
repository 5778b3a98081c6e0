"""Groups of customers and products that e-conomic lacks: made as a person has said, never by a guess."""
