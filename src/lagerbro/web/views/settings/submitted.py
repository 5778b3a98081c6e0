"""What a person sent: which version they began on, what they ask for, and the texts of the fields."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from django.http import HttpRequest

from lagerbro.agreements.answers import TEXT_MAX, question_of
from lagerbro.agreements.directory import Directory
from lagerbro.agreements.questions import Control
from lagerbro.agreements.suggestions import TOGETHER, SuggestionReason, suggest
from lagerbro.web.views.settings.grid import KEY

FIELDS_MAX: Final = 5_000


@dataclass(frozen=True, slots=True)
class SubmittedForm:
    """`act`: save, activate (save and go on), refresh, count (what is missing now), or a help with the grid."""

    version: int
    act: str
    subject: str
    texts: Mapping[str, str]

    @classmethod
    def of(cls, request: HttpRequest, current_version: int) -> SubmittedForm:
        """Read the form; what is not a field of it is passed over."""
        sent = request.POST
        texts = {}
        for key in list(sent)[:FIELDS_MAX]:
            question = question_of(key)
            if question is not None:
                # A switch sends "off" and, when it is on, "on" after it: the last one holds.
                texts[key] = _clean(str(sent[key]), exact=question.control is Control.ITEM)
        act, _, subject = str(sent.get("act", "save")).partition(":")
        return cls(_version(str(sent.get("version", "")), current_version), act, subject[:80], texts)

    def with_help(self, directory: Directory) -> SubmittedForm:
        """The texts after the help that was asked for: suggestions confirmed, a row copied."""
        filled: dict[str, str] = {}
        if self.act == "confirm":
            filled = self._confirmed(directory)
        elif self.act == "copy":
            filled = self._copied(directory)
        return replace(self, texts={**self.texts, **filled})

    def _confirmed(self, directory: Directory) -> dict[str, str]:
        return {
            f"{KEY}:{name}": str(suggestion.account)
            for name, suggestion in suggest(directory).items()
            if self._is_meant(name, suggestion.reason) and not self.texts.get(f"{KEY}:{name}", "").strip()
        }

    def _copied(self, directory: Directory) -> dict[str, str]:
        filled = {}
        for row in directory.rows:
            for key, text in self.texts.items():
                source, _, zone = key.removeprefix(f"{KEY}:").partition(".")
                target = f"{KEY}:{row}.{zone}"
                if key.startswith(KEY) and source == self.subject and text and not self.texts.get(target, "").strip():
                    filled[target] = text
        return filled

    def _is_meant(self, name: str, reason: SuggestionReason) -> bool:
        """By itself any suggestion is confirmed; with others only one whose name matches (the article's OBS)."""
        row, _, zone = name.partition(".")
        is_among = reason in TOGETHER and self.subject in ("all", f"row-{row}", f"column-{zone}")
        return self.subject == name or is_among


def _clean(text: str, *, exact: bool) -> str:
    """An item's number is what it is; anything else is read as words."""
    shown = text[:TEXT_MAX]
    return shown.strip() if exact else " ".join(shown.split())


def _version(text: str, current: int) -> int:
    """The version that the form was made from; an unreadable one counts as the oldest, so that nothing is lost."""
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        return 0
    return min(int(text), current)
