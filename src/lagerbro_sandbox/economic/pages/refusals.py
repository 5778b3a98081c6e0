"""A refusal of the API as a page tells it: what was not done, why, and what to do about it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from lagerbro_sandbox.economic.pages.sentences import BY_ENDING, FIELDS, MISSING, OTHER, SENTENCES, Sentences
from lagerbro_sandbox.economic.services.problems import ServiceError
from lagerbro_sandbox.economic.wire.errors import ApiError
from lagerbro_sandbox.kernel.numbers import danish

_FACT: Final = re.compile(r"'([^']*)'|(-?\d[\d.,/-]*\d|-?\d)")
_AMOUNT: Final = re.compile(r"-?\d+\.\d\d")
_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")
FACTS_MAX: Final = 4


@dataclass(frozen=True, slots=True)
class Cause:
    """One thing that is in the way, and what mends it."""

    why: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Refusal:
    """`technical`: the API's own words, for whoever builds against it."""

    status: int
    what: str
    causes: tuple[Cause, ...]
    technical: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Complaint:
    code: str
    message: str
    property: str = ""


def refusal_of(error: ApiError | ServiceError, what: str, person: str = "") -> Refusal:
    """Every complaint once, in the order that the API has them."""
    complaints = list(dict.fromkeys(_complaints(error)))
    causes = dict.fromkeys(_cause(error.status, complaint, person) for complaint in complaints)
    technical = [f"{each.code} {each.message}".strip() for each in complaints]
    return Refusal(error.status, what, tuple(causes), tuple(technical))


def _complaints(error: ApiError | ServiceError) -> Iterator[_Complaint]:
    if isinstance(error, ServiceError):
        yield from (_Complaint(each.code, each.message, each.property) for each in error.complaints)
        if not error.complaints:
            yield _Complaint(error.code, error.detail)
        return
    complaints = list(_leaves(error.content.get("errors")))
    yield from complaints or [_Complaint(error.code, error.message)]


def _leaves(node: object) -> Iterator[_Complaint]:
    """The complaints of REST's tree, or its list of sentences."""
    if isinstance(node, str):
        yield _Complaint("", node, node.partition(": ")[0])
    elif isinstance(node, list):
        for item in node:
            yield from _leaves(item)
    elif isinstance(node, dict) and "errorMessage" in node:
        yield _Complaint(str(node["errorCode"]), str(node["errorMessage"]), str(node["propertyName"]))
    elif isinstance(node, dict):
        for item in node.values():
            yield from _leaves(item)


def _cause(status: int, complaint: _Complaint, person: str) -> Cause:
    sentences = MISSING if status == 404 else _sentences(complaint)
    facts = [*_facts(complaint.message), *[""] * FACTS_MAX][:FACTS_MAX]
    field = FIELDS.get(complaint.property.rpartition(".")[2], "Feltet")
    known = {"field": field, "message": complaint.message, "person": person}
    return Cause(*(sentence.format(*facts, **known) for sentence in sentences))


def _sentences(complaint: _Complaint) -> Sentences:
    sentences = SENTENCES.get(complaint.code) or SENTENCES.get(complaint.message)
    by_ending = (said for ending, said in BY_ENDING.items() if complaint.message.endswith(ending))
    return sentences or next(by_ending, OTHER)


def _facts(message: str) -> Iterator[str]:
    """The numbers, dates and quoted names of a message, as Danish writes them."""
    for quoted, number in _FACT.findall(message):
        if _AMOUNT.fullmatch(number):
            yield danish.amount(number)
        else:
            yield danish.day(number) if _DAY.fullmatch(number) else number or quoted
