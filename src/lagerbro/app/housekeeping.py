"""What has to be tidied now and then, whoever visits: half-done installations, uninstalls that were heard of."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import datetime, time, timedelta
from types import TracebackType
from typing import Final, Self

import structlog
from django.conf import settings
from django.db import close_old_connections

from lagerbro.app.expired import forget_expired
from lagerbro.app.generation import advance
from lagerbro.app.logs import count_again
from lagerbro.connections.disconnecting import confirm_uninstalls
from lagerbro.connections.installations import cancel_expired
from lagerbro.connections.new_events import hear_new_events
from lagerbro.connections.probe import find_revoked_systems
from lagerbro.sync.clients import ClientFactory
from lagerbro.sync.schedules.timing import Daily
from lagerbro.sync.storage.pruning import prune
from lagerbro.web import storage_faults

log = structlog.get_logger()

GENERATION: Final = "generation"
EVERY_S: Final = 15.0
ENDS_WITHIN_S: Final = 35.0
HEARD_EVERY: Final = timedelta(hours=1)
"""How often agreements are looked at that do not hear of everything; first when the program starts."""
PRUNED: Final = Daily(time(3, 30))
"""When old bodies begin to be let go of: a piece in every round, until there is nothing left to let go of."""


def tidy(factory: ClientFactory) -> None:
    """One round. Any number of processes may do it at once; a part that fails keeps no other part from being done."""
    now = factory.clock.now()
    parts: dict[str, Callable[[], object]] = {
        GENERATION: lambda: advance(settings.LAGERBRO_HOME, now),
        "installations": lambda: cancel_expired(now, factory),
        "uninstalls": lambda: confirm_uninstalls(factory),
        "revoked_systems": lambda: find_revoked_systems(factory),
        "expired": lambda: forget_expired(now),
    }
    for name, part in parts.items():
        try:
            part()
        except Exception as error:  # the edge of a part: the next round may do better
            storage_faults.note(error)
            log.exception("housekeeping_failed", part=name)
        else:
            if name == GENERATION:  # it has written
                storage_faults.note_stored()


class Housekeeping:
    """A thread that tidies while the context lasts."""

    def __init__(self, factory: ClientFactory) -> None:
        self._factory = factory
        self._leaving = threading.Event()
        self._thread = threading.Thread(target=self._run, name="housekeeping", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._leaving.set()
        self._thread.join(ENDS_WITHIN_S)

    def _run(self) -> None:
        night, hearing = PRUNED.next_after(self._factory.clock.now()), self._factory.clock.now()
        while not self._leaving.is_set():
            close_old_connections()
            tidy(self._factory)
            night, hearing = self._prune(night), self._hear(hearing)
            count_again()
            self._leaving.wait(EVERY_S)
        close_old_connections()

    def _hear(self, due: datetime) -> datetime:
        """Ask for events that an earlier release did not know, if it is time for it; answers when that is next."""
        now = self._factory.clock.now()
        if now < due:
            return due
        try:
            hear_new_events(self._factory)
        except Exception:  # the edge of a thread: the next hour may do better
            log.exception("housekeeping_failed", part="new_events")
        return now + HEARD_EVERY

    def _prune(self, night: datetime) -> datetime:
        """Go on letting go of what is old, if it is time for it; answers when that is next."""
        now = self._factory.clock.now()
        try:
            return night if now < night or prune(now) else PRUNED.next_after(now)
        except Exception:  # the edge of a thread: the next round may do better
            log.exception("housekeeping_failed", part="prune")
            return night
