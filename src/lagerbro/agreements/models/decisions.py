"""What people have decided: answers on the settings page with their history, and approvals."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models

from lagerbro.agreements.models.agreement import AgreementOwned
from lagerbro.agreements.scope import ScopedManager


class Setting(AgreementOwned):
    """One decided answer on the settings page. `key` is a field of `books.choices.Choices`, or `map:row` inside one.

    A suggestion is not an answer and has no row (domain-rules A13, F3): it is computed when the page is made.
    """

    key = models.CharField(max_length=128)
    value = models.JSONField()
    decided_by = models.CharField(max_length=255, blank=True)
    decided_at = models.DateTimeField(null=True)

    in_scope = ScopedManager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["agreement", "key"], name="one_answer_per_question")
        ]


class SettingChange(AgreementOwned):
    """The history of a setting: who, when, what, from, to."""

    version = models.PositiveIntegerField()
    key = models.CharField(max_length=128)
    before: models.JSONField[Any, Any] = models.JSONField(null=True)
    after: models.JSONField[Any, Any] = models.JSONField(null=True)
    changed_by = models.CharField(max_length=255)
    changed_at = models.DateTimeField()

    in_scope = ScopedManager()


class Approval(AgreementOwned):
    """A person's word that something which looked wrong is right: *det er rigtigt* (domain-rules H38).

    It holds for one record (`kind`, `key`) while the `facts` that were looked at are the same. `document` is the key of
    the one on whose page it was said, `code` and `details` what was asked there. Rows are the history: one that is
    taken back stays, with who did so.
    """

    kind = models.CharField(max_length=32)
    key = models.CharField(max_length=64)
    facts = models.CharField(max_length=128)
    document = models.CharField(max_length=64)
    code = models.CharField(max_length=64)
    details: models.JSONField[Any, Any] = models.JSONField(default=dict)
    approved_by = models.CharField(max_length=255)
    approved_at = models.DateTimeField()
    withdrawn_by = models.CharField(max_length=255, blank=True, default="", db_default="")
    withdrawn_at = models.DateTimeField(null=True)

    in_scope = ScopedManager()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["agreement", "kind", "key", "facts"], name="approval_of_record")
        ]
