"""Several things to be told of one transfer: the first is its code, the others travel in its details."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

ALSO: Final = "also"


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing: a stable code and what its sentence needs."""

    code: str
    details: Mapping[str, str] = field(default_factory=dict)


def combined_reason(reasons: Sequence[Reason]) -> Reason:
    """All of them as one; an empty code where there is nothing to be told."""
    if not reasons:
        return Reason("")
    first, *others = reasons
    also = [[other.code, dict(other.details)] for other in others]
    return Reason(first.code, {**first.details, **({ALSO: json.dumps(also)} if also else {})})


def reasons_of(code: str, details: Mapping[str, str]) -> list[Reason]:
    """What `combined_reason` made one of, apart again."""
    others = json.loads(details.get(ALSO) or "[]")
    first = Reason(code, {name: value for name, value in details.items() if name != ALSO})
    return [first, *(Reason(other, named) for other, named in others)] if code else []
