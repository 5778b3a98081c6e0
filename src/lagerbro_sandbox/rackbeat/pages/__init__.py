"""The back office: what people look at and act in, in Danish, working without script."""
