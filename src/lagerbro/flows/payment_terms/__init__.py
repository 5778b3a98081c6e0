"""Payment terms that are changed in Rackbeat: which of e-conomic's they are is decided anew."""
