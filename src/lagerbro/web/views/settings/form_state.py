"""What the settings page is made from: the answers as they stand, what was typed over them, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.functional import cached_property

from lagerbro.agreements.answers import (
    UnreadableTextError,
    has_row,
    is_in_use,
    json_value,
    misfits,
    question_of,
    value_in,
    value_of,
)
from lagerbro.agreements.choices import as_choices
from lagerbro.agreements.directory import Directory
from lagerbro.agreements.fitness import Misfit
from lagerbro.agreements.models import Agreement, SettingChange
from lagerbro.agreements.questions import Section, unanswered_keys
from lagerbro.books.choices import NOT_USED, Choices
from lagerbro.web import formats
from lagerbro.web.views.settings.words import NOT_USED_WORD


@dataclass(frozen=True)
class FormState:
    """`texts`: what was typed and is not saved, by key. `theirs`: what somebody else saved in the meantime."""

    agreement: Agreement
    directory: Directory
    read_at: datetime | None
    answers: Mapping[str, Any]
    texts: Mapping[str, str] = field(default_factory=dict)
    complaints: Mapping[str, Misfit] = field(default_factory=dict)
    theirs: Mapping[str, SettingChange] = field(default_factory=dict)

    @cached_property
    def choices(self) -> Choices:
        """What is decided."""
        return as_choices(self.answers, self.agreement.settings_version)

    @cached_property
    def shown(self) -> Choices:
        """What would be decided if the page were saved now."""
        read = dict(self.answers)
        for key, text in self.texts.items():
            question = question_of(key)
            if question is None:
                continue
            try:
                value = value_of(question, text, self.directory)
            except UnreadableTextError:
                continue
            if value != value_in(self.choices, key):
                read[key] = json_value(value)
        decided = {key: value for key, value in read.items() if value is not None}
        return as_choices(decided, self.agreement.settings_version)

    @cached_property
    def unanswered_keys(self) -> frozenset[str]:
        return frozenset(unanswered_keys(self.shown, self.directory.cells))

    def unfit_in(self, section: Section) -> int:
        """How many of the section's answers, as they would be saved now, have an effect and cannot be used."""
        if self.read_at is None:  # nothing can be said against anything before the lists have been read
            return 0
        keys = {*self.answers, *self.texts}
        return sum(self._is_unfit(key) for key in keys if (one := question_of(key)) and one.section is section)

    def _is_unfit(self, key: str) -> bool:
        if not (is_in_use(key, self.shown) and has_row(key, self.directory)):
            return False
        return any(misfit.blocks for misfit in misfits(key, value_in(self.shown, key), self.directory)[:1])

    def text(self, key: str) -> str:
        """What stands in the field: what was typed, else what is decided."""
        return self.texts[key] if key in self.texts else text_of(value_in(self.choices, key))

    def value(self, key: str) -> Any:  # noqa: ANN401 - whatever the field's type is
        """What the field says, as far as it can be read."""
        return value_in(self.shown, key)

    def is_changed(self, key: str) -> bool:
        return key in self.texts and value_in(self.shown, key) != value_in(self.choices, key)


def text_of(value: object) -> str:
    """An answer as it stands in a field."""
    if value is None:
        return ""
    if value == NOT_USED:
        return str(NOT_USED_WORD)
    if isinstance(value, bool):
        return "on" if value else "off"
    return formats.amount(value) if isinstance(value, Decimal) else str(value)
