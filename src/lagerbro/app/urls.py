"""The addresses of the product."""

from __future__ import annotations

from lagerbro.web.urls import handler404, urlpatterns

__all__ = ["handler404", "urlpatterns"]
