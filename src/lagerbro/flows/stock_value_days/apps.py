"""The Django app of the stock value's days."""

from __future__ import annotations

from django.apps import AppConfig


class StockValueDaysConfig(AppConfig):
    name = "lagerbro.flows.stock_value_days"
    label = "stock_value_days"
    default_auto_field = "django.db.models.BigAutoField"
