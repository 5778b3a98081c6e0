"""The addresses of the product."""

from __future__ import annotations

from lagerbro.web.urls import urlpatterns

__all__ = ["urlpatterns"]
