"""The rows of the grid and the shared lists, put together in Python: for the hundreds of cells that a page has, a
template takes three times as long. Everything that comes from outside goes through `escape`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape

from django import template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from lagerbro.agreements.directory import Account
from lagerbro.agreements.suggestions import SuggestionReason
from lagerbro.books.zones import Zone
from lagerbro.web.sentences.details import ZONES
from lagerbro.web.views.settings.account_field import account_hint
from lagerbro.web.views.settings.grid import Cell, Grid, Row
from lagerbro.web.views.settings.words import REASONS
from lagerbro.web.visiting import who

register = template.Library()


@dataclass(frozen=True, slots=True)
class Phrases:
    """What every cell says, translated and escaped once for the whole page instead of in 600 look-ups."""

    columns: Mapping[str, str]
    reasons: Mapping[SuggestionReason, str]
    account: str
    choose: str
    confirm: str
    confirm_row: str
    copy_row: str
    suggestion: str

    @classmethod
    def present(cls) -> Phrases:
        """In the reader's language."""
        return cls(
            columns={zone.value: escape(str(words)) for zone, words in ZONES.items()},
            reasons={reason: escape(str(words)) for reason, words in REASONS.items()},
            account=escape(_("Account")),
            choose=escape(_("Choose an account")),
            confirm=escape(_("Confirm")),
            confirm_row=escape(_("Confirm the row")),
            copy_row=escape(_("Copy to empty cells")),
            suggestion=escape(_("Suggestion:")),
        )


@register.simple_tag
def account_rows(grid: Grid, lists: Mapping[str, object]) -> SafeString:
    """The rows of the grid."""
    phrases = Phrases.present()
    source = ' list="list-postings"' if lists else ""
    return mark_safe("\n".join(_row(row, phrases, source) for row in grid.rows))  # noqa: S308 - escaped below


@register.simple_tag
def account_lists(lists: Mapping[str, Iterable[Account]]) -> SafeString:
    """The lists that a browser without script offers under its fields."""
    made = (f'<datalist id="{name}">{"".join(map(_option, accounts))}</datalist>' for name, accounts in lists.items())
    return mark_safe("".join(made))  # noqa: S308 - escaped in _option


def _option(account: Account) -> str:
    return f'<option value="{account.number}">{escape(account_hint(account))}</option>'


def _row(row: Row, phrases: Phrases, source: str) -> str:
    name = escape(str(row.name))
    number = f' <span class="no">{row.number}</span>' if row.number else ""
    complete = "" if row.is_open else ' class="complete"'
    cells = "".join(_cell(cell, row.key, name, phrases, source) for cell in row.cells)
    return (
        f"<tr{complete}>"
        f'<th scope="row">{name}{number} <span class="row-tools">{_row_tools(row, phrases)}</span></th>{cells}</tr>'
    )


def _row_tools(row: Row, phrases: Phrases) -> str:
    copy = _row_tool("copy", f"copy:{row.key}", phrases.copy_row)
    if not row.has_suggestions:
        return copy
    return _row_tool("confirm", f"confirm:row-{row.key}", phrases.confirm_row) + copy


def _row_tool(kind: str, act: str, words: str) -> str:
    return f'<button class="quiet small {kind}-row" name="act" value="{act}" data-act>{words}</button>'


def _cell(cell: Cell, row: str, name: str, phrases: Phrases, source: str) -> str:
    at, column = cell.anchor, phrases.columns[cell.zone]
    exempt = " exempt" if cell.zone == Zone.DOMESTIC_EXEMPT else ""
    wrong = ' aria-invalid="true"' if cell.error else ""
    empty = phrases.account if cell.suggested else phrases.choose
    return (
        f'<td class="cell {cell.state}{exempt}" data-label="{column}"><div class="pair">'
        f'<input id="{at}" name="{cell.key}" value="{escape(cell.text)}" placeholder="{empty}"'
        f' autocomplete="off" data-pick{source} aria-label="{name}, {column}" aria-describedby="{at}-hint"{wrong}>'
        f"{_confirm(cell, row, name, phrases)}</div>"
        f'<div class="hint" id="{at}-hint">{_hint(cell, phrases)}</div>{_notes(cell)}</td>'
    )


def _confirm(cell: Cell, row: str, name: str, phrases: Phrases) -> str:
    if cell.suggested is None:
        return ""
    word, column = phrases.confirm, phrases.columns[cell.zone]
    together = " data-together" if cell.is_by_name else ""
    return (
        f'<button class="confirm" name="act" value="confirm:{row}.{cell.zone}" data-act{together}'
        f' data-value="{cell.suggested}" data-hint="{escape(cell.suggested_hint)}"'
        f' aria-label="{word} {cell.suggested}: {name}, {column}">'
        f"{word}</button>"
    )


def _hint(cell: Cell, phrases: Phrases) -> str:
    if cell.reason is None:
        return escape(cell.hint)
    reason = phrases.reasons[cell.reason]
    return f"<em>{phrases.suggestion}</em> <b>{cell.suggested}</b> {escape(cell.suggested_hint)} <i>({reason})</i>"


def _notes(cell: Cell) -> str:
    lines = [("problem", cell.error)] if cell.error else []
    lines += [("attention", flag) for flag in cell.flags]
    if cell.theirs is not None:
        words = _("%(who)s has changed this in the meantime. Your text stands here; save to keep it.")
        lines.append(("attention", words % {"who": who(cell.theirs.changed_by)}))
    return "".join(f'<p class="said {tone}">{escape(text)}</p>' for tone, text in lines)
