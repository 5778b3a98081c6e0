"""The history of the settings in words: which question, from what, to what."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from lagerbro.agreements.answers import NamedRecord
from lagerbro.agreements.directory import Directory
from lagerbro.agreements.models import SettingChange
from lagerbro.agreements.questions import BY_KEY, Control, anchor
from lagerbro.books.choices import NOT_USED
from lagerbro.books.zones import Zone
from lagerbro.web.sentences.details import ZONES
from lagerbro.web.views.settings.grid import row_name
from lagerbro.web.views.settings.split_table import split_label
from lagerbro.web.views.settings.words import LABELS, NOT_USED_WORD, OPTIONS, SECTIONS, Words
from lagerbro.wire.texts import isolated


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One change, told."""

    section: Words
    label: str
    before: str
    after: str
    by: str
    at: datetime
    anchor: str


def change_line(change: SettingChange, directory: Directory) -> ChangeLine:
    """The change in words; numbers get the names that they have today."""
    name = change.key.partition(":")[0]
    question = BY_KEY.get(name)
    return ChangeLine(
        section=SECTIONS[question.section] if question else "",
        label=label_of(change.key, directory),
        before=answer_in_words(change.key, change.before, directory),
        after=answer_in_words(change.key, change.after, directory),
        by=change.changed_by,
        at=change.changed_at,
        anchor=anchor(change.key),
    )


def label_of(key: str, directory: Directory) -> str:
    """What a field is called, with its row and column."""
    name, _sep, row = key.partition(":")
    question = BY_KEY.get(name)
    if question is None:
        return key
    if question.control is Control.GRID:
        group, _dot, zone = row.partition(".")
        return f"{isolated(str(row_name(group, directory)))}, {ZONES[Zone(zone)]}"
    if question.control is Control.SPLIT:
        return split_label(row, directory)
    if question.control is Control.MATCHING:
        layout = directory.rackbeat_layouts.get(int(row))
        return f"{SECTIONS[question.section]}: {isolated(layout.name) if layout else row}"
    return str(LABELS[name].label)


def answer_in_words(key: str, value: Any, directory: Directory) -> str:  # noqa: ANN401 - JSON
    """An answer in words."""
    question = BY_KEY.get(key.partition(":")[0])
    if isinstance(value, bool):
        return str(_("turned on")) if value else str(_("turned off"))
    if value is None:
        return str(_("not chosen"))
    if value == NOT_USED:
        return str(NOT_USED_WORD)
    if question is None:
        return str(value)
    if question.control is Control.OPTION:
        return str(OPTIONS.get(str(value), value))
    return _named(question.control, value, directory)


_REGISTERS: Final[Mapping[Control, Callable[[Directory], Mapping[Any, NamedRecord]]]] = {
    Control.ACCOUNT: lambda directory: directory.accounts,
    Control.GRID: lambda directory: directory.accounts,
    Control.SPLIT: lambda directory: directory.accounts,
    Control.JOURNAL: lambda directory: directory.journals,
    Control.LAYOUT: lambda directory: directory.layouts,
    Control.MATCHING: lambda directory: directory.layouts,
    Control.ITEM: lambda directory: directory.items,
}


def _named(control: Control, value: Any, directory: Directory) -> str:  # noqa: ANN401 - JSON
    register = _REGISTERS.get(control)
    row = register(directory).get(value) if register else None
    return f"{value} {isolated(row.name)}" if row is not None else str(value)
