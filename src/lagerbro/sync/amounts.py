"""Amounts in the database: whole øre, so that no database can round them."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import models

from lagerbro.money import rounded

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper
    from django.db.models.expressions import Expression


class FractionOfOreError(ValueError):
    """An amount finer than an øre was about to be stored as money."""


class AmountField(models.BigIntegerField):  # type: ignore[type-arg]  # holds Decimals, is stored as integers
    """A `Decimal` with two decimals, stored as an integer of hundredths. Finer amounts raise `FractionOfOreError`."""

    def get_prep_value(self, value: object) -> object:
        if not isinstance(value, Decimal):
            return value
        if rounded(value) != value:
            raise FractionOfOreError(f"{value} is finer than an øre")
        return int(value.scaleb(2))

    def from_db_value(
        self, value: int | None, _expression: Expression, _connection: BaseDatabaseWrapper
    ) -> Decimal | None:
        return None if value is None else Decimal(value).scaleb(-2)
