"""A row of the article as a test: what is typed, what is then decided, and what is refused and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from lagerbro.agreements.answers import value_in
from tests.web.settings_page import SettingsPage


@dataclass(frozen=True)
class Row:
    """`values`: text typed → value decided, one after the other. `bad`: text typed → what the page says of it."""

    row: str
    key: str
    values: tuple[tuple[str, Any], ...]
    bad: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        return f"{self.row} {self.key}"


ON_OFF = (("on", True), ("off", False))


def saved_shown_and_checked(sheet: SettingsPage, row: Row) -> None:
    """Each value is stored, shown again and in the history; what does not fit is said at the field and not stored."""
    value: Any = None
    for text, value in row.values:
        before = len(sheet.changes())
        expected = value_in(sheet.choices(), row.key) != value
        page = send(sheet, row.key, text)
        assert page.status == 200, page.html
        assert value_in(sheet.choices(), row.key) == value
        assert sheet.open().fields[row.key][-1] == text
        assert len(sheet.changes()) - before == int(expected)
    for text, sentence in row.bad:
        page = send(sheet, row.key, text)
        assert page.status == 422
        assert sentence in page.html
        assert page.fields[row.key][-1] == text
        assert value_in(sheet.choices(), row.key) == value


def send(sheet: SettingsPage, key: str, text: str) -> Any:
    """Type one answer and save."""
    fields = sheet.open().fields
    return sheet.post({**fields, key: ["off", "on"] if text == "on" else [text], "act": ["save"]})
