"""What is said of one record: the sentence of its code, or of its waiting too long."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Protocol

from lagerbro.sync.telling import every_told
from lagerbro.web.sentences import SENTENCES
from lagerbro.web.sentences.overdue import NOT_BEGUN, TRIED, remedy
from lagerbro.web.sentences.words import Told, tell


class Recorded(Protocol):
    """A transfer, or as much of one as its sentence needs."""

    @property
    def key(self) -> str: ...
    @property
    def code(self) -> str: ...
    @property
    def details(self) -> Mapping[str, str]: ...
    @property
    def failures(self) -> int: ...


def told_of(record: Recorded, *, is_overdue: bool) -> Told | None:
    """What happened, why, and what to do; None where nothing is to be said.

    What waits too long is told by the cause of its latest failure, and the remedy is no longer to wait.
    """
    if not is_overdue:
        return tell(SENTENCES.get(record.code), record.code, record.key, record.details) if record.code else None
    sentence = SENTENCES.get(record.code) if record.code else NOT_BEGUN
    told = tell(sentence, record.code, record.key, record.details)
    tried = f" {TRIED % {'n': record.failures}}" if record.failures > 1 else ""
    return replace(told, why=f"{told.why}{tried}", do=str(remedy(record.code)))


def told_besides(record: Recorded) -> list[Told]:
    """What is told of it after the sentence of its code."""
    others = every_told(record.code, record.details)[1:]
    return [tell(SENTENCES.get(one.code), one.code, record.key, one.details) for one in others]
