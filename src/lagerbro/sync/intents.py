"""The writes of one transfer: which were decided, which are known to have happened."""

from __future__ import annotations

from lagerbro.sync.models import Intent, IntentState, Transfer


class Intents:
    """The intents of one transfer as they were when its run began, and those that the run adds."""

    def __init__(self, transfer: Transfer) -> None:
        self._latest: dict[str, Intent] = {}
        if transfer.runs > 1:  # a first run has nothing behind it
            rows = Intent.objects.filter(transfer=transfer).order_by("try_epoch")
            self._latest = {row.step: row for row in rows}

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
