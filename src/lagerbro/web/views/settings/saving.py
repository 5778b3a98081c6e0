"""Saving the settings: checked against the living agreement in one go, safe under two people, all or nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from django.utils import timezone

from lagerbro.agreements.answers import ReadAnswers, checked_answers, json_value, read_texts
from lagerbro.agreements.choices import (
    ChangedMeanwhileError,
    answers_before,
    answers_of,
    as_choices,
    changes_since,
    decide,
)
from lagerbro.agreements.directory import Directory
from lagerbro.agreements.fitness import Misfit
from lagerbro.agreements.models import Agreement, SettingChange
from lagerbro.agreements.questions import BY_KEY, Control
from lagerbro.books.choices import Choices
from lagerbro.web.views.settings.submitted import SubmittedForm

ITEM_KEYS: Final = tuple(key for key, question in BY_KEY.items() if question.control is Control.ITEM)


@dataclass(frozen=True, slots=True)
class Saved:
    """What came of it. Nothing was saved unless `done`; then `count` says how much."""

    done: bool
    count: int = 0
    complaints: Mapping[str, Misfit] = field(default_factory=dict)
    vanished: Mapping[str, str] = field(default_factory=dict)
    theirs: Mapping[str, SettingChange] = field(default_factory=dict)
    sign_in_needed: bool = False


def items_named(answers: Mapping[str, Any], texts: Mapping[str, str]) -> tuple[str, ...]:
    """The items of Rackbeat's catalogue that must be looked up for a page."""
    named = {str(answers[key]) for key in ITEM_KEYS if answers.get(key)}
    return tuple(sorted(named | {texts[key] for key in ITEM_KEYS if texts.get(key)}))


def merged(
    typed: SubmittedForm, answers: Mapping[str, Any], directory: Directory
) -> tuple[dict[str, str], list[SettingChange]]:
    """The texts that say something of their own, and what others have saved since the form was made.

    A text that says what the form was made with was not typed: there the newer answer shows.
    """
    changes = changes_since(typed.version)
    if not changes:
        return dict(typed.texts), []
    base = as_choices(answers_before(answers, changes), typed.version)
    reading = read_texts(typed.texts, base, directory)
    own = {*reading.values, *reading.complaints, *reading.vanished}
    return {key: text for key, text in typed.texts.items() if key in own}, changes


def save(
    agreement: Agreement,
    typed: SubmittedForm,
    directory: Directory,
    *,
    by: str,
    at: datetime | None = None,
    may_decide: bool = True,
) -> Saved:
    """Save what was typed, or say why not. `may_decide`: whether the person may decide about accounts and booking."""
    answers = answers_of()
    choices = as_choices(answers, agreement.settings_version)
    if typed.version != agreement.settings_version:
        _texts, changes = merged(typed, answers, directory)
        return Saved(done=False, theirs=_latest(changes))
    reading = _read(agreement, typed, choices, directory)
    if reading.complaints:
        return Saved(done=False, complaints=reading.complaints, vanished=reading.vanished)
    if not may_decide and needs_sign_in(reading.values):
        return Saved(done=False, vanished=reading.vanished, sign_in_needed=True)
    wanted = {key: json_value(value) for key, value in reading.values.items()}
    try:
        count = decide(agreement, wanted, by=by, at=at or timezone.now(), version=typed.version)
    except ChangedMeanwhileError:
        return Saved(done=False, theirs=_latest(changes_since(typed.version)))
    return Saved(done=True, count=count, vanished=reading.vanished)


def needs_sign_in(values: Mapping[str, Any]) -> bool:
    """Whether among the changes is one of accounts, or one that lets invoices be booked by themselves."""
    return any(_is_decision_of_accounts(key) for key in values)


def _is_decision_of_accounts(key: str) -> bool:
    name = key.partition(":")[0]
    return name == "book_on_booking" or BY_KEY[name].control in (Control.ACCOUNT, Control.GRID, Control.SPLIT)


def _read(agreement: Agreement, typed: SubmittedForm, choices: Choices, directory: Directory) -> ReadAnswers:
    reading = read_texts(typed.texts, choices, directory)
    used = agreement.startup_used_at is not None
    checked = checked_answers(reading, choices, directory, startup_used=used)
    if choices.startup_sync and used and checked.values.get("startup_sync") is False:
        # The tick has done its work; taking it back would only blur the history.
        return ReadAnswers(
            {k: v for k, v in checked.values.items() if k != "startup_sync"}, checked.complaints, checked.vanished
        )
    return checked


def _latest(changes: list[SettingChange]) -> dict[str, SettingChange]:
    """The newest change of each key, saying where it began."""
    latest: dict[str, SettingChange] = {}
    for change in changes:
        if change.key in latest:
            latest[change.key].before = change.before
        else:
            latest[change.key] = change
    return latest
