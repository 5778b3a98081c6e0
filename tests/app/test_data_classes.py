"""docs/data.md says of every table which class it is in."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db.models import Model

from lagerbro.agreements.secrets import SecretField

TABLE = (Path(__file__).parents[2] / "docs" / "data.md").read_text("utf-8")
CLASSES = {
    name: kind
    for tables, kind in re.findall(r"^\| (`.*?) \| (\w+) \|", TABLE, re.M)
    for name in re.findall(r"`(\w+)`", tables)
}


QUEUE = {"procrastinate_events", "procrastinate_jobs", "procrastinate_periodic_defers", "procrastinate_workers"}
"""On PostgreSQL only."""


def tables() -> dict[str, type[Model]]:
    return {model._meta.db_table: model for model in apps.get_models()}


def test_every_table_is_in_a_class_and_none_that_is_not_there() -> None:
    assert CLASSES.keys() == tables().keys() | QUEUE
    assert set(CLASSES.values()) == {"secret", "personal", "business", "running"}


def test_what_is_sealed_is_called_secret() -> None:
    def has_secret(fields: Any) -> bool:
        return any(isinstance(field, SecretField) for field in fields)

    sealed = {name for name, model in tables().items() if has_secret(model._meta.get_fields())}
    assert {CLASSES[name] for name in sealed} == {"secret"}
