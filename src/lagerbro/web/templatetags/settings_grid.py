"""The cells of the grid and the shared lists, put together in Python: a template takes three times as long for the
hundreds of them that a page has. Everything that comes from outside goes through `escape`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape

from django import template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from lagerbro.agreements.directory import Account
from lagerbro.books.zones import Zone
from lagerbro.web.views.settings.grid import Cell, Row, account_hint

register = template.Library()


@register.simple_tag
def account_cells(row: Row, lists: Mapping[str, object]) -> SafeString:
    """The cells of one row."""
    source = ' list="list-postings"' if lists else ""
    name = escape(str(row.name))
    return mark_safe("".join(_cell(cell, row.key, name, source) for cell in row.cells))  # noqa: S308 - escaped in _cell


@register.simple_tag
def account_lists(lists: Mapping[str, Iterable[Account]]) -> SafeString:
    """The lists that a browser without script offers under its fields."""
    made = (f'<datalist id="{name}">{"".join(map(_option, accounts))}</datalist>' for name, accounts in lists.items())
    return mark_safe("".join(made))  # noqa: S308 - escaped in _option


def _option(account: Account) -> str:
    return f'<option value="{account.number}">{escape(account_hint(account))}</option>'


def _cell(cell: Cell, row: str, name: str, source: str) -> str:
    at, column = cell.anchor, escape(str(cell.column))
    exempt = " exempt" if cell.zone == Zone.DOMESTIC_EXEMPT else ""
    wrong = ' aria-invalid="true"' if cell.error else ""
    empty = _("Account") if cell.suggested else _("Choose an account")
    return (
        f'<td class="cell {cell.state}{exempt}" data-label="{column}"><div class="pair">'
        f'<input id="{at}" name="{cell.key}" value="{escape(cell.text)}" placeholder="{escape(empty)}"'
        f' autocomplete="off" data-pick{source} aria-label="{name}, {column}" aria-describedby="{at}-hint"{wrong}>'
        f"{_confirm(cell, row, name, column)}</div>"
        f'<div class="hint" id="{at}-hint">{_hint(cell)}</div>{_said(cell)}</td>'
    )


def _confirm(cell: Cell, row: str, name: str, column: str) -> str:
    if cell.suggested is None:
        return ""
    word = escape(_("Confirm"))
    return (
        f'<button class="confirm" name="act" value="confirm:{row}.{cell.zone}" data-act data-value="{cell.suggested}"'
        f' data-hint="{escape(cell.suggested_hint)}" aria-label="{word} {cell.suggested}: {name}, {column}">'
        f"{word}</button>"
    )


def _hint(cell: Cell) -> str:
    if cell.suggested is None:
        return escape(cell.hint)
    words, reason = escape(_("Suggestion:")), escape(str(cell.reason))
    return f"<em>{words}</em> <b>{cell.suggested}</b> {escape(cell.suggested_hint)} <i>({reason})</i>"


def _said(cell: Cell) -> str:
    lines = [("problem", cell.error)] if cell.error else []
    lines += [("attention", flag) for flag in cell.flags]
    if cell.theirs is not None:
        words = _("%(who)s has changed this in the meantime. Your text stands here; save to keep it.")
        lines.append(("attention", words % {"who": cell.theirs.changed_by}))
    return "".join(f'<p class="said {tone}">{escape(text)}</p>' for tone, text in lines)
