"""The addresses of the product."""

from __future__ import annotations

from lagerbro.web.urls import handler404, handler500, urlpatterns

__all__ = ["handler404", "handler500", "urlpatterns"]
