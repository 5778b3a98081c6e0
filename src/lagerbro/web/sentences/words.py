"""The form of a sentence and how its details get into it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

Words = str | Promise


@dataclass(frozen=True, slots=True)
class Sentence:
    """English messages with `%(name)s` for details; they are translated when they are shown."""

    what: Words
    why: Words = ""
    do: Words = ""


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence in the reader's language, with its details in it."""

    what: str
    why: str
    do: str


UNNAMED = Sentence(
    gettext_lazy("This has stopped with the reason “%(code)s”."),
    gettext_lazy("Lagerbro has no words for that reason yet; the technical details tell more."),
    gettext_lazy("Open the details and send them to support."),
)


def tell(sentence: Sentence | None, code: str, key: str, details: Mapping[str, str]) -> Told:
    """The sentence filled in; a missing detail shows as a dash instead of failing the page."""
    values: dict[str, str] = defaultdict(lambda: "–", {**details, "code": code, "key": key})
    chosen = sentence or UNNAMED
    return Told(*(_filled(words, values) for words in (chosen.what, chosen.why, chosen.do)))


def _filled(words: Words, values: Mapping[str, str]) -> str:
    text = str(words)
    return text % values if text else ""
