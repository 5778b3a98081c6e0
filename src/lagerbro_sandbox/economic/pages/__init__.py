"""The local e-conomic's back office: what a person sees and does there, through the same code as the API."""
