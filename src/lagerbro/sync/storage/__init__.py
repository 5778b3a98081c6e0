"""The engine's rows: found, claimed, written and let go of by statements that are made once."""
