"""A note on the document in Rackbeat: its users see there what became of it (rackbeat-api 3.14).

One for each outcome that is another than before. It is written beside everything else: whatever becomes of it, the
transfer goes on, and a note that may be there is looked for first, as Rackbeat keeps no idempotency keys.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import structlog

from lagerbro.sync.outcome import Drafted, Outcome, Refusal, Skipped, Transferred
from lagerbro.sync.work import Work
from lagerbro.wire.errors import RemoteError

log = structlog.get_logger()

TEXT_MAX: Final = 2000
NOT_COMPARED: Final = frozenset({"message", "planned", "said", "system"})
"""Details that may differ while the outcome is the same."""


def note_outcome(work: Work, path: str, outcome: Outcome | Refusal) -> None:
    """Write the outcome on the document, unless it is the one that was there. `path`: of its kind in Rackbeat."""
    if isinstance(outcome, Skipped) or not _is_new(work, outcome):
        return
    voucher = outcome.link.economic_key if isinstance(outcome, Drafted | Transferred) and outcome.link else ""
    text = work.runtime.words(work.transfer, outcome.code, outcome.details, voucher)[:TEXT_MAX]
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
        is_first = work.transfer.runs == 1 and not work.must_look_first
        if is_first or all(note.sentence.strip() != text for note in notes.on(path, key)):
            notes.write(path, key, text)
    except RemoteError as error:  # the transfer itself has come to its end: nobody waits for a note
        log.warning("note_not_written", kind=work.transfer.kind, code=error.code)
