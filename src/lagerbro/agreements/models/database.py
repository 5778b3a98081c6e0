"""What the database says of itself: how new it is, and which keys open it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class DatabaseGeneration(models.Model):
    """One row that counts up while the program runs. Whoever remembers a higher number has seen a newer database."""

    number = models.PositiveBigIntegerField(default=0)

    objects: ClassVar[models.Manager[DatabaseGeneration]] = models.Manager()


class KeyCanary(models.Model):
    """A text sealed with a key that may have sealed other things: opened at every start, before anything else is.

    There is one for each such key, so that none of them can be missing unnoticed; `rotate-keys` takes those of older
    keys away when nothing is sealed with them any more.
    """

    sealed = models.BinaryField()
    made_at = models.DateTimeField()

    objects: ClassVar[models.Manager[KeyCanary]] = models.Manager()
