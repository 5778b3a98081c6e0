"""The form of a sentence and how its details get into it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from lagerbro.web.sentences.details import display_values, shortened
from lagerbro.wire.texts import isolated

Words = str | Promise

ANSWERED_BESIDE: Final = gettext_lazy("%(system)s answered: “%(said)s”")


@dataclass(frozen=True, slots=True)
class Sentence:
    """English messages with `%(name)s` for details; they are translated when they are shown."""

    what: Words
    why: Words = ""
    do: Words = ""


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence in the reader's language, with its details in it."""

    what: str
    why: str
    do: str


UNNAMED = Sentence(
    gettext_lazy("%(record)s has stopped."),
    gettext_lazy("Lagerbro has no words for the reason; the technical details tell more."),
    gettext_lazy("Press “Try again”. If it stops again, open it and send its technical details to support."),
)


def message_of(sentence: Sentence | None, code: str, key: str, details: Mapping[str, str]) -> Message:
    """The sentence filled in; a missing detail shows as a dash instead of failing the page.

    What the other system answered (`said`) is left out where it said nothing.
    """
    known = {"said": "", "record": key, "key": key, **display_values(details), "code": code}
    values = defaultdict(lambda: "–", {name: isolated(str(value)) for name, value in known.items()})
    chosen = sentence or UNNAMED
    what, why, do = (filled(words, values) for words in (chosen.what, chosen.why, chosen.do))
    return Message(what, f"{why} {answer_beside(chosen, details)}".strip(), do)


def answer_beside(sentence: Sentence, details: Mapping[str, str]) -> str:
    """What a system said where we have a name of our own for the cause; nothing where the sentence quotes it itself."""
    said, system = shortened(details.get("said", "")), details.get("system", "")
    if not (said and system) or any("%(said)s" in str(words) for words in (sentence.what, sentence.why, sentence.do)):
        return ""
    return f"{ANSWERED_BESIDE % {'system': system, 'said': said}}."


def filled(words: Words, values: Mapping[str, str]) -> str:
    """The words with the values in them."""
    text = str(words)
    return (text % values).strip() if text else ""
