"""Client of e-conomic's two surfaces: one module per resource."""
