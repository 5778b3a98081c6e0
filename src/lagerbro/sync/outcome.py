"""What a run of a flow comes to. Failures are data: a kind, a stable code and the details its sentence needs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from lagerbro.books.totals import Amounts
from lagerbro.wire.errors import FailureKind, RemoteError


@dataclass(frozen=True, slots=True)
class LinkFacts:
    """What is to be remembered of a record that is the same in both systems. `rackbeat_key`: of one that was born in
    e-conomic, whose transfer bears e-conomic's number; empty for any other."""

    economic_kind: str
    economic_key: str
    version: str
    name: str = ""
    currency: str = ""
    rackbeat: Amounts | None = None
    economic: Amounts | None = None
    rackbeat_key: str = ""


@dataclass(frozen=True, slots=True)
class Transferred:
    """The record is in e-conomic as its settings ask for. `link` is None when nothing had to change.

    `needs_person`: it is there for good, and a person has to see to it all the same. `follows`: the (kind, key) records
    that can go on behind it and are asked for with it.
    """

    link: LinkFacts | None = None
    code: str = ""
    details: Mapping[str, str] = field(default_factory=dict)
    needs_person: bool = False
    follows: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Drafted:
    """A draft stands in e-conomic and stays one. With a `code` a person has to look at it, or is only told."""

    link: LinkFacts | None = None
    code: str = ""
    details: Mapping[str, str] = field(default_factory=dict)
    needs_person: bool = True
    follows: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Skipped:
    """There is nothing to transfer, and `code` says why. `is_forgotten`: nobody needs to know that it was looked at,
    and no transfer is kept of it."""

    code: str
    details: Mapping[str, str] = field(default_factory=dict)
    is_forgotten: bool = False


Outcome = Transferred | Drafted | Skipped


class Refusal(Exception):  # noqa: N818 - it is a result of a rule, not a fault
    """A flow cannot go on. `kind` says who can change that, `code` and `details` make the sentence."""

    def __init__(self, code: str, kind: FailureKind = FailureKind.CONFIG, **details: str) -> None:
        super().__init__(code)
        self.code = code
        self.kind = kind
        self.details = details


class WaitsFor(Exception):  # noqa: N818 - as above
    """The transfer goes on when these (kind, key) records have been transferred."""

    def __init__(self, records: tuple[tuple[str, str], ...]) -> None:
        super().__init__(records)
        self.records = records


class OutcomePending(Exception):  # noqa: N818 - as above
    """A write with unknown outcome is left alone until `until`. `error`: what was answered, or why nothing was."""

    def __init__(self, until: datetime, code: str = "outcome_unknown", *, error: RemoteError | None = None) -> None:
        super().__init__(code)
        self.until = until
        self.code = code
        self.error = error


class ClaimLostError(Exception):
    """Another worker has taken the transfer over: whatever this one still wanted to store is void."""
