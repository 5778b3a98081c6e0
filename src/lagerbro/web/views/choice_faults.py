"""Choices of the settings that can no longer work: an account that was barred, a journal that was deleted.

Read from the lists that are kept here: no call is made. Inside the agreement's scope.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from lagerbro.agreements import directories
from lagerbro.agreements.answers import has_row, misfits, question_of
from lagerbro.agreements.choices import answers_of, as_choices
from lagerbro.agreements.directory import Directory
from lagerbro.agreements.fitness import Misfit
from lagerbro.agreements.models import Agreement, AgreementState
from lagerbro.agreements.questions import anchor
from lagerbro.web.sentences.settings import CHOICE, MORE_CHOICES
from lagerbro.web.sentences.words import Message, message_of
from lagerbro.web.views.settings.telling import label_of, said
from lagerbro.web.views.settings.words import told

LISTED_MAX: Final = 5
"""Choices that get a notice of their own; the settings page shows them all."""


@dataclass(frozen=True, slots=True)
class ChoiceFault:
    """`target`: the place on the settings page where another is chosen."""

    told: Message
    target: str = ""


def choice_faults(agreement: Agreement) -> list[ChoiceFault]:
    """What an active agreement has chosen and cannot use, as far as the kept lists tell."""
    copy = directories.stored_directory(agreement) if agreement.state == AgreementState.ACTIVE else None
    if copy is None:
        return []
    directory, _read_at = copy
    found = list(_unfit(agreement, directory))
    listed = [_fault(key, value, misfit, directory) for key, value, misfit in found[:LISTED_MAX]]
    others = len(found) - len(listed)
    return listed if not others else [*listed, ChoiceFault(message_of(MORE_CHOICES, "", "", {"n": str(others)}))]


def _unfit(agreement: Agreement, directory: Directory) -> Iterator[tuple[str, Any, Misfit]]:
    """The decided answers that have an effect and are blocked, each with the first reason."""
    answers = answers_of()
    choices = as_choices(answers, agreement.settings_version)
    for key, value in sorted(answers.items()):
        question = question_of(key)
        if question is None or not question.has_effect(choices) or not has_row(key, directory):
            continue
        for misfit in misfits(key, value, directory)[:1]:
            if misfit.blocks:
                yield key, value, misfit


def _fault(key: str, value: Any, misfit: Misfit, directory: Directory) -> ChoiceFault:  # noqa: ANN401 - an answer
    details = {"label": label_of(key, directory), "choice": said(key, value, directory), "misfit": told(misfit)}
    return ChoiceFault(message_of(CHOICE, misfit.code, key, details), anchor(key))
