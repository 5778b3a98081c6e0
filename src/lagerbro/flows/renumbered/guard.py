"""Before a record is made in e-conomic: whether it stands there under another number, where it would be doubled.

A balance that is spread over two customers is nobody's wish, so a person decides: the number is changed in the other
system as well, or the record is made as a new one. Costs nothing unless something is made.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from lagerbro.economic.registers import Records
from lagerbro.flows.renumbered.memory import earlier_numbers
from lagerbro.sync.decisions.making_anew import is_to_be_made_anew
from lagerbro.sync.models import Link
from lagerbro.sync.outcome import Refusal
from lagerbro.sync.work import Work
from lagerbro.wire.errors import FailureKind

NAMESAKES_MAX: Final = 3
"""Records of the same name that are looked at."""


@dataclass(frozen=True, slots=True)
class NumberGuard:
    """`is_in_rackbeat`: whether Rackbeat has a record of that number."""

    work: Work
    key: str
    name: str
    records: Records
    is_in_rackbeat: Callable[[str], bool]

    def __call__(self) -> None:
        """Raises `Refusal` where a person has to decide first."""
        work, kind = self.work, self.work.transfer.kind
        link = work.links.get(kind, self.key)
        since = link.changed_at if link is not None else work.agreement.ledger_since
        if is_to_be_made_anew(work.agreement, kind, self.key, since):
            return
        refusal = self._renumbered_in_economic() if link is not None else self._renumbered_in_rackbeat()
        if refusal is not None:
            raise refusal

    def _renumbered_in_economic(self) -> Refusal | None:
        """It was there: under another number now, that no record of Rackbeat's has?"""
        for number in self.records.numbers_of(self.name, NAMESAKES_MAX):
            if number != self.key and self.work.links.get(self.work.transfer.kind, number) is None:
                details = {"number": self.key, "other": number}
                return Refusal("renumbered_in_economic", FailureKind.CONFIG, **details)
        return None

    def _renumbered_in_rackbeat(self) -> Refusal | None:
        """It is new: or one that e-conomic has under the number that Rackbeat had it under before?"""
        kind, links = self.work.transfer.kind, self.work.links
        transferred = [one for one in earlier_numbers(links, kind, self.key) if links.get(kind, one) is not None]
        for number in transferred or [link.rackbeat_key for link in self._namesakes()]:
            if not self.is_in_rackbeat(number) and self.records.raw(number) is not None:
                return Refusal("renumbered_in_rackbeat", FailureKind.CONFIG, number=self.key, old=number)
        return None

    def _namesakes(self) -> list[Link]:
        return self.work.links.of_name(self.work.transfer.kind, self.name, NAMESAKES_MAX)
