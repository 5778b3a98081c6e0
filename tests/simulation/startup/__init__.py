"""Start-up syncs in histories."""
