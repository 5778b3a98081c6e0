"""Chains of records that stand still: what waits for another is told with that one, where the button is.

An invoice waits for its supplier, the supplier for its group: what is settled at the root goes on by itself all
the way.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, Protocol, TypeVar

from django.utils.translation import gettext as _

from lagerbro.web.sentences.causes.cause import ANY_RECORDS, RECORDS
from lagerbro.web.sentences.records import within

WAITS: Final = "_not_transferred"
"""What the code of a record ends with that waits for another; the kind stands before it, the key in the details."""
CAUSE: Final = "cause"
"""The detail that is another record's code; that record's own details stand beside it as `cause_…`."""


class Coded(Protocol):
    """A record with the reason for where it stands."""

    @property
    def kind(self) -> str: ...
    @property
    def document_type(self) -> str: ...
    @property
    def key(self) -> str: ...
    @property
    def code(self) -> str: ...
    @property
    def details(self) -> Mapping[str, str]: ...


class Link(Coded, Protocol):
    """A record that stands still, as far as chains go."""

    @property
    def pk(self) -> int: ...


LinkT = TypeVar("LinkT", bound=Link)


def roots(rows: Sequence[LinkT]) -> dict[int, LinkT]:
    """For each that waits for another of them: the one at the end of its chain, by the waiting one's `pk`."""
    known = {(row.kind, row.key): row for row in rows}
    root_by_key: dict[int, LinkT] = {}
    for row in rows:
        root, passed = row, {row.pk}
        while (above := known.get(_waits_for(root))) is not None and above.pk not in passed:
            root = above
            passed.add(above.pk)
        if root is not row:
            root_by_key[row.pk] = root
    return root_by_key


def root_named(code: str, details: Mapping[str, str]) -> tuple[str, str] | None:
    """The kind and key of the record at the end of a chain, as the details of one that waits name it; None where it
    waits for no other."""
    root = None
    while code.endswith(WAITS):
        root = code.removesuffix(WAITS), details.get("key", "–")
        code, details = details.get(CAUSE, ""), details_of_cause(details)
    return root


def details_of_cause(details: Mapping[str, str]) -> dict[str, str]:
    """The details of the record that is waited for."""
    prefix = f"{CAUSE}_"
    return {name.removeprefix(prefix): value for name, value in details.items() if name.startswith(prefix)}


def waiting_sentence(rows: Sequence[Link], *, is_partial: bool) -> str:
    """What waits behind a cause, in a sentence; nothing where nothing does."""
    if not rows:
        return ""
    kinds: dict[str, list[Link]] = {}
    for row in rows:
        kinds.setdefault(row.document_type or row.kind, []).append(row)
    listed = ", ".join(
        _listed_records(kind, same) for kind, same in sorted(kinds.items(), key=lambda one: -len(one[1]))
    )
    if is_partial:
        return _("Behind it wait at least: %(records)s. They follow by themselves.") % {"records": listed}
    return _("Behind it wait: %(records)s. They follow by themselves.") % {"records": listed}


def _listed_records(kind: str, same: Sequence[Link]) -> str:
    if len(same) == 1:
        return within(kind, same[0].key)
    return str(RECORDS.get(kind, ANY_RECORDS)) % {"n": len(same)}


def _waits_for(row: Link) -> tuple[str, str]:
    """The kind and key of what it waits for; nothing's where it waits for nothing."""
    if not row.code.endswith(WAITS):
        return "", ""
    return row.code.removesuffix(WAITS), row.details.get("key", "")
