"""Choices of the settings that can no longer work: an account that was barred, a journal that was deleted.

Read from the lists that are kept here: no call is made. Inside the agreement's scope.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from lagerbro.agreements import directories
from lagerbro.agreements.answers import has_row, is_in_use, misfits, question_of, value_in
from lagerbro.agreements.choices import answers_of, as_choices
from lagerbro.agreements.directory import Directory
from lagerbro.agreements.fitness import Misfit
from lagerbro.agreements.models import Agreement, AgreementState
from lagerbro.agreements.questions import Section, anchor
from lagerbro.web.sentences.settings import CHOICE, MORE_CHOICES
from lagerbro.web.sentences.words import Message, message_of
from lagerbro.web.views.settings.change_lines import answer_in_words, label_of
from lagerbro.web.views.settings.misfit_words import misfit_text

LISTED_MAX: Final = 5
"""Choices that get a notice of their own; the settings page shows them all."""


@dataclass(frozen=True, slots=True)
class ChoiceFault:
    """`target`: the place on the settings page where another is chosen."""

    message: Message
    target: str = ""


@dataclass(frozen=True, slots=True)
class _UnfitChoice:
    """A decided answer, and the first reason for which it cannot be used."""

    key: str
    value: Any
    misfit: Misfit
    section: Section


def choice_faults(agreement: Agreement, section: Section | None = None) -> list[ChoiceFault]:
    """What an active agreement has chosen and cannot use, as far as the kept lists tell; of one section, or of all."""
    copy = directories.stored_directory(agreement) if agreement.state == AgreementState.ACTIVE else None
    if copy is None:
        return []
    directory, _read_at = copy
    unfit = [one for one in _unfit_choices(agreement, directory) if section in (None, one.section)]
    listed = [_fault(choice, directory) for choice in unfit[:LISTED_MAX]]
    others = len(unfit) - len(listed)
    return listed if not others else [*listed, ChoiceFault(message_of(MORE_CHOICES, "", "", {"n": str(others)}))]


def _unfit_choices(agreement: Agreement, directory: Directory) -> Iterator[_UnfitChoice]:
    """The decided answers that have an effect and are blocked, each with the first reason."""
    answers = answers_of()
    choices = as_choices(answers, agreement.settings_version)
    for key in sorted(answers):
        question = question_of(key)
        if question is None or not is_in_use(key, choices) or not has_row(key, directory):
            continue
        value = value_in(choices, key)  # amounts are kept as texts
        for misfit in misfits(key, value, directory)[:1]:
            if misfit.blocks:
                yield _UnfitChoice(key, value, misfit, question.section)


def _fault(choice: _UnfitChoice, directory: Directory) -> ChoiceFault:
    details = {
        "label": label_of(choice.key, directory),
        "choice": answer_in_words(choice.key, choice.value, directory),
        "misfit": misfit_text(choice.misfit),
    }
    return ChoiceFault(message_of(CHOICE, choice.misfit.code, choice.key, details), anchor(choice.key))
