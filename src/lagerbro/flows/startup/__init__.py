"""Start-up sync: what e-conomic has goes to Rackbeat, once (domain-rules A32)."""
