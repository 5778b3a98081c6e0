"""The writes of one transfer: which were decided, which are known to have happened."""

from __future__ import annotations

from lagerbro.sync.models import Intent, IntentState, Transfer

_OF_TRANSFER = "SELECT * FROM sync_intent WHERE transfer_id = %s ORDER BY try_epoch"


class Intents:
    """The intents of one transfer as they were when its run began, and those that the run adds."""

    def __init__(self, transfer: Transfer) -> None:
        self._latest: dict[str, Intent] = {}
        if transfer.runs > 1:  # a first run has nothing behind it
            self._latest = {row.step: row for row in Intent.objects.raw(_OF_TRANSFER, (transfer.pk,))}

    def latest(self, step: str) -> Intent | None:
        return self._latest.get(step)

    def add(self, intent: Intent) -> None:
        self._latest[intent.step] = intent

    def next_try(self, step: str) -> int:
        latest = self._latest.get(step)
        return latest.try_epoch + 1 if latest else 1

    def unfinished(self) -> list[Intent]:
        """Those whose outcome still matters."""
        return [row for row in self._latest.values() if row.state in (IntentState.OPEN, IntentState.CONFIRMED)]
