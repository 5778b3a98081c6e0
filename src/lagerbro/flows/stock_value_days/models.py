"""The stock value of one day, and the latest look at both systems (docs/decisions 0029)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, ClassVar

from django.db import models

from lagerbro.agreements.models import AgreementOwned
from lagerbro.agreements.scope import ScopedManager
from lagerbro.sync.amounts import AmountField


class StockValueDay(AgreementOwned):
    """What stood on a stock account and in Rackbeat at the end of a day, in the base currency, as it was read then.

    `value` is Rackbeat's. The rest is there when a run has seen the day: `booked` is the balance until the day,
    `newest_entry` the highest number among the booked entries that made it, and `standing` what our unbooked drafts did
    to the account when the run had ended, by the day that they are of. `choices_version` are the settings by which the
    account had a part of the stock value: for one that holds none any more, those before it was left.
    """

    epoch = models.PositiveIntegerField()
    account = models.PositiveIntegerField()
    day = models.DateField()
    value: models.Field[Decimal, Decimal] = AmountField()
    booked: models.Field[Decimal | None, Decimal | None] = AmountField(null=True)
    newest_entry = models.PositiveBigIntegerField(null=True)
    standing: models.JSONField[Any, Any] = models.JSONField(default=dict)
    read_at = models.DateTimeField()
    choices_version = models.PositiveIntegerField(null=True)

    in_scope = ScopedManager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["agreement", "epoch", "account", "day"], name="one_value_per_account_and_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.account} {self.day}"


class StockValueReading(AgreementOwned):
    """The latest look at both systems, as JSON of `flows.stock_value_report.report.StockReport`, read at `read_at`."""

    content = models.BinaryField()
    read_at = models.DateTimeField()

    in_scope = ScopedManager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["agreement"], name="one_reading_per_agreement")
        ]
