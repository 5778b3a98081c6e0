"""A note on the document in Rackbeat: its users see there what became of it (rackbeat-api 3.14).

One for each outcome that is another than before. It is written beside everything else: whatever becomes of it, the
transfer goes on, and a note that may be there is looked for first, as Rackbeat keeps no idempotency keys.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import structlog

from lagerbro.sync.flow import Flow
from lagerbro.sync.outcome import Drafted, Outcome, Refusal, Skipped, Transferred
from lagerbro.sync.runtime import NoteContent
from lagerbro.sync.work import Work
from lagerbro.wire.errors import RemoteError

log = structlog.get_logger()

NOT_COMPARED: Final = frozenset({"message", "planned", "said", "system"})
"""Details that may differ while the outcome is the same."""
_ADDRESS: Final = " http"
"""What begins the address at the end of a note: the same outcome may be told with another."""


@dataclass(frozen=True, slots=True)
class NotedFlow:
    """A flow whose outcome is written on the document. `path`: of its kind in Rackbeat."""

    flow: Flow
    path: str

    @property
    def kind(self) -> str:
        return self.flow.kind

    @property
    def rank(self) -> int:
        return self.flow.rank

    def run(self, work: Work) -> Outcome:
        try:
            outcome = self.flow.run(work)
        except Refusal as refusal:
            _note(work, self.path, refusal)
            raise
        if not isinstance(outcome, Skipped):
            _note(work, self.path, outcome)
        return outcome


def _note(work: Work, path: str, outcome: Drafted | Transferred | Refusal) -> None:
    """Write the outcome on the document, unless it is the one that was there."""
    if not _is_new(work, outcome):
        return
    made = None if isinstance(outcome, Refusal) else outcome.link
    text = work.runtime.words(NoteContent(work.agreement, work.transfer, outcome.code, outcome.details, made))
    if text:
        _write(work, path, text)


def _is_new(work: Work, outcome: Drafted | Transferred | Refusal) -> bool:
    """Another reason than the one that is stored, or something that was made just now."""
    if isinstance(outcome, Drafted | Transferred) and outcome.link is not None:
        return True
    before = work.transfer
    return bool(outcome.code) and (outcome.code, _compared(outcome.details)) != (before.code, _compared(before.details))


def _compared(details: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in details.items() if name not in NOT_COMPARED}


def _write(work: Work, path: str, text: str) -> None:
    """A first run has written nothing yet, if nothing was forgotten; any other looks first."""
    notes, key = work.clients.rackbeat.notes, work.transfer.key
    try:
        # looking costs a call for each document of the day; only a first run that forgot nothing can do without
        is_first = work.transfer.runs == 1 and not work.must_look_first
        if is_first or all(_bare(note.sentence) != _bare(text) for note in notes.on(path, key)):
            notes.write(path, key, text)
    except RemoteError as error:  # the transfer itself has come to its end: nobody waits for a note
        log.warning("note_not_written", kind=work.transfer.kind, code=error.code)


def _bare(text: str) -> str:
    before, _, _ = text.rpartition(_ADDRESS)
    return (before or text).strip()
