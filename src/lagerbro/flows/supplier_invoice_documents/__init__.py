"""The supplier's document: Rackbeat → the voucher in e-conomic, beside the posting and never in its way."""
