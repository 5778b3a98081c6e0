"""Several things to be told of one transfer: the first is its code, the others travel in its details."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

ALSO: Final = "also"


@dataclass(frozen=True, slots=True)
class Told:
    """One thing: a stable code and what its sentence needs."""

    code: str
    details: Mapping[str, str] = field(default_factory=dict)


def together(told: Sequence[Told]) -> Told:
    """All of them as one; an empty code where there is nothing to be told."""
    if not told:
        return Told("")
    first, *others = told
    also = [[other.code, dict(other.details)] for other in others]
    return Told(first.code, {**first.details, **({ALSO: json.dumps(also)} if also else {})})


def every_told(code: str, details: Mapping[str, str]) -> list[Told]:
    """What `together` made one of, apart again."""
    others = json.loads(details.get(ALSO) or "[]")
    first = Told(code, {name: value for name, value in details.items() if name != ALSO})
    return [first, *(Told(other, named) for other, named in others)] if code else []
