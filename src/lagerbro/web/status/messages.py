"""What is said of one record: the sentence of its code, or of its waiting too long."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Protocol

from lagerbro.sync.reasons import reasons_of
from lagerbro.web.sentences import SENTENCES
from lagerbro.web.sentences.overdue import NOT_BEGUN, TRIED, remedy
from lagerbro.web.sentences.records import named, within
from lagerbro.web.sentences.words import Message, message_of
from lagerbro.web.status.chains import CAUSE, Coded, details_of_cause, root_named


class Recorded(Coded, Protocol):
    """A transfer, or as much of one as its sentence needs."""

    @property
    def failures(self) -> int: ...


def message_for(record: Recorded, *, is_overdue: bool) -> Message | None:
    """What happened, why, and what to do; None where nothing is to be said.

    What waits too long is told by the cause of its latest failure, and the remedy is no longer to wait.
    """
    if not is_overdue and not record.code:
        return None
    message = _message(record, record.code, record.details)
    if not is_overdue:
        return message
    tried = f" {TRIED % {'n': record.failures}}" if record.failures > 1 else ""
    return replace(message, why=f"{message.why}{tried}", do=str(remedy(record.code)))


def further_messages(record: Recorded) -> list[Message]:
    """What is told of it after the sentence of its code."""
    return [_message(record, one.code, one.details) for one in reasons_of(record.code, record.details)[1:]]


def _message(record: Recorded, code: str, details: Mapping[str, str]) -> Message:
    sentence = SENTENCES.get(code) if code else NOT_BEGUN
    known = {**details, "record": named(record.kind, record.key, record.document_type)}
    if CAUSE in known:
        known[CAUSE] = _why(details)
    root = root_named(code, details)
    if root is not None:
        known["root"] = within(*root)
    return message_of(sentence, code, record.key, known)


def _why(details: Mapping[str, str]) -> str:
    """Why the other record stands still, in a sentence."""
    theirs = details_of_cause(details)
    if CAUSE in theirs:  # a chain: what it waits for waits itself
        theirs[CAUSE] = _why(theirs)
    return message_of(SENTENCES.get(details[CAUSE]), details[CAUSE], "", theirs).why
